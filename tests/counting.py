"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT", "SET ")
_LOCK = "SELECT PG_ADVISORY_XACT_LOCK"
# Django asks SQLite once a process whether it knows JSON.
_ONCE = "SELECT JSON("


def data_statements(captured: CaptureQueriesContext) -> list[str]:
    """Return the statements that read or write data: no BEGIN, COMMIT or savepoint.

    The lock that an entry of the log takes on PostgreSQL, and not on SQLite, is left out too.
    """
    found = [query["sql"] for query in captured.captured_queries]
    return [
        sql for sql in found if not sql.lstrip().upper().startswith((*_TRANSACTION, _LOCK, _ONCE))
    ]


@contextmanager
def statements(number: int) -> Iterator[None]:
    """Fail unless exactly this many data statements run inside; the message lists them."""
    with CaptureQueriesContext(connection) as captured:
        yield
    found = data_statements(captured)
    listed = "\n".join(sql[:160] for sql in found)
    assert len(found) == number, f"{len(found)} statements:\n{listed}"
