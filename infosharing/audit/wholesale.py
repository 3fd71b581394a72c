"""Many rows at once, to try the product with: a door that is closed in production.

What comes through here passes the guard like everything else: protected tables need their log
entry in the same transaction, and each row of a model with history its history row. It only
spares what Django does for every single object. The log is still one chain with one writer: the
entries are appended under the same lock, in their order, as ``recording`` would.
"""

import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.db import connection, models

from infosharing.audit import log_format
from infosharing.audit.models import Entry, Payload
from infosharing.audit.protection import table_of
from infosharing.audit.recording import tail

_ENTRY = (
    *("seq", "prev_hash", "header", "commitment", "entry_hash", "at", "event", "outcome"),
    *("actor_id", "organisation_id", "case_id", "object_type", "object_id", "request_id"),
)


class RefusedInProduction(RuntimeError):
    """Rows are not made wholesale where the record is real."""


class Happened(NamedTuple):
    """One thing that happened: a moment (aware), codes, opaque ids, and details in their one form.

    What each may look like is the business of ``log_format.Header``.
    """

    at: datetime
    event: str
    outcome: str
    actor: str
    organisation: str
    case: str
    object_type: str
    object_id: str
    payload: bytes | None


def add_rows(model: type[models.Model], columns: Sequence[str], rows: Collection[Any]) -> None:
    """Add rows of a model; each has a value for each column, as the database takes it.

    :raises RefusedInProduction: in production.
    :raises infosharing.audit.backends.guard.UnrecordedChange: outside a transaction; and when the
        transaction ends without what the guard asks for.
    """
    refuse_in_production()
    if not rows:
        return
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(table_of(model))
    with connection.cursor() as cursor:
        cast("Any", cursor).add_rows(table, names, len(columns), rows)


def append(happened: Collection[Happened]) -> None:
    """Append one entry for each thing that happened, in this order, inside a transaction.

    :raises RefusedInProduction: in production.
    :raises log_format.Malformed: for an id that the header's format does not allow.
    """
    refuse_in_production()
    seq, last = tail()
    salts = secrets.token_bytes(log_format.SALT_BYTES * len(happened))
    payloads: list[tuple[Any, ...]] = []
    add_rows(Entry, _ENTRY, list(_chained(seq, last, happened, salts, payloads)))
    add_rows(Payload, ("seq", "salt", "payload"), payloads)


def refuse_in_production() -> None:
    """Refuse.

    :raises RefusedInProduction: in production.
    """
    if settings.PRODUCTION:
        raise RefusedInProduction("rows are not made wholesale in production")


def _chained(
    seq: int,
    last: bytes,
    happened: Collection[Happened],
    salts: bytes,
    payloads: list[tuple[Any, ...]],
) -> Iterator[tuple[Any, ...]]:
    """Yield the entries' rows, and add those of their details."""
    width = log_format.SALT_BYTES
    for start, one in enumerate(happened):
        seq += 1
        at, stored_at = _moment(one.at)
        encoded = log_format.header_of(
            seq=seq,
            at=at,
            event=one.event,
            outcome=one.outcome,
            actor=one.actor,
            organisation=one.organisation,
            case=one.case,
            object_type=one.object_type,
            object_id=one.object_id,
            request_id="",
            payload=one.payload is not None,
        )
        committed = log_format.NO_COMMITMENT
        if one.payload is not None:
            salt = salts[start * width : (start + 1) * width]
            committed = log_format.commitment(salt, one.payload)
            payloads.append((seq, salt, one.payload))
        hashed = log_format.entry_hash(last, encoded, committed)
        yield (
            *(seq, last, encoded, committed, hashed),
            *(stored_at, one.event, one.outcome),
            *(one.actor, one.organisation, one.case),
            *(one.object_type, one.object_id, ""),
        )
        last = hashed


@lru_cache(100_000)
def _moment(at: datetime) -> tuple[str, Any]:
    """Return a moment as the header tells it, and as the column holds it."""
    return log_format.utc(at), connection.ops.adapt_datetimefield_value(at)
