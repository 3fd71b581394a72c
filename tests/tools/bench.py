"""How dear each page is beside a bare signed-in page of Django; and the curve of the PDFs.

``bin/bench`` makes the decisions, measures on both databases and prints one table. Ratios are
medians of pairs that alternate, so a busy machine slows both sides; absolute times are for
orientation only (reference/performance.md, section 6).
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("SQLite", "PostgreSQL")
SIZES = (1_000, 100_000)
PDFS = (10, 100, 1_000)
ROUNDS = 15
SEED = 1
CONTROL = "bare page (control)"


def setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infosharing.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is collected here
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


# Pages


def measure(rounds: int) -> dict[str, Any]:
    """Open every kind of page, each in turn with the bare one."""
    setup()
    from infosharing.accounts.models import User
    from tests.tools import bare

    users = {
        "dsl": User.objects.get(username=f"dsl.{SEED}.1"),
        "trust": User.objects.get(username=f"trust-dpl.{SEED}"),
    }
    plain = _client(users["dsl"], bare.MIDDLEWARE)
    found: dict[str, Any] = {}
    for name, fetch in pages(users):
        found[name] = _paired(lambda: plain.get("/"), fetch, rounds)
    return found


def _client(user: Any, middleware: list[str] | None = None) -> Any:
    from django.test import Client, override_settings

    client = Client()
    client.force_login(user)
    if middleware is not None:
        with override_settings(MIDDLEWARE=middleware):
            client.handler.load_middleware()
    return client


def pages(users: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Give each kind of page and what opens it."""
    from decisions.models import Draft
    from decisions.queries import visible_decisions
    from tests.tools import bare

    clients = {name: _client(user) for name, user in users.items()}
    signed = visible_decisions(users["trust"]).filter(closed_at__isnull=False)
    decision = signed.select_related("case").order_by("-signed_at", "-pk")[0]
    draft = Draft.objects.filter(
        closed_at=None,
        decision__organisation=users["dsl"].memberships.get().organisation,
        decision__case__restricted=False,
    ).order_by("pk")[0]
    case = f"/cases/{decision.case.public_id}/"
    page = f"/decisions/{decision.public_id}/"
    control = _client(users["dsl"], bare.MIDDLEWARE)
    yield CONTROL, lambda: control.get("/")
    for name, who, address in (
        ("home", "dsl", "/"),
        ("decisions of a school", "dsl", "/decisions/"),
        ("decisions of the trust", "trust", "/decisions/"),
        ("decisions of the trust, far back", "trust", _far_back(users["trust"])),
        ("decisions, by outcome", "trust", "/decisions/?outcome=share"),
        ("decisions, by ground", "trust", "/decisions/?ground=vital_interests"),
        ("requests", "dsl", "/requests/"),
        ("cases", "dsl", "/cases/"),
        ("case page", "trust", case),
        ("chronology", "trust", f"{case}chronology/"),
        ("history of a case", "trust", f"{case}history/"),
        ("decision page", "trust", page),
        ("history of a decision", "trust", f"{page}history/"),
        ("wizard: the parts of a draft", "dsl", f"/drafts/{draft.public_id}/"),
        ("wizard: one page", "dsl", f"/drafts/{draft.public_id}/people/"),
        ("figures of the trust", "trust", "/figures/"),
    ):
        yield name, lambda who=who, address=address: clients[who].get(address)  # type: ignore[misc]
    for name, words in (
        ("search: a rare name", {"find": "przybylski kamara"}),
        ("search: a common word", {"find": "council"}),
        ("search: a recipient", {"recipient": "northfield"}),
    ):
        sent = clients["trust"].post("/decisions/", words)
        yield name, lambda to=sent["Location"]: clients["trust"].get(to)  # type: ignore[misc]


