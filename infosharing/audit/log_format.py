"""The bytes of the log: what an entry is made of and how it is chained.

The format is written down, with a test vector, in ``docs/decisions/0004-log-entry.md``. A change
to anything here that alters a byte needs a new ``FORMAT_VERSION``; entries already stored keep
theirs for ever. Only the standard library is used, so that a verifier can be built from this
file alone (assurance.md 1.3, L3, L6, L9).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

FORMAT_VERSION = 1
ENTRY_TAG = b"infosharing/entry/v1"
HASH_BYTES = 32
SALT_BYTES = 32
GENESIS = bytes(HASH_BYTES)  # stands for "the entry before the first"
NO_COMMITMENT = b""  # stands in an entry that has no payload
SYSTEM = "system"  # the actor when nobody is signed in: commands, refused sign-ins
TIME_PATTERN = "%Y-%m-%dT%H:%M:%S.%fZ"

_ID = r"[A-Za-z0-9_-]{22}"
_TOKEN = r"[A-Za-z0-9_-]{1,64}"  # noqa: S105 - a pattern, no password
# What each text of a header may look like. Nothing here can hold a name, a sentence or an
# address: whatever people write belongs in the payload.
_GRAMMAR = {
    "actor": rf"{_ID}|{SYSTEM}",
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "case": rf"(?:{_ID})?",
    "event": r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+",
    "object_id": rf"(?:{_TOKEN})?",
    "object_type": r"(?:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)?",
    "organisation": rf"(?:{_ID})?",
    "outcome": r"done|refused|seen",
    "request_id": rf"(?:{_TOKEN})?",
}
_LONGEST = {"event": 64, "object_type": 100}
_TEXTS = {name: re.compile(pattern, re.ASCII) for name, pattern in _GRAMMAR.items()}
# The whole header in its one form: keys sorted, and none of the texts needs an escape in JSON.
_IN_JSON = {
    **{name: f'"(?P<{name}>{pattern})"' for name, pattern in _GRAMMAR.items()},
    "format": str(FORMAT_VERSION),
    "payload": "(?P<payload>true|false)",
    "seq": r"(?P<seq>[1-9]\d{0,18})",
}
_MEMBERS = ",".join(f'"{name}":{_IN_JSON[name]}' for name in sorted(_IN_JSON))
_WHOLE = re.compile(rf"\{{{_MEMBERS}\}}".encode())


class Malformed(ValueError):
    """A header is not what version 1 of the format allows; the message names the field."""


@dataclass(frozen=True, slots=True)
class Header:
    """What an entry says without any personal data. An empty text means "none".

    ``at`` is UTC with six digits of a second; ``actor``, ``organisation``, ``case`` and
    ``object_id`` are opaque ids; ``payload`` says whether human details are kept beside it.

    :raises Malformed: for a value that the format does not allow.
    """

    seq: int
    at: str
    event: str
    outcome: str
    actor: str
    organisation: str
    case: str
    object_type: str
    object_id: str
    request_id: str
    payload: bool
    format: int = FORMAT_VERSION

    def __post_init__(self) -> None:
        if type(self.format) is not int or self.format != FORMAT_VERSION:
            raise Malformed(f"format {self.format!r} is not known")
        if type(self.seq) is not int or not 1 <= self.seq < 2**63:
            raise Malformed("seq is not a whole number from 1")
        if type(self.payload) is not bool:
            raise Malformed("payload is neither true nor false")
        for name, pattern in _TEXTS.items():
            value = getattr(self, name)
            if type(value) is not str or not pattern.fullmatch(value):
                raise Malformed(f"{name} is not of the form the log allows")
        for name, longest in _LONGEST.items():
            if len(getattr(self, name)) > longest:
                raise Malformed(f"{name} is longer than {longest}")
        if bool(self.object_type) is not bool(self.object_id):
            raise Malformed("object_type and object_id must be given together")

    def encode(self) -> bytes:
        """Return the exact bytes that are stored and hashed."""
        return _ENCODE({name: getattr(self, name) for name in _FIELD_NAMES}).encode("ascii")

    @classmethod
    def decode(cls, stored: bytes) -> "Header":
        """Read stored bytes back.

        :raises Malformed: when they are not exactly what ``encode`` would have written.
        """
        match = _WHOLE.fullmatch(stored)
        if match:
            texts: dict[str, Any] = {name: match[name].decode() for name in _GRAMMAR}
            return cls(seq=int(match["seq"]), payload=match["payload"] == b"true", **texts)
        try:
            found = json.loads(stored.decode("ascii"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise Malformed("the header is not ASCII JSON") from None
        if not isinstance(found, dict) or found.keys() != _FIELD_NAMES:
            raise Malformed("the header does not have the fields of the format")
        cls(**found)
        raise Malformed("the header is not in its canonical form")


_FIELD_NAMES = {field.name for field in fields(Header)}
_ENCODE = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode


_TEMPLATE = (
    "{"
    + ",".join(
        f'"{name}":{FORMAT_VERSION}'
        if name == "format"
        else f'"{name}":%({name})s'
        if name in ("payload", "seq")
        else f'"{name}":"%({name})s"'
        for name in sorted(_IN_JSON)
    )
    + "}"
)


def header_of(**values: Any) -> bytes:
    """Return what ``Header(**values).encode()`` does, looked at as a whole: for many at a time.

    Takes every field of ``Header`` but ``format``.

    :raises Malformed: for a value that the format does not allow, without naming the field.
    """
    told = _TEMPLATE % {**values, "payload": "true" if values["payload"] else "false"}
    encoded = told.encode("ascii", "replace")
    short = all(len(values[name]) <= longest for name, longest in _LONGEST.items())
    together = bool(values["object_type"]) is bool(values["object_id"])
    if not (short and together and _WHOLE.fullmatch(encoded)):
        raise Malformed("a header is not of the form the log allows")
    return encoded


def canonical(value: object) -> bytes:
    """Return one fixed form of a value: JSON, keys sorted by code point, no spaces, ASCII only.

    Dates become ``2026-11-22``, aware times UTC with six digits. Strings are kept as typed.

    :raises TypeError: for floats and for anything JSON has no word for.
    :raises ValueError: for a time without a zone.
    """
    return _ENCODE(_plain(value)).encode("ascii")


def _plain(value: object) -> object:
    match value:
        case None | bool():
            return value
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case datetime():
            return utc(value)
        case date():
            return value.isoformat()
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("the log takes only texts as keys")
            return {str.__str__(key): _plain(item) for key, item in value.items()}
        case Sequence() if not isinstance(value, (bytes, bytearray, memoryview)):
            return [_plain(item) for item in value]
    raise TypeError(f"the log cannot hold {type(value).__name__}: give it texts and whole numbers")


def utc(at: datetime) -> str:
    """Return an aware time as UTC with six digits of a second.

    :raises ValueError: for a time without a zone.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("the log takes aware times only")
    return at.astimezone(UTC).strftime(TIME_PATTERN).rjust(27, "0")


def commitment(salt: bytes, payload: bytes) -> bytes:
    """Return HMAC-SHA-256 of a payload under its salt: proves it, and does not give it away."""
    return hmac.digest(salt, payload, "sha256")


def entry_hash(prev_hash: bytes, header: bytes, committed: bytes) -> bytes:
    """Return SHA-256 of the tag and the three fields, each after its length in eight bytes."""
    digest = hashlib.sha256(ENTRY_TAG)
    for field in (prev_hash, header, committed):
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    return digest.digest()
