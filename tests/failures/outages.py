"""What goes wrong, really: each outage breaks the database of a product and mends it again.

* SQLite, disk full: another program fills the file up to the size it may have.
* SQLite, locked: another program holds the lock for writing.
* PostgreSQL, disk full: no process of the server may make a file larger. PostgreSQL ignores the
  signal for it "so that ulimit violations work like disk full" (its ``postmaster.c``).
* PostgreSQL, locked: another program holds the table of the log.
* PostgreSQL, hung: every process of the server stands still.
* Documents, disk full: the product may make no file larger than it is.
* PostgreSQL, stopped: the server is shut down; mending starts it again.
"""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

from tests.failures.product import Product
from tests.tools.postgres import ROLE, Server

Outage = Callable[[Product, Server | None], AbstractContextManager[None]]
FULL = "database or disk is full"
# Of one segment of the write-ahead log, which is written ahead and never beyond its size; half a
# block more, so that a file grows to the middle of a block, as on a disk that is full.
SEGMENT_MEGABYTES = 1
MOST_BYTES = SEGMENT_MEGABYTES * 1024 * 1024 + 4096

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


LIMIT = """
import contextlib, resource, sys
size = int(sys.argv[1])
for pid in map(int, sys.argv[2:]):
    with contextlib.suppress(ProcessLookupError):
        hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if size < 0 else size, hard))
"""


@contextmanager
def sqlite_full(product: Product, _server: Server | None) -> Iterator[None]:
    """Fill the file until SQLite itself says that it is full; free the space again."""
    with closing(sqlite3.connect(product.file, isolation_level=None)) as other:
        other.execute(f"PRAGMA max_page_count = {product.most_pages}")
        other.execute("CREATE TABLE ballast (bytes BLOB)")
        for size in (1_000_000, 100_000, 10_000, 4_000):
            with pytest.raises(sqlite3.OperationalError, match=FULL):
                _grow(other, size)
    yield
    with closing(sqlite3.connect(product.file, isolation_level=None)) as other:
        other.execute("DROP TABLE ballast")


def _grow(other: sqlite3.Connection, size: int) -> NoReturn:
    while True:
        other.execute("INSERT INTO ballast VALUES (zeroblob(?))", [size])


@contextmanager
def sqlite_locked(product: Product, _server: Server | None) -> Iterator[None]:
    """Let another process hold the lock for writing."""
    command = [sys.executable, "-c", HOLD, str(product.file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate("")


@contextmanager
def postgres_full(_product: Product, server: Server | None) -> Iterator[None]:
    """Let no process of the server make a file larger than a segment of its log."""
    assert server is not None
    _limit(server, MOST_BYTES)
    yield
    _limit(server, -1)


def _limit(server: Server, size: int) -> None:
    """Set what PostgreSQL's processes may write; by their owner, as root may be held short."""
    pids = map(str, reversed(processes_of(server)))  # the first one first: others come from it
    server.as_owner(["/usr/bin/python3", "-c", LIMIT, str(size), *pids])


@contextmanager
def postgres_locked(_product: Product, server: Server | None) -> Iterator[None]:
    """Let another session hold the table of the log."""
    assert server is not None
    with psycopg.connect(host=str(server.folder), user=ROLE, dbname=ROLE) as other:
        other.execute("LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def postgres_hung(_product: Product, server: Server | None) -> Iterator[None]:
    """Let every process of the server stand still."""
    assert server is not None
    stopped = processes_of(server)
    try:
        _signal(stopped, signal.SIGSTOP)
        yield
    finally:
        _signal(stopped, signal.SIGCONT)


def _signal(processes: list[int], number: signal.Signals) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):  # a session that has just ended
            os.kill(pid, number)


@contextmanager
def postgres_stopped(_product: Product, server: Server | None) -> Iterator[None]:
    """Shut the server down, and start it again."""
    assert server is not None
    server.stop()
    yield
    server.start()
    server.wait()


@contextmanager
def file_store_full(product: Product) -> Iterator[int]:
    """Let the product write no file larger than its database is; yield that many bytes.

    The kernel refuses to write more, as it does on a disk that is full.
    """
    workers = product.workers()
    most = max((path.stat().st_size for path in product.folder.glob("*.sqlite3*")), default=0)
    most += 1_000_000
    hard = resource.prlimit(workers[0], resource.RLIMIT_FSIZE)[1]
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))
    yield most
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))


def processes_of(server: Server) -> list[int]:
    """Return PostgreSQL's processes, the first of them last."""
    assert server.running is not None
    pid = server.running.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [*map(int, children), pid]


OF_SQLITE: dict[str, Outage] = {"disk full": sqlite_full, "locked": sqlite_locked}
OF_POSTGRES: dict[str, Outage] = {
    "disk full": postgres_full,
    "locked": postgres_locked,
    "hung": postgres_hung,
    "stopped": postgres_stopped,
}


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so.

    :raises TimeoutError: when it is not in time.
    """
    give_up = time.monotonic() + seconds
    while not true():
        if time.monotonic() > give_up:
            raise TimeoutError
        time.sleep(0.02)
