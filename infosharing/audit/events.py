"""What can be logged: each app subclasses ``EventCode`` with its own closed list."""

import re
from collections.abc import Iterator

from django.db import models

CODE = re.compile(r"(?=.{3,64}\Z)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")


class EventCode(models.TextChoices):
    """The base of every app's events; codes are stored for ever: add, never rename.

    ``class DecisionEvent(EventCode): SIGNED = "decision.signed", "Decision signed"``
    """


class Outcome(models.TextChoices):
    """What became of it."""

    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    SEEN = "seen", "Looked at"


def known_events() -> Iterator[EventCode]:
    """Yield every event of every app that has been imported."""
    for codes in EventCode.__subclasses__():
        yield from codes


def label(code: str) -> str:
    """Return the words for a stored code; the code itself if no app knows it any more."""
    return next((str(event.label) for event in known_events() if event.value == code), code)
