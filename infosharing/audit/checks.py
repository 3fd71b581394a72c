"""What must hold before the product starts, and what ``manage.py check --database default`` asks.

The first kind looks at the code and the settings. The second kind (tags ``database`` and
``durability``) asks the live connection what is really on (assurance.md D2).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.management import get_commands
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from infosharing.audit import protection, triggers
from infosharing.audit.backends.guard import Guard
from infosharing.audit.events import CODE, known_events

ENGINES = frozenset({"infosharing.audit.backends.sqlite3", "infosharing.audit.backends.postgresql"})
REFUSED_COMMANDS = ("clean_old_history", "clean_duplicate_history", "populate_history")
LONGEST_WAIT = 3000  # milliseconds, design.md "Limits"
NETWORK_FILE_SYSTEMS = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "nfs", "nfs4", "smb3", "smbfs"}
)


def _error(number: int, message: str, hint: str = "") -> checks.Error:
    return checks.Error(message, hint=hint or None, id=f"audit.E{number:03}")


@checks.register("audit")
def check_settings(**_: Any) -> list[checks.CheckMessage]:
    """History is on, the engines are guarded, history's own commands are out of reach."""
    found: list[checks.CheckMessage] = []
    if not getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        found.append(_error(1, "SIMPLE_HISTORY_ENABLED switches history off.", "Remove it."))
    if not getattr(settings, "SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD", False):
        found.append(_error(2, "SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD must be True."))
    for alias, database in settings.DATABASES.items():
        if database.get("ENGINE") not in ENGINES:
            found.append(
                _error(
                    3,
                    f"Database {alias} would accept changes without a log entry.",
                    f"Set its ENGINE to one of {', '.join(sorted(ENGINES))}.",
                )
            )
    commands = get_commands()
    for name in REFUSED_COMMANDS:
        if commands.get(name) != "infosharing.audit":
            found.append(
                _error(
                    4,
                    f"manage.py {name} would change history.",
                    "List infosharing.audit before simple_history in INSTALLED_APPS.",
                )
            )
    return found


@checks.register("audit")
def check_models(**_: Any) -> list[checks.CheckMessage]:
    """History is kept by ``tracked()``; exceptions from protection give their reason."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models():
        name = protection.options_of(model).label
        past = protection.history_of(model)
        if past and not hasattr(past, "history_actor"):
            found.append(_error(5, f"{name} keeps history without infosharing.audit.tracked()."))
        reason = getattr(model, "unprotected_because", "")
        if not isinstance(reason, str) or (reason and len(reason.split()) < 2):
            found.append(_error(6, f"{name}: unprotected_because must say why, in words."))
    return found


@checks.register("audit")
def check_events(**_: Any) -> list[checks.CheckMessage]:
    """Every event code is of the form ``app.what_happened`` and belongs to one app."""
    found: list[checks.CheckMessage] = []
    owners: dict[str, type] = {}
    for event in known_events():
        if not CODE.fullmatch(event.value):
            found.append(
                _error(7, f"{event!r}: {event.value} is not of the form app.what_happened.")
            )
        if owners.setdefault(event.value, type(event)) is not type(event):
            found.append(_error(8, f"{event.value} is an event of two apps."))
    return found


@checks.register("durability", checks.Tags.database, deploy=True)
def check_databases(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """The live connection really keeps what it has acknowledged, and guards it (D2)."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not isinstance(getattr(connection, "guard", None), Guard):
            found.append(_error(10, f"Connection {alias} is not guarded."))
            continue
        ask = _sqlite if connection.vendor == "sqlite" else _postgresql
        found.extend(ask(connection))
        found.extend(
            _error(
                11,
                f"Table {table} is append-only and lacks its triggers.",
                "Run manage.py migrate, and find out who removed them.",
            )
            for table in triggers.missing(connection, triggers.append_only_tables())
        )
    return found


def _sqlite(connection: Any) -> Iterator[checks.CheckMessage]:
    live = {}
    with connection.cursor() as cursor:
        for name in (
            *("journal_mode", "synchronous", "foreign_keys"),
            *("busy_timeout", "recursive_triggers", "temp_store"),
        ):
            cursor.execute(f"PRAGMA {name}")
            live[name] = cursor.fetchone()[0]
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "temp_store": 2,  # MEMORY
    }
    for name, value in wanted.items():
        if live[name] != value:
            yield _error(12, f"SQLite: {name} is {live[name]}, must be {value}.")
    if not 0 < live["busy_timeout"] <= LONGEST_WAIT:
        yield _error(
            13, f"SQLite: busy_timeout is {live['busy_timeout']} ms, must be 1 to {LONGEST_WAIT}."
        )
    if connection.transaction_mode != "IMMEDIATE":
        yield _error(14, f"SQLite: transaction_mode is {connection.transaction_mode}.")
    kind = file_system(Path(str(connection.settings_dict["NAME"])))
    if kind in NETWORK_FILE_SYSTEMS:
        yield _error(15, f"SQLite: the database lies on a network file system ({kind}).")


def file_system(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of file system a path lies on, empty where that cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    resolved = path.resolve()
    best, kind = -1, ""
    for fields in (line.split(" ") for line in lines):
        if len(fields) < 3:
            continue
        point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), fields[1])
        if resolved.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind


def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[checks.CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN "
            "('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'lock_timeout')"
        )
        live = dict(cursor.fetchall())
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        superuser = cursor.fetchone()[0]
    for name in ("fsync", "full_page_writes"):
        if live[name] != "on":
            yield _error(16, f"PostgreSQL: {name} is {live[name]}, must be on.")
    if live["synchronous_commit"] == "off":
        yield _error(17, "PostgreSQL: synchronous_commit is off.")
    if not 0 < int(live["lock_timeout"]) <= LONGEST_WAIT:
        yield _error(
            18,
            f"PostgreSQL: lock_timeout is {live['lock_timeout']} ms, must be 1 to {LONGEST_WAIT}.",
        )
    if superuser:
        yield _error(19, "PostgreSQL: the product signs in as a superuser, whom nothing stops.")
    if live["data_checksums"] != "on":
        yield checks.Warning("PostgreSQL: data_checksums is off.", id="audit.W001")
