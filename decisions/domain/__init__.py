"""The verbs of requests and decisions."""
