"""Made-up people and matters to try the product with, made by the same verbs as in the browser."""
