"""Appending at the same time: no forks, no gaps, nothing lost (L5)."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from infosharing.audit import triggers
from infosharing.audit.backends.sqlite3.base import DatabaseWrapper
from infosharing.audit.models import Entry, Payload
from infosharing.audit.recording import record, record_sight
from tests.audit.chains import tip_now, verified
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.support import NOON, someone

pytestmark = pytest.mark.django_db(transaction=True)

EACH = 50
WRITERS = {"postgresql": 8, "sqlite": 4}


@contextmanager
def own_connection(file: Path | None, wait: float) -> Iterator[None]:
    """Give this thread a connection of its own: to the file, or else to the test's PostgreSQL."""
    if file is not None:
        here = {
            **connections.settings["default"],
            "NAME": str(file),
            "OPTIONS": {
                "timeout": wait,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
        connections["default"] = DatabaseWrapper(here, "default")
    try:
        yield
    finally:
        connections["default"].close()


@pytest.fixture
def database(tmp_path: Path) -> Path | None:
    """A database that several connections can share: SQLite needs a file for that."""
    if connection.vendor == "postgresql":
        return None
    file = tmp_path / "race.sqlite3"

    def prepare() -> None:
        with own_connection(file, 60):
            with connection.schema_editor() as editor:
                editor.create_model(Entry)
                editor.create_model(Payload)
            triggers.install(connection, [Entry._meta.db_table, Payload._meta.db_table])

    in_threads(1, prepare)
    return file


def in_threads(number: int, work: Callable[[], Any]) -> list[Any]:
    """Run something in as many threads at once; raise what any of them raised."""
    with ThreadPoolExecutor(number) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(number)]]


def appended(database: Path | None, start: Barrier) -> int:
    """Append fifty entries, some with details, some rolled back; return how many were kept."""
    by, kept = someone(), 0
    with own_connection(database, 60):
        connection.ensure_connection()
        start.wait()
        for number in range(EACH):
            if number % 7 == 3:
                with pytest.raises(ZeroDivisionError), transaction.atomic():
                    record(SampleEvent.CHANGED, by=by, at=NOON)
                    raise ZeroDivisionError
            details = {"n": number} if number % 3 == 0 else None
            record_sight(SampleEvent.SEEN, by=by, at=NOON, details=details)
            kept += 1
    return kept


def test_nothing_forks_and_nothing_is_lost(database: Path | None) -> None:
    writers = WRITERS[connection.vendor]
    start = Barrier(writers)
    assert in_threads(writers, lambda: appended(database, start)) == [EACH] * writers

    def look() -> None:
        with own_connection(database, 60):
            assert Entry.objects.count() == writers * EACH
            assert verified(tip_now()) == []
            assert Entry.objects.values("actor_id").distinct().count() == writers
            assert tip_now().size == writers * EACH

    in_threads(1, look)


def test_the_database_refuses_a_fork_itself() -> None:
    """Even a writer without the lock cannot put two entries after one."""
    first = record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
    forked = Entry.objects.get()
    forked.seq, forked.prev_hash = 2, first.prev_hash
    with pytest.raises(IntegrityError), transaction.atomic():
        forked.save(force_insert=True)


def test_waiting_for_another_writer_has_an_end(database: Path | None) -> None:
    """Three seconds in the product; here less, and the one who gave up wrote nothing."""
    written, done = Barrier(2), Barrier(2)

    def hold() -> None:
        with own_connection(database, 60), transaction.atomic():
            record(SampleEvent.CHANGED, by=someone(), at=NOON)
            written.wait()
            done.wait()

    def wait() -> None:
        written.wait()
        try:
            with own_connection(database, 0.05):
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET lock_timeout = '50ms'")
                with pytest.raises(OperationalError, match=r"lock"):
                    record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
        finally:
            done.wait()
        with own_connection(database, 60):
            record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
            assert Entry.objects.count() == 2
            assert verified() == []

    with ThreadPoolExecutor(2) as pool:
        for future in (pool.submit(hold), pool.submit(wait)):
            future.result()


def test_the_verifier_raises_no_alarm_while_the_log_grows(database: Path | None) -> None:
    start = Barrier(2)

    def look() -> None:
        with own_connection(database, 60):
            connection.ensure_connection()
            start.wait()
            for _ in range(20):
                assert verified() == []

    with ThreadPoolExecutor(2) as pool:
        for future in (pool.submit(appended, database, start), pool.submit(look)):
            future.result()
