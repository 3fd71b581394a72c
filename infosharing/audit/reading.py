"""What the log says, for pages and exports. Who may ask is the business of the apps above."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet

from infosharing.audit.events import Outcome
from infosharing.audit.log_format import Header
from infosharing.audit.models import Entry, Payload
from infosharing.audit.protection import options_of

# The columns a page needs; the hashed bytes stay in the database.
_SHOWN = (
    "seq",
    "at",
    "event",
    "outcome",
    "actor_id",
    "organisation_id",
    "case_id",
    "object_type",
    "object_id",
    "request_id",
)


def entries_about_case(case_public_id: str) -> QuerySet[Entry]:
    """Return the entries about a case, newest first; slice it, it may be long."""
    return _newest_first(case_id=case_public_id)


def looks_at_case(case_public_id: str) -> QuerySet[Entry]:
    """Return who looked at what of a case, newest first; slice it, it may be long."""
    return _newest_first(case_id=case_public_id, outcome=Outcome.SEEN)


def entries_about(thing: models.Model | tuple[str, str]) -> QuerySet[Entry]:
    """Return the entries about an object, or a pair of type and id, newest first."""
    if isinstance(thing, tuple):
        kind, identity = thing
    else:
        kind, identity = options_of(thing).label_lower, str(getattr(thing, "public_id", ""))
    return _newest_first(object_type=kind, object_id=identity)


def entries_by(actor_id: str) -> QuerySet[Entry]:
    """Return the entries of what somebody did, newest first."""
    return _newest_first(actor_id=actor_id)


def details_of(entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """Return the details of these entries by ``seq``, in one query; those without are left out.

    Dates come back as texts, times as UTC with six digits.
    """
    rows = Payload.objects.filter(seq__in=[entry.seq for entry in entries])
    return {row.seq: json.loads(bytes(row.payload)) for row in rows}


def header_of(entry: Entry) -> Header:
    """Return what was written, read from the bytes that were hashed.

    :raises log_format.Malformed: when they have been tampered with.
    """
    return Header.decode(bytes(entry.header))


def _newest_first(**wanted: str) -> QuerySet[Entry]:
    return Entry.objects.filter(**wanted).order_by("-seq").only(*_SHOWN)
