"""The verbs of exports, and the pages that are made once and kept."""
