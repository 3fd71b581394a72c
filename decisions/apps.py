from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class DecisionsConfig(AppConfig):
    """Requests, drafts, signed versions, and what follows them."""

    name = "decisions"
    protected = True

    def ready(self) -> None:
        """Learn of new users: advice reported before may be theirs."""
        post_save.connect(
            a_user_is_saved, sender="accounts.User", dispatch_uid="decisions.advisers"
        )


def a_user_is_saved(instance: Any, created: bool, raw: bool, update_fields: Any, **_: Any) -> None:
    """Keep which reported advice may be of a new user, or of one who has another name now."""
    from decisions.models.advice import note_advisers  # noqa: PLC0415 - needs the models

    if not raw and (created or (update_fields and "name" in update_fields)):
        note_advisers(user=instance)
