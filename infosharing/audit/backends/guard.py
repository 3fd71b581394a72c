"""No change without an entry: what a database connection refuses to commit (R51, L1).

The guard counts the rows that each transaction writes to watched tables, savepoint by savepoint,
and looks at the sums at the outermost commit:

* a protected table changed and no entry was appended: refused;
* more rows of a model with history changed than history rows were added: refused.

Outside a transaction such a write is refused before it runs. What runs inside Django's schema
editor, that is migrations, is let through. Inside a ``TestCase``, whose own transaction never
commits, the outermost block of the code under test is taken for the commit.

It stops mistakes, not malice: code that talks to the driver below Django is not seen. For that
there are the append-only triggers and the verifier.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from infosharing.audit.backends.statements import WRITES, Effect, Kind
from infosharing.audit.protection import Tables, tables

UNKNOWN_ROWS = -1


class UnrecordedChange(DatabaseError):
    """A change was to be kept without its log entry or its history; it has been rolled back."""


class _Frame:
    """What was written since a savepoint; the first frame is the transaction.

    ``begins`` marks a savepoint that began the transaction, as SQLite allows: its release commits.
    """

    __slots__ = ("begins", "inserted", "name", "written")

    def __init__(self, name: str = "", *, begins: bool = False) -> None:
        self.name = name
        self.begins = begins
        self.written: Counter[str] = Counter()
        self.inserted: Counter[str] = Counter()

    def add(self, other: "_Frame") -> None:
        self.written += other.written
        self.inserted += other.inserted


class _Wrapper(Protocol):
    """What the guard asks of its connection."""

    def in_transaction(self) -> bool:
        """Return whether what is written now can still be rolled back."""

    def changes(self) -> int | None:
        """Return the driver's running count of changed rows, None where it keeps none."""


