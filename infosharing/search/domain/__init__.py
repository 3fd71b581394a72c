"""The verbs: search, save a filter, delete it."""
