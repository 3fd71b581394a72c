"""One server that goes through every outage of a file of tests."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import connection

from tests.audit.support import setting_up
from tests.factories import a_case, a_draft, save
from tests.failures.outages import SEGMENT_MEGABYTES
from tests.failures.pausing import forget
from tests.failures.person import words
from tests.failures.product import Product
from tests.failures.running import Running
from tests.people import Cast, make_cast
from tests.tools.postgres import ROLE, Server, serving


@pytest.fixture(scope="module")
def begun(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Start the product with the cast in it; end it with the last test of the file."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        folder = tmp_path_factory.mktemp("product")
        server = None
        if connection.vendor == "postgresql":
            server = stack.enter_context(serving(f"--wal-segsize={SEGMENT_MEGABYTES}"))
            _copy_schema(server)
            product = Product(folder, server.environment["DATABASE_URL"])
        else:
            product = Product(folder)
            _copy_file(product.file)
        with product.connected(), setting_up():
            cast = make_cast()
        if server is not None:
            product.see(lambda: _fill(cast))
        stack.callback(product.kill)
        yield Running(product, cast, server)


@pytest.fixture
def running(begun: Running) -> Running:
    """The one product that goes through everything, started again where a test has killed it."""
    forget(begun.product.folder)
    if begun.product.running is None:
        begun.product.start()
    return begun


def _copy_file(file: Path) -> None:
    """Copy the tables of the tests, which hold no rows between tests."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = WAL")


def _copy_schema(server: Server) -> None:
    here = connection.settings_dict
    source = ["--host", here["HOST"], "--username", here["USER"], here["NAME"]]
    dump = subprocess.run(
        [str(server.programs / "pg_dump"), "--no-owner", "--no-privileges", *source],
        check=True,
        capture_output=True,
    )
    target = ["--host", str(server.folder), "--username", ROLE, "--dbname", ROLE]
    subprocess.run(
        [str(server.programs / "psql"), "--quiet", "-v", "ON_ERROR_STOP=1", *target],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _fill(cast: Cast) -> None:
    """Let the texts of drafts take more room than a file may have when the disk is full."""
    draft = a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    typed = {"reasons": [words(SEGMENT_MEGABYTES * 1_300_000)]}
    save(draft, cast.dsl, {("outcome", 0): typed})