class Guard:
    """The rows written in the open transaction of one connection."""

    def __init__(self, connection: _Wrapper) -> None:
        self._connection = connection
        self._suspended = 0
        self._frames = [_Frame()]
        self._was_open = False
        self._unsettled: tuple[_Frame, list[Effect], int] | None = None

    def reset(self) -> None:
        """Forget everything: a transaction has ended, or the connection is new."""
        self._frames = [_Frame()]
        self._unsettled = None

    @contextmanager
    def suspended(self, reason: str) -> Iterator[None]:
        """Let everything through inside, for the reason given (migrations, preparing a test)."""
        if not reason:
            raise ValueError("say why the guard is suspended")
        self.suspend()
        try:
            yield
        finally:
            self.resume()

    def suspend(self) -> None:
        """Let everything through until ``resume``; may be nested."""
        self._settle()
        self._suspended += 1

    def resume(self) -> None:
        """End one ``suspend``."""
        self._settle()
        self._suspended -= 1

    @property
    def is_suspended(self) -> bool:
        """Whether everything is let through."""
        return self._suspended > 0

    def entries(self) -> int:
        """Return how many log entries the open transaction holds, those rolled back left out."""
        self._settle()
        log = tables().log
        return sum(frame.inserted[log] for frame in self._frames)

    def before(self, found: Sequence[Effect]) -> int | None:
        """Look at a statement about to run; return the driver's count of changes so far.

        :raises UnrecordedChange: for a write outside a transaction, a statement that hides what
            it does, and a COMMIT of what may not be kept.
        """
        self._settle()
        for effect in found:
            if effect.kind is Kind.COMMIT or (
                effect.kind is Kind.RELEASE and self._frames[self._find(effect.name)].begins
            ):
                self.check()
            elif effect.kind is Kind.OPAQUE and not self._suspended:
                raise UnrecordedChange(f"{effect.name} hides what it writes and is refused")
        self._was_open = self._connection.in_transaction()
        if not self._suspended and not self._was_open:
            watched = tables()
            names = {e.name for e in found if e.kind in WRITES}
            refused = names & (watched.protected | watched.history.keys())
            if refused:
                raise UnrecordedChange(f"{_list(refused)} written outside a transaction")
        return self._connection.changes()

    def after(self, found: Sequence[Effect], changes_before: int | None, rows: int) -> None:
        """Note what a statement did that has run, or failed half-way through many rows.

        ``rows`` is the cursor's row count, used where the driver keeps no count of its own.
        """
        writes = [effect for effect in found if effect.kind in WRITES]
        if writes and self._connection.in_transaction():
            self._note(writes, changes_before, rows)
        for effect in found:
            match effect.kind:
                case Kind.COMMIT | Kind.ROLLBACK:
                    self.reset()
                case Kind.SAVEPOINT:
                    self._settle()
                    self._frames.append(_Frame(effect.name, begins=not self._was_open))
                case Kind.ROLLBACK_TO:
                    self._roll_back_to(effect.name)
                case Kind.RELEASE:
                    self._release(effect.name)

    def check(self) -> None:
        """Refuse to commit what the whole transaction may not keep.

        :raises UnrecordedChange: naming the tables.
        """
        self._settle()
        self._check(self._frames)

    def check_since(self, savepoint: str) -> None:
        """Refuse to keep what was written since a savepoint, as if it were the transaction.

        :raises UnrecordedChange: naming the tables.
        """
        self._settle()
        at = self._find(savepoint.lower())
        if at:
            self._check(self._frames[at:])

    def _check(self, frames: Iterable[_Frame]) -> None:
        if self._suspended:
            return
        total = _Frame()
        for frame in frames:
            total.add(frame)
        if not total.written:
            return
        watched = tables()
        changed = watched.protected & total.written.keys()
        if changed and not total.inserted[watched.log]:
            raise UnrecordedChange(f"{_list(changed)} changed without a log entry")
        for table, past in watched.history.items():
            if total.written[table] > total.inserted[past]:
                raise UnrecordedChange(
                    f"{total.written[table]} rows of {table} changed, "
                    f"but {total.inserted[past]} rows of history were added"
                )

    def _note(self, writes: list[Effect], changes_before: int | None, rows: int) -> None:
        watched = tables()
        kept = [effect for effect in writes if self._counts(effect, watched)]
        if not kept:
            return
        if changes_before is None:
            self._count(self._frames[-1], kept, rows if len(writes) == 1 else UNKNOWN_ROWS)
        else:
            self._unsettled = (self._frames[-1], kept, changes_before)

    def _counts(self, effect: Effect, watched: Tables) -> bool:
        if self._suspended:
            return effect.name == watched.log
        return effect.name in watched.watched

    def _settle(self) -> None:
        """Count the last write, now that its rows have been fetched (SQLite counts them late)."""
        if self._unsettled is None:
            return
        frame, writes, before = self._unsettled
        self._unsettled = None
        rows = (self._connection.changes() or 0) - before
        unfinished = rows == 0 and any(effect.returning for effect in writes)
        known = len(writes) == 1 and not unfinished
        self._count(frame, writes, rows if known else UNKNOWN_ROWS)

    def _count(self, frame: _Frame, writes: Iterable[Effect], rows: int) -> None:
        number = rows if rows >= 0 else 1
        if not number:
            return
        for effect in writes:
            frame.written[effect.name] += number
            if effect.kind is Kind.INSERT:
                frame.inserted[effect.name] += number

    def _find(self, name: str) -> int:
        """Return the place of the newest frame of a savepoint, 0 when there is none."""
        for at in range(len(self._frames) - 1, 0, -1):
            if self._frames[at].name == name:
                return at
        return 0

    def _release(self, name: str) -> None:
        """Hand what was written since a savepoint to the frame below it."""
        self._settle()
        at = self._find(name)
        if self._frames[at].begins:
            self.reset()
        elif at:
            for frame in self._frames[at:]:
                self._frames[at - 1].add(frame)
            del self._frames[at:]

    def _roll_back_to(self, name: str) -> None:
        """Forget what was written since a savepoint; the savepoint itself stays."""
        self._settle()
        at = self._find(name)
        if at:
            self._frames[at:] = [_Frame(name, begins=self._frames[at].begins)]


def guard_of(connection: Any) -> Guard:
    """Return the guard of a connection.

    :raises ImproperlyConfigured: when the connection is not one of ours.
    """
    guard = getattr(connection, "guard", None)
    if not isinstance(guard, Guard):
        raise ImproperlyConfigured(
            "The database engine must be infosharing.audit.backends.sqlite3 or .postgresql."
        )
    return guard


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
