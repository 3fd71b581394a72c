from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Words to find by and kept searches; knows no domain, and nothing of it is the record."""

    name = "infosharing.search"

    def ready(self) -> None:
        """See to it that words kept in an older way are made anew after each ``migrate``."""
        from infosharing.search.anew import words_made_anew  # noqa: PLC0415 - needs the models

        post_migrate.connect(words_made_anew, sender=self, dispatch_uid="search.anew")
