"""The audit app: the log, acts and history. Knows no domain words."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """After each ``migrate`` the append-only triggers stand on every table that needs them."""

    name = "infosharing.audit"
    label = "audit"

    def ready(self) -> None:
        """Register the checks and see to the triggers."""
        from infosharing.audit import checks  # noqa: F401, PLC0415 - needs the models

        post_migrate.connect(assert_triggers, sender=self, dispatch_uid="audit.triggers")


def assert_triggers(using: str, **_: Any) -> None:
    """Put the triggers on all append-only tables that exist (libraries.md section 0, trap a)."""
    from infosharing.audit import triggers  # noqa: PLC0415 - needs the models

    triggers.install(connections[using], triggers.append_only_tables())
