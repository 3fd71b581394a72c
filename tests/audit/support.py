"""What tests need to get round the audit app's protections, and nothing else may use.

``setting_up()`` lets factories write without acts and entries. ``flush_allowed()`` lets
``TransactionTestCase``, ``transactional_db`` and ``live_server`` empty the tables after a test:
tests/conftest.py holds it open for the whole run.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, connections
from django.test import TransactionTestCase

from infosharing.audit import triggers
from infosharing.audit.acts import Acting, as_act
from infosharing.audit.backends.guard import guard_of
from infosharing.identifiers import new_public_id

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Someone:
    """Stands in for a user, an organisation or a case where only the id matters."""

    public_id: str


def someone() -> Someone:
    return Someone(new_public_id())


@contextmanager
def setting_up(
    *, by: Any = None, at: datetime = NOON, reason: str = "Set up for a test"
) -> Iterator[None]:
    """Write what a test starts from: history rows get this person, time and reason, and the guard
    lets everything through. Also works as a decorator for factories: ``@setting_up()``.
    """
    acting = Acting("tests", by, at, reason)
    with guard_of(connection).suspended("a test is being set up"), as_act(acting):
        yield


@contextmanager
def unsealed(*tables: str) -> Iterator[None]:
    """Do as the owner of the database could: change append-only tables, unseen by the guard."""
    names = tables or tuple(triggers.append_only_tables())
    with guard_of(connection).suspended("a test tampers"):
        triggers.remove(connection, names)
        try:
            yield
        finally:
            triggers.install(connection, names)


@contextmanager
def flush_allowed() -> Iterator[None]:
    """Let the teardown of transactional tests flush: triggers off, flush, triggers on again."""
    flush = TransactionTestCase._fixture_teardown
    if getattr(flush, "is_allowed", False):
        yield
        return

    def flush_unsealed(self: TransactionTestCase) -> None:
        with ExitStack() as stack:
            for alias in self._databases_names(include_mirrors=False):
                stack.enter_context(_open_for_flush(connections[alias]))
            flush(self)

    flush_unsealed.is_allowed = True  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = flush_unsealed  # type: ignore[method-assign]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@contextmanager
def _open_for_flush(connection: Any) -> Iterator[None]:
    tables: Iterable[str] = triggers.append_only_tables()
    with connection.guard.suspended("the tables are emptied after a test"):
        triggers.remove(connection, tables)
        try:
            yield
        finally:
            triggers.install(connection, tables)
