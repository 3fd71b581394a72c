"""Runs every check and every test, and says at the end how many passed and failed.

``bin/test`` prepares the machine and calls this. Each part runs whatever became of the one
before; small parts run side by side, the longest first. A check counts as one; a part of tests
counts its tests, where a skipped test has failed, and so has a part that finds no tests at all.
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
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
APART = "browser or browser_postgres or verapdf"
SHELL = ["bin/bench", "bin/lib.sh", "bin/lock", "bin/manage", "bin/serve", "bin/test", ".ci/run"]
MINUTES_FOR_A_PART = 30
CORES = max(2, min(4, os.cpu_count() or 2))
ROOM = CORES + 1  # at once: each waits now and then, for a disk, a database or a server to start
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
    room: int = 1
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
    return Part(name, about, command, tests=True, room=ROOM if "-n" in options else 1)


# What asks no database anything is not asked twice (see tests/conftest.py); these ask none at all.
# Where the tests of a kind are: what lies elsewhere is not read for it.
BROWSER = ["tests/browser", "tests/look"]
VERAPDF = ["tests/casefile", "tests/tools_test"]
HANDED_OUT = ["--dist", "load"]  # as tests.tools.scheduling says
SHARED = ["-n", str(ROOM), *HANDED_OUT]
# Whoever is at a browser waits half of the time for it to draw.
BROWSING = ["-n", str(2 * CORES), *HANDED_OUT]
PURE = [
    f"--ignore=tests/{place}"
    for place in (
        *("guidance", "journeys", "look", "casefile/test_bulk_door.py"),
        # How a PDF is set; the whole journey in a browser takes one away on PostgreSQL, too.
        *("casefile/test_pdf.py", "casefile/test_exports_document.py"),
    )
]

PARTS = [
    suite(
        "browser-postgres",
        "a whole journey on PostgreSQL, migrated",
        "browser_postgres",
        "--migrations",
        *BROWSER,
        postgres=True,
    ),
    suite("verapdf", "PDF files satisfy veraPDF", "verapdf", *VERAPDF),
    check("types", "the types fit", "-m", "mypy"),
    check("format", "the code is formatted", "-m", "ruff", "format", "--check"),
    check("lint", "the code is free of lint", "-m", "ruff", "check", "--no-fix"),
    Part("shell", "the shell programs are free of lint", ["shellcheck", "-x", *SHELL]),
    check("templates", "the templates are free of lint", "-m", "djlint", "--lint", "templates"),
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
    suite("sqlite", "tests on SQLite", f"not ({APART})", *SHARED),
    suite("postgres", "the same on PostgreSQL", f"not ({APART})", *SHARED, *PURE, postgres=True),
    suite("browser", "the pages in Chromium, on SQLite", "browser", *BROWSING, *BROWSER),
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
    parts = [part for part in PARTS if not chosen.only or part.name in chosen.only]
    with tempfile.TemporaryDirectory(prefix="infosharing-test-") as folder:
        outcomes, stopped = run(parts, Path(folder), chosen.rest)
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


class Running:
    """A part at work, in a fresh data folder and a process group of its own.

    What a part that shares the machine says is kept and shown when it is done; a part that has
    the machine to itself is heard as it goes.
    """

    def __init__(self, part: Part, folder: Path, options: list[str]) -> None:
        data = folder / part.name
        data.mkdir()
        self.part = part
        self.report = folder / f"{part.name}.xml"
        self.said = None if part.room == ROOM else folder / f"{part.name}.txt"
        self.begun = time.monotonic()
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
            command = [*command, f"--junitxml={self.report}", *options]
        if self.said is None:
            self.announce()
        with ExitStack() as stack:
            heard = stack.enter_context(self.said.open("wb")) if self.said else None
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=heard,
                stderr=heard,
                process_group=0,
            )

    def announce(self) -> None:
        print(f"\n--- {self.part.name}: {self.part.about}", flush=True)

    def outcome(self) -> Outcome | None:
        """What became of it; None while it goes on."""
        status = self.process.poll()
        if status is None:
            if time.monotonic() - self.begun < MINUTES_FOR_A_PART * 60:
                return None
            self.stop()
            return Outcome(0, 1, f"not done after {MINUTES_FOR_A_PART} minutes")
        if self.part.tests:
            return count(self.report, status)
        return Outcome(0, 1, f"exit code {status}") if status else Outcome(1, 0)

    def show(self) -> None:
        """Say what was kept."""
        if self.said is not None:
            self.announce()
            print(self.said.read_text(errors="replace"), end="", flush=True)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


Done = tuple[Part, Outcome, float]


def run(parts: list[Part], folder: Path, options: list[str]) -> tuple[list[Done], bool]:
    """Run parts in their order, as many at once as there is room for; and whether all ran."""
    waiting = list(parts)
    running: list[Running] = []
    done: list[Done] = []

    def end(part: Part, outcome: Outcome, begun: float) -> None:
        done.append((part, outcome, time.monotonic() - begun))
        print(line(*done[-1]), flush=True)

    try:
        while waiting or running:
            while waiting and sum(one.part.room for one in running) + waiting[0].room <= ROOM:
                part = waiting.pop(0)
                try:
                    running.append(Running(part, folder, options))
                except FileNotFoundError:
                    missing = Outcome(0, 1, f"{part.command[0]} is not installed")
                    end(part, missing, time.monotonic())
            for one in list(running):
                outcome = one.outcome()
                if outcome is not None:
                    running.remove(one)
                    one.show()
                    end(one.part, outcome, one.begun)
            time.sleep(0.05)
    except KeyboardInterrupt:
        for one in running:
            one.stop()
            one.show()
            end(one.part, Outcome(0, 1, "stopped"), one.begun)
        return done, True
    return done, False


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
