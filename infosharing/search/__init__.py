"""Finding again: words to find by, searches kept by who made them, pages that do not shift."""
