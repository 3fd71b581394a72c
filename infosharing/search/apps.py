from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Words to find by and kept searches; knows no domain, and nothing of it is the record."""

    name = "infosharing.search"
