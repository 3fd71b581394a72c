"""Runs a command with a PostgreSQL of its own: ``python -m tests.tools.postgres -- COMMAND...``

The server comes from the machine's own packages (``/usr/lib/postgresql``), listens on a socket in
a private folder and on no network, and is stopped and removed when the command ends or this
program is stopped. PostgreSQL refuses to run as root; started by root, only the server runs as
``postgres`` or ``nobody``, the command stays root.

The command finds ``DATABASE_URL`` in its environment. The role in it owns its databases and may
make more, as the tests need, but is no superuser: what production forbids fails here too.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

ROLE = "infosharing"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPED_BY = 128  # what a shell adds to the number of the signal
UNSAFE_BUT_QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresMissing(Exception):
    """There is no server to start; the message says what to install."""


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if not arguments:
        print("usage: python -m tests.tools.postgres -- COMMAND...", file=sys.stderr)
        return 2
    for number in STOPS[1:]:
        signal.signal(number, _stop)
    try:
        with server() as environment:
            return _run(arguments, {**os.environ, **environment})
    except PostgresMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return STOPPED_BY + signal.SIGINT


@dataclass
class Server:
    """A server of our own in a private folder; ``owner`` is who runs it where root must not."""

    programs: Path
    folder: Path
    owner: pwd.struct_passwd | None
    running: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """How Django, ``psql`` and ``pg_dump`` reach it."""
        return environment_for(self.folder)

    def initialise(self, *options: str) -> None:
        """Make its data folder."""
        subprocess.run(
            [
                str(self.programs / "initdb"),
                *("--pgdata", str(self.folder / "data")),
                *("--username", "postgres"),
                *("--encoding", "UTF8"),
                *("--locale", "C.UTF-8"),
                "--auth=trust",
                "--no-sync",
                *options,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **_as(self.owner, self.folder),
        )

    def start(self) -> None:
        """Start it; ``wait`` for its first answer."""
        settings = UNSAFE_BUT_QUICK | {"unix_socket_directories": str(self.folder)}
        each = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *each],
                stdout=log,
                stderr=subprocess.STDOUT,
                **_as(self.owner, self.folder),
            )

    def wait(self) -> None:
        """Wait until it answers."""
        give_up = time.monotonic() + SECONDS_TO_START
        while self._psql("SELECT 1", check=False, capture_output=True).returncode:
            if time.monotonic() > give_up:
                log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"PostgreSQL did not start.\n{log}")
            time.sleep(0.1)

    def prepare(self) -> None:
        """Make the role and its database."""
        self._psql(f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE")
        self._psql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")

    def stop(self) -> None:
        """End sessions, close the files, stop."""
        if self.running is None:
            return
        self.running.send_signal(signal.SIGINT)  # PostgreSQL's "fast"
        try:
            self.running.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.running.send_signal(signal.SIGQUIT)
            self.running.wait()
        self.running = None

    def as_owner(self, command: list[str]) -> None:
        """Run a program as whoever runs the server."""
        subprocess.run(command, check=True, **_as(self.owner, self.folder))

    def _psql(self, statement: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        command = [
            *(str(self.programs / "psql"), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"),
            *("--host", str(self.folder), "--username", "postgres", "--dbname", "postgres"),
            *("--command", statement),
        ]
        return subprocess.run(command, **{"check": True} | options, **_as(self.owner, self.folder))


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start a server, yield the environment that leads to it, stop and remove it."""
    with serving() as found:
        yield found.environment


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Start a server, with further options for ``initdb``; stop and remove it."""
    programs = _programs()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="infosharing-pg-", dir="/tmp"))
    found = Server(programs, folder, owner)
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        with _stop_later():
            found.initialise(*options)
            found.start()
        found.wait()
        found.prepare()
        yield found
    finally:
        with _stop_later():
            found.stop()
            shutil.rmtree(folder, ignore_errors=True)


def environment_for(folder: Path) -> dict[str, str]:
    """Return how Django (``DATABASE_URL``), ``psql`` and ``pg_dump`` (``PG...``) reach the server.

    ``postgres://role@//folder/database`` is the form in which django-environ finds a socket; a
    host written as ``%2Ffolder`` stays as it is and is looked up as a name.
    """
    return {
        "DATABASE_URL": f"postgres://{ROLE}@/{folder}/{ROLE}",
        "PGHOST": str(folder),
        "PGUSER": ROLE,
        "PGDATABASE": ROLE,
    }


def _programs() -> Path:
    """Return the folder with the newest server's programs."""
    found = sorted(
        (
            (float(initdb.parents[1].name), initdb.parent)
            for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")
            if (initdb.parent / "postgres").exists()
        ),
        reverse=True,
    )
    if not found:
        raise PostgresMissing("No PostgreSQL server was found: apt-get install postgresql")
    return found[0][1]


def _owner() -> pwd.struct_passwd | None:
    """Return who runs the server when root must not; nobody else when this is not root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresMissing("PostgreSQL refuses to run as root, and there is no user to run it as.")


def _as(owner: pwd.struct_passwd | None, folder: Path) -> dict[str, object]:
    """Return how to start a program of the server: as its owner, in its folder.

    It stands in its own process group, so that Ctrl-C reaches this program and not the server.
    """
    options: dict[str, object] = {
        "cwd": folder,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        "stdin": subprocess.DEVNULL,
        "start_new_session": True,
    }
    if owner:
        options |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return options


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    """Run the command; it is told when this program is stopped, and has its time to end."""
    command: subprocess.Popen[bytes] | None = None
    try:
        with _stop_later():
            command = subprocess.Popen(arguments, env=environment)
        status = command.wait()
    except BaseException:
        if command:
            command.terminate()
            try:
                command.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                command.kill()
                command.wait()
        raise
    return status if status >= 0 else STOPPED_BY - status


@contextmanager
def _stop_later() -> Iterator[None]:
    """Put off being stopped until a step is whole, so that nothing is left behind."""
    came: list[int] = []
    usual = {number: signal.signal(number, lambda n, _: came.append(n)) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
    if came:
        os.kill(os.getpid(), came[0])


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(STOPPED_BY + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
