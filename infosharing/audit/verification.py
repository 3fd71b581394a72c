"""Whether a log is whole: pure functions over stored rows, without a database or Django (L3, L6).

What self-consistency cannot show is that the end was cut off, or that everything was chained
anew. For that, compare with a tip (size and hash) that somebody else kept: the guarantee is
exactly as strong as the last tip held where an attacker cannot reach (assurance.md 1.1, 1.2).
"""

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from infosharing.audit.log_format import (
    GENESIS,
    HASH_BYTES,
    NO_COMMITMENT,
    SALT_BYTES,
    Header,
    Malformed,
    commitment,
    entry_hash,
)


class Fault(enum.StrEnum):
    """The kinds of fault. Each says something different about what happened."""

    GAP = "gap"  # entries are missing between two others
    LINKAGE = "linkage"  # an entry does not follow from the one before it
    CONTENT = "content"  # the bytes of an entry do not hash to its hash
    FORMAT = "format"  # the bytes hash well, but are no entry of a known version
    COLUMN = "column"  # a column kept for queries differs from the entry's bytes
    PAYLOAD = "payload"  # the details are not those the entry committed to
    MISSING = "missing"  # the details are gone
    UNEXPECTED = "unexpected"  # there are details where the entry has none
    TRUNCATED = "truncated"  # the log is shorter than it once was
    REWRITTEN = "rewritten"  # the log was once another


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One row of the log as it lies in the database. ``columns`` holds every repeated column."""

    seq: int
    prev_hash: bytes
    header: bytes
    commitment: bytes
    entry_hash: bytes
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredPayload:
    """One row of details as it lies in the database."""

    seq: int
    salt: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Tip:
    """How long the log was once, and the hash of its last entry then."""

    size: int
    hash: bytes

    @classmethod
    def parse(cls, text: str) -> "Tip":
        """Read ``SIZE:HASH`` (hexadecimal).

        :raises ValueError: when it is not of that form.
        """
        found = re.fullmatch(r"([0-9]{1,18}):([0-9a-fA-F]{64})", text.strip())
        if not found:
            raise ValueError("an end of the log is SIZE:HASH, the hash in 64 hexadecimal digits")
        tip = cls(int(found[1]), bytes.fromhex(found[2]))
        if (tip.size == 0) is not (tip.hash == GENESIS):
            raise ValueError("only an empty log has the hash 00...00")
        return tip

    def __str__(self) -> str:
        return f"{self.size}:{self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, at the first entry it concerns."""

    seq: int
    fault: Fault
    detail: str

    def __str__(self) -> str:
        return f"entry {self.seq}: {self.fault}: {self.detail}"


