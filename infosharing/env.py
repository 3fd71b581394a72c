"""What the environment tells the product; every message says how to mend it."""

import secrets
import sys
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env: Any = environ.Env()  # type: ignore[no-untyped-call]

DEMONSTRATION = "demonstration"
PRODUCTION = "production"
LOCK_WAIT_SECONDS = 3
# After which a database that ends nothing itself is given up: a page answers within five seconds.
ANSWER_SECONDS = 4
WEAK_SECRETS = ("django-insecure", "changeme", "change-me", "secret")


def mode() -> str:
    """Return ``demonstration`` (the default: loopback only, made-up people) or ``production``."""
    value = env.str("INFOSHARING_MODE", default=DEMONSTRATION)
    if value not in (DEMONSTRATION, PRODUCTION):
        raise ImproperlyConfigured(
            f"INFOSHARING_MODE is {value!r}: set it to {DEMONSTRATION} or {PRODUCTION}."
        )
    return str(value)


def data_folder(base: Path) -> Path:
    """Return the folder for the database, the key and caches; make it for its owner only."""
    folder = Path(env.str("INFOSHARING_DATA", default=str(base / "var"))).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path, *, production: bool) -> str:
    """Return the secret key: from the environment, or in the demonstration made once and kept.

    :raises ImproperlyConfigured: in production without a long secret of its own.
    """
    key = str(env.str("DJANGO_SECRET_KEY", default=""))
    if production:
        if len(key) < 50 or len(set(key)) < 5 or key.lower().startswith(WEAK_SECRETS):
            raise ImproperlyConfigured(
                "DJANGO_SECRET_KEY must be a random text of 50 characters or more. Make one with: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
            )
        return key
    if key:
        return key
    path = folder / "secret_key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii") or secrets.token_urlsafe(50)


def allowed_hosts(*, production: bool) -> list[str]:
    """Return the host names served; the demonstration answers on this machine only.

    :raises ImproperlyConfigured: in production without exact names.
    """
    if not production:
        return ["127.0.0.1", "localhost", "[::1]"]
    hosts = [host for host in env.list("DJANGO_ALLOWED_HOSTS", default=[]) if host]
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        raise ImproperlyConfigured(
            "DJANGO_ALLOWED_HOSTS must list the exact host names, for example "
            "sharing.example.sch.uk; a * or a leading dot is not accepted."
        )
    return hosts


def public_url(*, production: bool) -> str:
    """Return the address people use, without a slash at the end.

    :raises ImproperlyConfigured: in production without an https address of its own.
    """
    default = "" if production else f"http://127.0.0.1:{env.str('PORT', default='8000')}"
    url = str(env.str("INFOSHARING_URL", default=default)).rstrip("/")
    if not url.startswith("https://" if production else ("https://", "http://")):
        raise ImproperlyConfigured(
            "INFOSHARING_URL must be the address people use, for example "
            "https://sharing.example.sch.uk: links in invitations start with it."
        )
    return url


def refuse_debug() -> None:
    """Refuse to start in production with a debugging switch on.

    :raises ImproperlyConfigured: when ``DEBUG`` or ``DJANGO_DEBUG`` is on.
    """
    for name in ("DEBUG", "DJANGO_DEBUG"):
        if env.str(name, default="").strip().lower() in ("1", "true", "yes", "on"):
            raise ImproperlyConfigured(f"{name} is on: unset it, production never runs with it.")


def document_megabytes() -> int:
    """Return how large a document may be, in megabytes; 10 unless said otherwise.

    :raises ImproperlyConfigured: for anything that is not a number from 1 to 100.
    """
    value = str(env.str("INFOSHARING_DOCUMENT_MB", default="10"))
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 100):
        raise ImproperlyConfigured("INFOSHARING_DOCUMENT_MB must be a whole number from 1 to 100.")
    return int(value)


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings for the one database.

    SQLite in the data folder unless ``DATABASE_URL`` names a PostgreSQL;
    ``MIGRATE_DATABASE_URL``, where set, is used by ``migrate`` alone.
    """
    url = env.str("DATABASE_URL", default="")
    migrating = sys.argv[1:2] == ["migrate"]
    if migrating:
        url = env.str("MIGRATE_DATABASE_URL", default=url)
    if not url:
        url = f"sqlite:///{folder / 'infosharing.sqlite3'}"
    found: dict[str, Any] = env.db_url_config(url)
    options: dict[str, Any] = found.setdefault("OPTIONS", {})
    if "sqlite" in found["ENGINE"]:
        found["ENGINE"] = "infosharing.audit.backends.sqlite3"
        options |= {
            "timeout": LOCK_WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            # The long statements of a page are read once, and not for each page.
            "cached_statements": 512,
            # Nothing of a record is left in the machine's folder for temporary files, and many rows
            # are written in half the time.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY;"
            ),
        }
    elif "postgres" in found["ENGINE"]:
        found["ENGINE"] = "infosharing.audit.backends.postgresql"
        wait = LOCK_WAIT_SECONDS * 1000
        timeout = 0 if migrating else wait
        options.setdefault("connect_timeout", LOCK_WAIT_SECONDS)
        # Compiling a query pays for reports that take minutes; for a page it only adds seconds.
        # Rows one by one cost little more than in a row, as no disk turns; and a page is the work
        # of one process, not of all that others need, too.
        plans = "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
        always = f"-c lock_timeout={wait} -c statement_timeout={timeout} {plans}"
        options.setdefault("options", always)
        found["CONN_HEALTH_CHECKS"] = True
        if not migrating:
            found["ANSWER_WITHIN"] = ANSWER_SECONDS
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL names {found['ENGINE']}: only SQLite and PostgreSQL are supported."
        )
    found["CONN_MAX_AGE"] = 60
    found["ATOMIC_REQUESTS"] = False
    return found
