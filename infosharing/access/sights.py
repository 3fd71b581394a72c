"""Looking is recorded too, and before the page is sent (R55, L2)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from infosharing.audit.events import EventCode
from infosharing.audit.recording import record_sight, record_sight_in_each


def record(
    request: HttpRequest,
    event: EventCode,
    *,
    organisation: Any = None,
    case: Any = None,
    about: Any = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write who is about to see what, in a transaction of its own.

    :raises django.db.DatabaseError: when it cannot be written; the page is then not sent.
    """
    record_sight(
        event,
        by=request.user,
        at=timezone.now(),
        organisation=organisation,
        case=case,
        about=about,
        details=details,
    )
    request.sights = [*getattr(request, "sights", ()), event]  # type: ignore[attr-defined]


def record_in_each(
    request: HttpRequest, event: EventCode, cases: Sequence[Any], *, organisation: Any, about: Any
) -> None:
    """Write who is about to see what of several cases, for each of them, together.

    :raises django.db.DatabaseError: when it cannot be written; the page is then not sent.
    """
    record_sight_in_each(
        event, cases, by=request.user, at=timezone.now(), organisation=organisation, about=about
    )
    request.sights = [*getattr(request, "sights", ()), event]  # type: ignore[attr-defined]
