"""Views: checked fetch, one domain call, redirect."""
