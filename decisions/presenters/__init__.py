"""Rows to display values."""
