"""The verbs of people and cases."""
