"""A decision on paper: a tagged PDF that a stranger can read in forty years (R51, R57)."""
