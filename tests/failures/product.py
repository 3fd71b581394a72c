"""The real web server, in processes of its own, over a real database, to be killed and starved."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client

from infosharing import env
from infosharing.accounts.models import User
from infosharing.audit.backends.postgresql.base import DatabaseWrapper as Postgresql
from infosharing.audit.backends.sqlite3.base import DatabaseWrapper as Sqlite
from tests.tools.parts import FOREIGN, ROOT

SECONDS_TO_START = 60
# How much further SQLite's file may grow than it was when the server started first.
ROOM_IN_PAGES = 3000


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Product:
    """Gunicorn as ``bin/serve`` starts it, with ``folder`` for what it keeps.

    ``url`` names a PostgreSQL; without, the database is SQLite's file in the folder.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.url = url
        self.port = free_port()
        self.running: subprocess.Popen[bytes] | None = None
        self._wrapper = self._database()
        self.most_pages = 0

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return self.folder / "infosharing.sqlite3"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        if not self.url and not self.most_pages:
            self.most_pages = self.see(_pages) + ROOM_IN_PAGES
        lock = os.open(self.folder / "lock", os.O_CREAT | os.O_RDONLY, 0o600)
        try:
            with (self.folder / "said").open("ab") as said:
                self.running = subprocess.Popen(
                    [
                        *(sys.executable, "bin/gently.py", "-m", "gunicorn"),
                        *("--config", "bin/gunicorn.conf.py", "infosharing.wsgi:application"),
                    ],
                    cwd=ROOT,
                    env=self._environment(lock),
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                    pass_fds=[lock],
                )
        finally:
            os.close(lock)
        give_up = time.monotonic() + SECONDS_TO_START
        while self.health() != "ok":
            if self.running.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError((self.folder / "said").read_text(encoding="utf-8"))
            time.sleep(0.05)

    def _environment(self, lock: int) -> dict[str, str]:
        rest = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        database = {"DATABASE_URL": self.url} if self.url else {}
        return {
            **rest,
            **database,
            "DJANGO_SETTINGS_MODULE": "tests.failures.settings",
            "DJANGO_SECRET_KEY": settings.SECRET_KEY,  # a session made by the test is one here
            "FAILING_MOST_PAGES": str(self.most_pages),
            "INFOSHARING_DATA": str(self.folder),
            "INFOSHARING_DOCUMENT_MB": "100",
            "INFOSHARING_LOCK_FD": str(lock),
            "INFOSHARING_MODE": "demonstration",
            "PORT": str(self.port),
        }

    def health(self) -> str:
        """Return what the server says of itself: ``ok``, ``degraded``, or nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/health/")
            return connection.getresponse().read().decode().strip()
        except OSError:
            return ""
        finally:
            connection.close()

    def kill(self) -> None:
        """End every process of it at once, as when the power goes: none can tidy up."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        assert self.running is not None
        pid = self.running.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    # The database, seen from the test

    def _database(self) -> Any:
        """Return a connection to the product's database, apart from the one of the tests."""
        if self.url:
            found = env.env.db_url_config(self.url)
        else:
            found = env.env.db_url_config(f"sqlite:///{self.file}")
            found["OPTIONS"] = {"transaction_mode": "IMMEDIATE"}
        whole = {**connections.settings["default"], **found}
        return (Postgresql if self.url else Sqlite)(whole, "default")

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """Let the models speak to the product's database inside."""
        usual = connections["default"]
        connections["default"] = self._wrapper
        try:
            yield self._wrapper
        finally:
            self._wrapper.close()
            connections["default"] = usual

    def see(self, look: Callable[[], Any]) -> Any:
        """Return what stands in the product's database."""
        with self.connected():
            return look()

    def cookies_of(self, user: User) -> dict[str, str]:
        """Sign somebody in and return the cookies of their browser."""
        with self.connected():
            client = Client()
            client.force_login(user)
            return {name: morsel.value for name, morsel in client.cookies.items()}


def _pages() -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        return int(cursor.fetchone()[0])
