"""What an absent and a forbidden thing have in common: the same 404, one log entry (A3)."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from infosharing.access.events import AccessEvent
from infosharing.audit.recording import record_refusal


def refuse(user: Any, kind: str, public_id: str) -> Http404:
    """Log that somebody asked for what they may not see, or what does not exist; return the 404.

    The same statements run for both, so neither the answer nor its cost tells them apart.
    """
    record_refusal(
        AccessEvent.REFUSED,
        by=user,
        at=timezone.now(),
        details={"kind": kind, "asked_for": public_id[:100]},
    )
    return Http404()
