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
from pathlib import Path
from types import FrameType
from typing import NoReturn

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


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start a server, yield the environment that leads to it, stop and remove it."""
    programs = _programs()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="infosharing-pg-", dir="/tmp"))
    running: subprocess.Popen[bytes] | None = None
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        with _stop_later():
            subprocess.run(
                [
                    str(programs / "initdb"),
                    *("--pgdata", str(folder / "data")),
                    *("--username", "postgres"),
                    *("--encoding", "UTF8"),
                    *("--locale", "C.UTF-8"),
                    "--auth=trust",
                    "--no-sync",
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                **_as(owner, folder),
            )
            running = _start(programs, folder, owner)
        _prepare(programs, folder, owner)
        yield environment_for(folder)
    finally:
        with _stop_later():
            if running:
                _end(running)
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


def _start(
    programs: Path, folder: Path, owner: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    settings = UNSAFE_BUT_QUICK | {"unix_socket_directories": str(folder)}
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                str(programs / "postgres"),
                *("-D", str(folder / "data")),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            **_as(owner, folder),
        )


def _prepare(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Make the role and its database, as soon as the server answers."""
    statements = [
        f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE",
        f"CREATE DATABASE {ROLE} OWNER {ROLE}",
    ]
    command = [
        *(str(programs / "psql"), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"),
        *("--host", str(folder), "--username", "postgres", "--dbname", "postgres"),
    ]
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        trial = subprocess.run(
            [*command, "--command", "SELECT 1"], capture_output=True, **_as(owner, folder)
        )
        if trial.returncode == 0:
            break
        if time.monotonic() > give_up:
            log = (folder / "log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"PostgreSQL did not start.\n{log}")
        time.sleep(0.1)
    for statement in statements:
        subprocess.run([*command, "--command", statement], check=True, **_as(owner, folder))


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


def _end(running: subprocess.Popen[bytes]) -> None:
    running.send_signal(signal.SIGINT)  # PostgreSQL's "fast": ends sessions, closes the files
    try:
        running.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGQUIT)
        running.wait()


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
