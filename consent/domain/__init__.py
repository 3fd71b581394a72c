"""The verbs of consent."""
