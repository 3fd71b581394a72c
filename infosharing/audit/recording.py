"""The one writer of the log (R51, R55; assurance.md 1.3, L1, L5)."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypedDict, Unpack

from django.db import DatabaseError, connection, models, transaction

from infosharing.audit import log_format
from infosharing.audit.events import EventCode, Outcome
from infosharing.audit.models import Entry, Payload
from infosharing.audit.protection import options_of
from infosharing.audit.requests import current_request_id

# Any fixed number: the first eight bytes of SHA-256("infosharing/audit/tail").
TAIL_LOCK = -474194149546459298


class About(TypedDict, total=False):
    """What else ``record`` takes."""

    organisation: Any
    case: Any
    about: Any
    details: Mapping[str, Any] | None
    request_id: str | None
    system: bool


class UnknownEvent(TypeError):
    """What is to be logged is not a member of an ``EventCode``."""


class UnknownActor(TypeError):
    """It was not said who acted: no user, and not the system either."""


class OutsideTransaction(RuntimeError):
    """An entry was to be written outside a transaction, apart from what it is about."""


class StoredDifferently(DatabaseError):
    """The database gave back other bytes than it was given; nothing may be committed."""


def record(
    event: EventCode,
    *,
    by: Any,
    at: datetime,
    outcome: Outcome = Outcome.DONE,
    organisation: Any = None,
    case: Any = None,
    about: Any = None,
    details: Mapping[str, Any] | None = None,
    request_id: str | None = None,
    system: bool = False,
) -> Entry | None:
    """Append one entry inside the caller's transaction and return it.

    Inside an act it is appended when the outermost act has done everything else, and None is
    returned: nobody holds the log's lock while waiting for another one.

    ``by``, ``organisation`` and ``case`` are objects with a ``public_id`` of 22 characters;
    ``about`` is one too, or a pair of type (``app.model``) and id. ``by=None`` needs
    ``system=True``. ``at`` is aware. ``details`` is everything a person wrote or is called: it
    goes to the payload, never to the header. Costs three statements on PostgreSQL (lock, tail,
    insert), two on SQLite, one more with details. Nobody else can append until the transaction
    ends.

    :raises UnknownEvent: when ``event`` is not a member of an ``EventCode``.
    :raises UnknownActor: when nobody acts and ``system`` is not set, or both.
    :raises OutsideTransaction: outside ``transaction.atomic()``.
    :raises log_format.Malformed: for an id that the header's format does not allow.
    :raises TypeError: for an object without ``public_id``, or details that are not plain.
    :raises ValueError: for a time without a zone.
    :raises django.db.DatabaseError: when it cannot be written; the caller must not commit.
    """
    if not isinstance(event, EventCode):
        raise UnknownEvent(f"{event!r} is not a member of an EventCode")
    actor = _actor(by, system=system)
    object_type, object_id = _object(about)
    when = log_format.utc(at)
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{event.value} must be recorded in the transaction it is about")
    payload = log_format.canonical(details) if details else None
    header = log_format.Header(
        seq=1,  # until it is appended
        at=when,
        event=event.value,
        outcome=Outcome(outcome).value,
        actor=actor,
        organisation=_public_id(organisation),
        case=_public_id(case),
        object_type=object_type,
        object_id=object_id,
        request_id=current_request_id() if request_id is None else request_id,
        payload=payload is not None,
    )
    prepared = Prepared(header, payload, at)
    waiting = _waiting.get()
    if waiting is None:
        return _append(prepared)
    waiting.append(prepared)
    return None


@dataclass(frozen=True)
class Prepared:
    """An entry that is in order and has no place in the log yet."""

    header: log_format.Header
    payload: bytes | None
    at: datetime


_waiting: ContextVar[list[Prepared] | None] = ContextVar("audit_waiting", default=None)


@contextmanager
def recorded_last() -> Iterator[list[Prepared]]:
    """Append what is recorded inside at the end; the outermost does it for those inside it.

    Gives the entries that wait. Those of a block that fails are dropped with what it did.
    """
    outer = _waiting.get()
    if outer is not None:
        before = len(outer)
        try:
            yield outer
        except BaseException:
            del outer[before:]
            raise
        return
    waiting: list[Prepared] = []
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)
    for prepared in waiting:
        _append(prepared)


def _append(prepared: Prepared) -> Entry:
    payload = prepared.payload
    salt = secrets.token_bytes(log_format.SALT_BYTES)
    committed = (
        log_format.NO_COMMITMENT if payload is None else log_format.commitment(salt, payload)
    )
    seq, prev_hash = tail()
    header = replace(prepared.header, seq=seq + 1)
    entry = _insert(header, prev_hash, committed, prepared.at)
    if payload is not None:
        Payload(seq=header.seq, salt=salt, payload=payload).save(force_insert=True)
    return entry


def _append_alone(event: EventCode, by: Any, at: datetime, outcome: Outcome, about: About) -> Entry:
    with transaction.atomic(durable=True):
        entry = record(event, by=by, at=at, outcome=outcome, **about)
    if entry is None:
        raise RuntimeError("inside an act it is the act that is recorded")
    return entry


def record_refusal(event: EventCode, *, by: Any, at: datetime, **about: Unpack[About]) -> Entry:
    """Append an entry with the outcome "refused", committed on its own.

    Takes what ``record`` takes. Called after the refused act has been rolled back, so that the
    attempt is kept.

    :raises RuntimeError: inside a transaction that could still be rolled back.
    """
    return _append_alone(event, by, at, Outcome.REFUSED, about)


def record_sight(event: EventCode, *, by: Any, at: datetime, **about: Unpack[About]) -> Entry:
    """Append an entry with the outcome "seen", committed on its own before anything is shown.

    Takes what ``record`` takes. If it cannot be written, nothing may be shown (R55, L2).

    :raises RuntimeError: inside a transaction that could still be rolled back.
    :raises django.db.DatabaseError: when it cannot be written.
    """
    return _append_alone(event, by, at, Outcome.SEEN, about)


def record_sight_in_each(
    event: EventCode, cases: Sequence[Any], *, by: Any, at: datetime, **about: Unpack[About]
) -> None:
    """Append what ``record_sight`` does for each of several cases, together, and nothing for none.

    Takes what ``record`` takes but ``case`` and details. As many statements as for one.

    :raises RuntimeError: inside a transaction that could still be rolled back.
    :raises django.db.DatabaseError: when it cannot be written.
    """
    if not cases:
        return
    with transaction.atomic(durable=True):
        with recorded_last() as waiting:
            for case in cases:
                record(event, by=by, at=at, outcome=Outcome.SEEN, **about | {"case": case})
            prepared, waiting[:] = list(waiting), []
        seq, last = tail()
        entries = []
        for number, one in enumerate(prepared, start=1):
            header = replace(one.header, seq=seq + number)
            entries.append(_entry(header, last, log_format.NO_COMMITMENT, one.at))
            last = bytes(entries[-1].entry_hash)
        meant = [_hashed(entry) for entry in entries]
        for entry, hashed in zip(Entry.objects.bulk_create(entries), meant, strict=True):
            _check_stored(entry, hashed)


def tail() -> tuple[int, bytes]:
    """Return seq and hash of the last entry, and keep everybody else from appending.

    On SQLite the transaction has begun IMMEDIATE and so holds the write lock already. On
    PostgreSQL the tail is read in a statement of its own after the lock, or it could be old. The
    wait for the lock ends after ``lock_timeout``.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAIL_LOCK])
    tail = Entry.objects.order_by("-seq").values_list("seq", "entry_hash").first()
    return (tail[0], bytes(tail[1])) if tail else (0, log_format.GENESIS)


