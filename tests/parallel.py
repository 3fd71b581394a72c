"""Many at once, each with a connection of their own, on either engine."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections

from infosharing import env
from infosharing.audit.backends.sqlite3.base import DatabaseWrapper

R = TypeVar("R")
Answer = tuple[int, str]


class Many:
    """The test's database as several connections can share it: SQLite needs a file for that.

    What was committed before it was made is in it. Look at what was done with ``see``.
    """

    def __init__(self, folder: Path) -> None:
        self._file: Path | None = None
        if connection.vendor == "sqlite":
            self._file = folder / "many.sqlite3"
            connection.ensure_connection()
            with closing(sqlite3.connect(self._file)) as file:
                connection.connection.backup(file)

    @contextmanager
    def _connection(self) -> Iterator[None]:
        if self._file is not None:
            theirs = env.database(Path(settings.DATA_DIR))
            here = {**connections.settings["default"], "OPTIONS": theirs["OPTIONS"]}
            connections["default"] = DatabaseWrapper({**here, "NAME": str(self._file)}, "default")
        try:
            yield
        finally:
            connections["default"].close()

    def at_once(self, number: int, work: Callable[[int], R]) -> list[R]:
        """Run something in as many threads at the same moment; raise what any of them raised."""
        start = Barrier(number)

        def one(which: int) -> R:
            with self._connection():
                connection.ensure_connection()
                start.wait()
                return work(which)

        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(one, range(number)))

    def answers(self, number: int, send: Callable[[int], Answer]) -> list[Answer]:
        """Send at the same moment; whoever is told to try again does, one after the other.

        A wait for the database ends after seconds: how many are told so depends on the machine.
        """
        found = self.at_once(number, send)
        for which, (status, _where) in enumerate(found):
            if status == HTTPStatus.SERVICE_UNAVAILABLE:
                [found[which]] = self.at_once(1, lambda _number, which=which: send(which))
        return found

    def see(self, look: Callable[[], Any]) -> Any:
        """Return what one more connection sees."""
        return self.at_once(1, lambda _number: look())[0]
