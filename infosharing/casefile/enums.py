"""Closed lists of codes: what can be taken away as PDF, and where an export stands."""

from django.db import models


class ExportKind(models.TextChoices):
    """What an export holds."""

    CASE = "case", "History of a case"
    PERSON = "person", "Chronology of a person"
    DECISIONS = "decisions", "History of decisions"


class ExportState(models.TextChoices):
    """Where an export stands; what has ended never begins again."""

    WAITING = "waiting", "Waiting for its turn"
    WORKING = "working", "Being made"
    READY = "ready", "Ready to take away"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Could not be made"
    EXPIRED = "expired", "No longer kept"


GOING_ON = (ExportState.WAITING, ExportState.WORKING)