def _insert(header: log_format.Header, prev_hash: bytes, committed: bytes, at: datetime) -> Entry:
    entry = _entry(header, prev_hash, committed, at)
    meant = _hashed(entry)
    entry.save(force_insert=True)
    _check_stored(entry, meant)
    return entry


def _entry(header: log_format.Header, prev_hash: bytes, committed: bytes, at: datetime) -> Entry:
    encoded = header.encode()
    return Entry(
        seq=header.seq,
        prev_hash=prev_hash,
        header=encoded,
        commitment=committed,
        entry_hash=log_format.entry_hash(prev_hash, encoded, committed),
        at=at.astimezone(UTC),
        event=header.event,
        outcome=header.outcome,
        actor_id=header.actor,
        organisation_id=header.organisation,
        case_id=header.case,
        object_type=header.object_type,
        object_id=header.object_id,
        request_id=header.request_id,
    )


def _hashed(entry: Entry) -> tuple[bytes, bytes, bytes]:
    return bytes(entry.header), bytes(entry.commitment), bytes(entry.entry_hash)


def _check_stored(entry: Entry, meant: tuple[bytes, bytes, bytes]) -> None:
    if _hashed(entry) != meant:
        raise StoredDifferently(f"entry {entry.seq} was not stored as it was written")


def _actor(by: Any, *, system: bool) -> str:
    if by is None and system:
        return log_format.SYSTEM
    if by is None or system:
        raise UnknownActor("say who acted, or system=True when nobody did, but not both")
    return _public_id(by)


def _public_id(thing: Any) -> str:
    if thing is None:
        return ""
    public_id = getattr(thing, "public_id", None)
    if not isinstance(public_id, str) or not public_id:
        raise TypeError(f"{type(thing).__name__} has no public_id to log")
    return public_id


def _object(about: Any) -> tuple[str, str]:
    """Return type and id; empty texts for nothing."""
    if about is None:
        return "", ""
    if isinstance(about, tuple):
        kind, identity = about
        return kind, identity
    if not isinstance(about, models.Model):
        raise TypeError(f"an entry cannot be about {type(about).__name__}")
    return options_of(about).label_lower, _public_id(about)
