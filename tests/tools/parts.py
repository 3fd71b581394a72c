"""Runs every check and every test, and says at the end how many passed and failed.

``bin/test`` prepares the machine and calls this. Each part runs whatever became of the one
before. A check counts as one; a part of tests counts its tests, where a skipped test has failed,
and so has a part that finds no tests at all.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
APART = "browser or browser_postgres or verapdf"
SHELL = ["bin/lib.sh", "bin/lock", "bin/manage", "bin/serve", "bin/test", ".ci/run"]
MINUTES_FOR_A_PART = 30
SPOILT = {"failure", "error", "skipped"}

# What is set where this runs must not reach the tests: they choose database, mode and key.
FOREIGN = (
    *("DATABASE_URL", "MIGRATE_DATABASE_URL", "DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS"),
    *("DEBUG", "DJANGO_DEBUG", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "BEHIND_TLS_PROXY"),
    *("INFOSHARING_TEST_APPS", "INFOSHARING_URL", "PYTEST_ADDOPTS", "PYTHONWARNINGS", "PORT"),
)


@dataclass(frozen=True)
class Part:
    """A check, or (``tests``) a run of pytest over the tests that an expression selects."""

    name: str
    about: str
    command: list[str]
    tests: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How many of a part passed and failed, and why it failed where that is not plain."""

    passed: int
    failed: int
    reason: str = ""


def check(name: str, about: str, *command: str, **environment: str) -> Part:
    return Part(name, about, [PYTHON, *command], environment=environment)


def suite(name: str, about: str, selection: str, *options: str, postgres: bool = False) -> Part:
    launcher = [PYTHON, "-m", "tests.tools.postgres", "--"] if postgres else []
    command = [*launcher, PYTHON, "-m", "pytest", "-q", "-m", selection, *options]
    return Part(name, about, command, tests=True)


# What asks no database anything is not asked twice (see tests/conftest.py); these ask none at all.
PURE = [f"--ignore=tests/{folder}" for folder in ("guidance", "journeys", "look")]

PARTS = [
    check("format", "the code is formatted", "-m", "ruff", "format", "--check"),
    check("lint", "the code is free of lint", "-m", "ruff", "check", "--no-fix"),
    Part("shell", "the shell programs are free of lint", ["shellcheck", "-x", *SHELL]),
    check("templates", "the templates are free of lint", "-m", "djlint", "--lint", "templates"),
    check("types", "the types fit", "-m", "mypy"),
    check(
        "imports",
        "imports point down",
        *("-c", "from importlinter.cli import lint_imports_command as run; run()"),
        *("--no-logo", "--cache-dir", ".import_linter_cache"),
    ),
    check(
        "migrations",
        "no migration is missing",
        *("manage.py", "makemigrations", "--check", "--dry-run"),
    ),
    check(
        "migrate",
        "an empty database is migrated",
        *("manage.py", "migrate", "--no-input", "--verbosity", "0"),
    ),
    check(
        "deploy",
        "production settings satisfy Django's own check",
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        INFOSHARING_MODE="production",
        DJANGO_SECRET_KEY=secrets.token_urlsafe(50),
        DJANGO_ALLOWED_HOSTS="infosharing.example.org",
        INFOSHARING_URL="https://infosharing.example.org",
        DATABASE_URL="postgres://infosharing@db.example.org/infosharing?sslmode=verify-full",
    ),
    check(
        "static",
        "every static file is found",
        *("manage.py", "collectstatic", "--no-input", "--verbosity", "0"),
    ),
    suite("sqlite", "tests on SQLite", f"not ({APART})", "-n", "2"),
    suite("postgres", "the same on PostgreSQL", f"not ({APART})", "-n", "2", *PURE, postgres=True),
    suite("verapdf", "PDF files satisfy veraPDF", "verapdf"),
    suite("browser", "the pages in Chromium, on SQLite", "browser", "-n", "2"),
    suite(
        "browser-postgres",
        "a whole journey on PostgreSQL, migrated",
        "browser_postgres",
        "--migrations",
        postgres=True,
    ),
]


def main(arguments: list[str]) -> int:
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(prog="bin/test", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--only", nargs="+", choices=names, metavar="PART", help=f"run these: {', '.join(names)}"
    )
    parser.add_argument("rest", nargs="*", metavar="-- OPTION", help="further options for pytest")
    chosen = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # as Ctrl-C: nothing goes on running
    outcomes: list[tuple[Part, Outcome, float]] = []
    stopped = False
    with tempfile.TemporaryDirectory(prefix="infosharing-test-") as folder:
        for part in PARTS:
            if chosen.only and part.name not in chosen.only:
                continue
            print(f"\n--- {part.name}: {part.about}", flush=True)
            begun = time.monotonic()
            try:
                outcome = run(part, Path(folder), chosen.rest)
            except KeyboardInterrupt:
                outcome = Outcome(0, 1, "stopped")
                stopped = True
            outcomes.append((part, outcome, time.monotonic() - begun))
            print(line(*outcomes[-1]), flush=True)
            if stopped:
                break
    print("\n--- all")
    for entry in outcomes:
        print(line(*entry))
    passed = sum(outcome.passed for _, outcome, _ in outcomes)
    failed = sum(outcome.failed for _, outcome, _ in outcomes)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    if stopped:
        return 128 + signal.SIGINT
    return 1 if failed or not passed else 0


def line(part: Part, outcome: Outcome, seconds: float) -> str:
    counts = f"{outcome.passed} passed, {outcome.failed} failed"
    reason = f"  ({outcome.reason})" if outcome.reason else ""
    return f"{part.name:<17} {counts:<24} {seconds:6.1f} s{reason}"


def run(part: Part, folder: Path, options: list[str]) -> Outcome:
    """Run one part in a fresh data folder and count what became of it."""
    data = folder / part.name
    data.mkdir()
    report = folder / f"{part.name}.xml"
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "infosharing.settings",
        "INFOSHARING_DATA": str(data),
        "INFOSHARING_MODE": "demonstration",
        **part.environment,
    }
    command = part.command
    if part.tests:
        del environment["DJANGO_SETTINGS_MODULE"]  # pyproject.toml names those of the tests
        command = [*command, f"--junitxml={report}", *options]
    try:
        status = execute(command, environment)
    except subprocess.TimeoutExpired:
        return Outcome(0, 1, f"not done after {MINUTES_FOR_A_PART} minutes")
    except FileNotFoundError:
        return Outcome(0, 1, f"{command[0]} is not installed")
    if part.tests:
        return count(report, status)
    return Outcome(0, 1, f"exit code {status}") if status else Outcome(1, 0)


def execute(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in a process group of its own, which ends with it or with this program."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, process_group=0
    ) as process:
        try:
            return process.wait(MINUTES_FOR_A_PART * 60)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
            raise


def count(report: Path, status: int) -> Outcome:
    """Count the tests of a report; whatever is not plainly passed has failed."""
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 pytest wrote it
    except (FileNotFoundError, ElementTree.ParseError):
        return Outcome(0, 1, f"pytest left no report, exit code {status}")
    if not cases:
        return Outcome(0, 1, "no tests were found")
    spoilt = [
        child
        for case in cases
        if (child := next((child for child in case if child.tag in SPOILT), None)) is not None
    ]
    skipped = sum(child.tag == "skipped" for child in spoilt)
    reason = f"{skipped} skipped, which counts as failed" if skipped else ""
    if status and not spoilt:  # pytest knows of something the report does not show
        return Outcome(len(cases), 1, f"exit code {status}")
    return Outcome(len(cases) - len(spoilt), len(spoilt), reason)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
