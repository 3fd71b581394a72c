"""The log's rows exactly as they lie in the database, for the verifier.

Read with plain SQL in small pieces: no conversion of Django's that could hide a tampered value
or stumble over it, memory does not grow with the log, and nothing is locked.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from infosharing.audit.verification import StoredEntry, StoredPayload

ROWS_AT_A_TIME = 2000
_TEXTS = (
    "event",
    "outcome",
    "actor_id",
    "organisation_id",
    "case_id",
    "object_type",
    "object_id",
    "request_id",
)


def bounds() -> tuple[int, int]:
    """Return the highest seq of the payloads and of the entries, 0 where there are none.

    Asked in this order: whatever has been committed by then has its entry within the bounds, so
    a log that is being appended to gives no false alarm.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM audit_payload")
        payloads = int(cursor.fetchone()[0])
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM audit_entry")
        entries = int(cursor.fetchone()[0])
    return payloads, entries


def entries(last: int) -> Iterator[StoredEntry]:
    """Yield the entries up to ``last``, in the order of ``seq``."""
    columns = ", ".join(f'"{name}"' for name in _TEXTS)
    at = (
        'to_char("at" AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
        if connection.vendor == "postgresql"
        else "\"at\" || ''"
    )
    query = f"SELECT seq, prev_hash, header, commitment, entry_hash, {at}, {columns}"
    for row in _pieces(f"{query} FROM audit_entry", last):
        yield StoredEntry(
            seq=row[0],
            prev_hash=_bytes(row[1]),
            header=_bytes(row[2]),
            commitment=_bytes(row[3]),
            entry_hash=_bytes(row[4]),
            columns={
                "at": _time(row[5]),
                **dict(zip(_TEXTS, map(_text, row[6:]), strict=True)),
            },
        )


def payloads(last: int) -> Iterator[StoredPayload]:
    """Yield the payloads up to ``last``, in the order of ``seq``."""
    for row in _pieces("SELECT seq, salt, payload FROM audit_payload", last):
        yield StoredPayload(row[0], _bytes(row[1]), _bytes(row[2]))


def _pieces(query: str, last: int) -> Iterator[Any]:
    done = None
    while True:
        # The first piece has no lower bound: a row that was given a seq of 0 or less shows up.
        above = "" if done is None else f"seq > {done} AND"
        with connection.cursor() as cursor:
            cursor.execute(
                f"{query} WHERE {above} seq <= {last} ORDER BY seq LIMIT {ROWS_AT_A_TIME}"
            )
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < ROWS_AT_A_TIME:
            return
        done = rows[-1][0]


def _bytes(value: Any) -> bytes:
    """Return bytes; SQLite lets a text be stored where bytes belong."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _time(value: Any) -> str:
    """Return a time in the header's form; SQLite stores ``2026-11-22 10:00:00[.123456]``."""
    text = _text(value)
    if connection.vendor == "postgresql":
        return text
    if len(text) == len("2026-11-22 10:00:00"):
        text += ".000000"
    return f"{text[:10]}T{text[11:]}Z" if text[10:11] == " " else repr(text)