def _far_back(user: Any) -> str:
    """The list nine tenths of the way back."""
    from decisions.queries import visible_decisions

    rows = visible_decisions(user).filter(signed_at__isnull=False).order_by("-signed_at", "-pk")
    at = rows[rows.count() * 9 // 10]
    since = at.signed_at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"/decisions/?older={since // timedelta(microseconds=1)}.{at.public_id}"


def _paired(bare: Callable[[], Any], fetch: Callable[[], Any], rounds: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = fetch()
    asked = [query["sql"].lstrip("( ").upper() for query in captured]
    bare()
    pairs = []
    for number in range(rounds):
        first, second = (bare, fetch) if number % 2 else (fetch, bare)
        one, other = _seconds(first), _seconds(second)
        pairs.append((one, other) if number % 2 else (other, one))
    return {
        "status": answer.status_code,
        "statements": sum(sql.startswith("SELECT") for sql in asked),
        "ms": 1000 * statistics.median(page for _bare, page in pairs),
        "ratio": statistics.median(page / plain for plain, page in pairs),
    }


def _seconds(fetch: Callable[[], Any]) -> float:
    started = time.perf_counter()
    answer = fetch()
    b"".join(answer.streaming_content) if answer.streaming else answer.content
    return time.perf_counter() - started


# PDFs


def export(first: int, many: int) -> dict[str, Any]:
    """Make the PDF of so many decisions in this process, as the worker does."""
    setup()
    from django.utils import timezone

    from infosharing.accounts.models import User
    from infosharing.casefile.domain import working
    from infosharing.casefile.domain.exporting import Wanted, ask_export
    from infosharing.casefile.enums import ExportKind, ExportState
    from infosharing.casefile.exported import decisions_to_take_away
    from infosharing.casefile.worker import make_next

    user = User.objects.get(username=f"trust-dpl.{SEED}")
    rows = decisions_to_take_away(user).filter(closed_at__isnull=False).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[first : first + many])
    organisation = user.memberships.get().organisation
    wanted = Wanted(kind=ExportKind.DECISIONS, decisions=keys, organisation=organisation)
    asked = ask_export(wanted=wanted, by=user, at=timezone.now())
    started, burnt = time.perf_counter(), _burnt()
    make_next(working.new_claim())
    asked.refresh_from_db()
    if asked.state != ExportState.READY or len(keys) != many:
        raise SystemExit(f"{many} decisions: {asked.state}, {len(keys)} found")
    return {
        "decisions": many,
        "seconds": time.perf_counter() - started,
        "cpu": _burnt() - burnt,
        "mb": sum(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024,
        "pages": asked.pages,
        "kb": asked.size / 1024,
    }


# This process, and the one that helps it.
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _burnt() -> float:
    """The processor time of both, in seconds."""
    used = [resource.getrusage(who) for who in _WHO]
    return sum(one.ru_utime + one.ru_stime for one in used)


# All of it


@contextmanager
def engine(name: str) -> Iterator[list[str]]:
    """Give what a command is run with to have a database of this kind of its own."""
    yield [sys.executable, "-m", "tests.tools.postgres", "--"] if name == "PostgreSQL" else []


def run_engine(name: str, sizes: list[int], pdfs: list[int], rounds: int) -> dict[str, Any]:
    """Fill a new database of each size and measure it."""
    found: dict[str, Any] = {}
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="infosharing-bench-"))
        try:
            with engine(name) as launcher:
                inside = [sys.executable, "-m", "tests.tools.bench", "--inside", str(size)]
                inside += ["--rounds", str(rounds)]
                if size == max(sizes):
                    inside += ["--pdf", *map(str, pdfs)]
                environment = {
                    **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
                    "INFOSHARING_DATA": str(folder),
                }
                done = subprocess.run(
                    [*launcher, *inside],
                    cwd=ROOT,
                    env=environment,
                    stdout=subprocess.PIPE,
                    check=True,
                )
                found[str(size)] = json.loads(done.stdout.splitlines()[-1])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return found


def inside(size: int, pdfs: list[int], rounds: int) -> dict[str, Any]:
    """Fill the database at hand, unless it is, and measure it."""
    manage = [sys.executable, "manage.py"]
    if size:
        for command in (
            ["migrate", "-v0"],
            ["make_bulk", "--decisions", str(size), "--seed", str(SEED)],
        ):
            subprocess.run([*manage, *command], cwd=ROOT, stdout=sys.stderr, check=True)
    curve, first = [], 0
    for many in pdfs:
        for kind in ("first", "again"):
            command = [sys.executable, "-m", "tests.tools.bench", "--export", str(first), str(many)]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
            curve.append({"kind": kind, **json.loads(done.stdout.splitlines()[-1])})
        first += many
    return {"pages": measure(rounds), "pdf": curve}


def table(found: dict[str, dict[str, Any]]) -> str:
    """The results as one table in Markdown, a line for each kind of page."""
    columns = [(name, size) for name, sizes in found.items() for size in sizes]
    head = ["page", "statements", *(f"{name}, {int(size):,}" for name, size in columns)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    names = list(next(iter(next(iter(found.values())).values()))["pages"])
    for page in names:
        cells = [found[name][size]["pages"][page] for name, size in columns]
        counts = sorted({cell["statements"] for cell in cells})
        told = [f"{cell['ratio']:.1f} × ({cell['ms']:.0f} ms)" for cell in cells]
        lines.append(f"| {page} | {', '.join(map(str, counts))} | " + " | ".join(told) + " |")
    curves = [(name, size) for name, size in columns if found[name][size]["pdf"]]
    if curves:
        lines += ["", "| PDF of | | pages | s | CPU s | CPU s a decision | peak MB | KB |"]
        lines += ["|---|---|---|---|---|---|---|---|"]
    for name, size in curves:
        for one in found[name][size]["pdf"]:
            cells_of = (
                f"{one['decisions']:,} decisions, {name}",
                "pages made" if one["kind"] == "first" else "pages kept",
                str(one["pages"]),
                f"{one['seconds']:.1f}",
                f"{one['cpu']:.1f}",
                f"{one['cpu'] / one['decisions']:.3f}",
                f"{one['mb']:.0f}",
                f"{one['kb']:.0f}",
            )
            lines.append("| " + " | ".join(cells_of) + " |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES), metavar="N")
    parser.add_argument("--pdf", nargs="*", type=int, default=list(PDFS), metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--export", nargs=2, type=int, help=argparse.SUPPRESS)
    parser.add_argument("--table", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.export:
        print(json.dumps(export(*options.export)))
    elif options.inside is not None:
        print(json.dumps(inside(options.inside, options.pdf, options.rounds)))
    elif options.table:
        found: dict[str, Any] = {}
        for one in options.table:  # ENGINE:SIZE:FILE, as --inside printed it
            name, size, file = one.split(":")
            last = Path(file).read_text(encoding="utf-8").splitlines()[-1]
            found.setdefault(name, {})[size] = json.loads(last)
        print(table(found))
    else:
        found = {
            name: run_engine(name, options.sizes, options.pdf, options.rounds)
            for name in options.engines
        }
        print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