@dataclass
class Verification:
    """Goes once through a log, in the order of ``seq``, keeping nothing but where it is.

    ``tip`` is the end reached so far. Give ``findings`` both tables ordered by ``seq``.
    """

    expected: Iterable[Tip] = ()
    tip: Tip = field(default=Tip(0, GENESIS), init=False)

    def findings(
        self, entries: Iterable[StoredEntry], payloads: Iterable[StoredPayload]
    ) -> Iterator[Finding]:
        """Yield what is wrong, in the order of ``seq``, tips held elsewhere last."""
        waiting = sorted(self.expected, key=lambda tip: tip.size)
        details = _Ahead(payloads)
        self.tip = Tip(0, GENESIS)
        differing: list[Finding] = []
        for entry in entries:
            yield from self._orphans(details.before(entry.seq))
            follows_directly = entry.seq == self.tip.size + 1
            if not follows_directly:
                last = f" to {entry.seq - 1}" if entry.seq > self.tip.size + 2 else ""
                yield Finding(self.tip.size + 1, Fault.GAP, f"missing: {self.tip.size + 1}{last}")
            header = _read(entry)
            yield from self._entry(entry, header, linked=follows_directly)
            yield from self._details(entry, header, details.at(entry.seq))
            self.tip = Tip(entry.seq, entry.entry_hash)
            while waiting and waiting[0].size <= entry.seq:
                kept = waiting.pop(0)
                if kept.size and kept != self.tip:
                    differing.append(
                        Finding(kept.size, Fault.REWRITTEN, f"once {kept}, now {self.tip}")
                    )
        yield from self._orphans(details.rest())
        yield from differing
        for kept in waiting:
            if kept.size:
                yield Finding(self.tip.size + 1, Fault.TRUNCATED, f"once {kept}, now {self.tip}")

    def _entry(
        self, entry: StoredEntry, header: Header | Malformed, *, linked: bool
    ) -> Iterator[Finding]:
        if linked and entry.prev_hash != self.tip.hash:
            yield Finding(entry.seq, Fault.LINKAGE, f"does not follow from entry {self.tip.size}")
        if entry_hash(entry.prev_hash, entry.header, entry.commitment) != entry.entry_hash:
            yield Finding(entry.seq, Fault.CONTENT, "its bytes do not hash to its hash")
        if isinstance(header, Malformed):
            yield Finding(entry.seq, Fault.FORMAT, str(header))
            return
        if len(entry.commitment) != (HASH_BYTES if header.payload else len(NO_COMMITMENT)):
            yield Finding(entry.seq, Fault.FORMAT, "the commitment has the wrong length")
        wanted = _columns(header)
        differing = (
            []
            if entry.columns == wanted
            else [name for name, text in wanted.items() if entry.columns.get(name) != text]
        )
        if header.seq != entry.seq:
            differing.insert(0, "seq")
        if differing:
            yield Finding(entry.seq, Fault.COLUMN, f"not as written: {', '.join(differing)}")

    def _details(
        self, entry: StoredEntry, header: Header | Malformed, found: StoredPayload | None
    ) -> Iterator[Finding]:
        # A header that cannot be read still commits to details, or does not.
        has_details = bool(entry.commitment) if isinstance(header, Malformed) else header.payload
        if not has_details:
            if found is not None:
                yield Finding(entry.seq, Fault.UNEXPECTED, "details that the entry does not have")
        elif found is None:
            yield Finding(entry.seq, Fault.MISSING, "its details are gone")
        elif (
            len(found.salt) != SALT_BYTES
            or commitment(found.salt, found.payload) != entry.commitment
        ):
            yield Finding(entry.seq, Fault.PAYLOAD, "not the details it committed to")

    @staticmethod
    def _orphans(found: Iterable[StoredPayload]) -> Iterator[Finding]:
        for payload in found:
            yield Finding(payload.seq, Fault.UNEXPECTED, "details without an entry")


def _read(entry: StoredEntry) -> Header | Malformed:
    try:
        return Header.decode(entry.header)
    except Malformed as problem:
        return problem


def _columns(header: Header) -> dict[str, str]:
    """Return what the columns of an entry must hold."""
    return {
        "at": header.at,
        "event": header.event,
        "outcome": header.outcome,
        "actor_id": header.actor,
        "organisation_id": header.organisation,
        "case_id": header.case,
        "object_type": header.object_type,
        "object_id": header.object_id,
        "request_id": header.request_id,
    }


class _Ahead:
    """Payloads in the order of ``seq``, taken one at a time."""

    def __init__(self, payloads: Iterable[StoredPayload]) -> None:
        self._rows = iter(payloads)
        self._next = next(self._rows, None)

    def before(self, seq: int) -> Iterator[StoredPayload]:
        """Take those before a place."""
        while self._next is not None and self._next.seq < seq:
            taken, self._next = self._next, next(self._rows, None)
            yield taken

    def at(self, seq: int) -> StoredPayload | None:
        """Take the one at a place, None if there is none."""
        if self._next is None or self._next.seq != seq:
            return None
        taken, self._next = self._next, next(self._rows, None)
        return taken

    def rest(self) -> Iterator[StoredPayload]:
        """Take all that are left."""
        if self._next is not None:
            yield self._next
            yield from self._rows
            self._next = None
