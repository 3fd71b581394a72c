"""Many connected decisions to try the product with, copied from stories told by its own verbs."""
