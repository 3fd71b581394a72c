"""What each page asks the database, and which of it reads a big table from end to end.

By hand, over a database that ``bin/manage make_bulk`` has filled:
``python -m tests.tools.plans --seed 1`` prints a line for each page and fails when one scans.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.test import Client

from tests.tools import bench

BIG = 5_000  # rows
LOG = "audit_entry"  # of all places: it has one end
# What PostgreSQL does row by row, so that a LIMIT above ends what is below.
STREAMING = frozenset(
    {"Limit", "Nested Loop", "Hash Join", "Merge Join", "Incremental Sort", "Subquery Scan"}
    | {"Result", "Unique", "Append", "Merge Append"}
)
PAGES = (
    "/",
    "/decisions/",
    "/decisions/?outcome=share",
    "/decisions/?ground=serious_crime",
    "/decisions/?since_0=1&since_1=1&since_2=2026",
    "/decisions/?review=waiting",
    "/decisions/?follow=open",
    "/requests/",
    "/requests/?stands=all",
    "/cases/",
    "/figures/",
    "/breaches/",
    "/advice/",
    "/decisions/follow-ups/",
    "/exports/",
    "/contacts/",
)
SEARCHES = (
    {"find": "okafor"},
    {"find": "heating pension"},
    {"person": "zofia"},
    {"recipient": "owain"},
    {"author": "dilys"},
    # What stands in nearly everything.
    {"find": "council"},
    {"find": "her council"},
    {"person": "a"},
    {"recipient": "northfield", "author": "a"},
)


@dataclass(frozen=True)
class Asked:
    """One statement of a page, with its parameters."""

    sql: str
    params: Any


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """Keep every SELECT that runs inside."""
    found: list[Asked] = []

    def keep(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if isinstance(sql, str) and sql.lstrip("( ").upper().startswith("SELECT"):
            found.append(Asked(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def plan_of(one: Asked) -> list[str]:
    """The lines of the plan of a statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {one.sql}", one.params)
            return [row[3] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN {one.sql}", one.params)
        return [row[0].strip() for row in cursor.fetchall()]


def scans(one: Asked, big: Sequence[str], *, walks: bool = True) -> list[str]:
    """The parts of its plan that read one of the big tables whole.

    A walk along an index counts, unless a LIMIT cuts it off and ``walks`` are allowed: right for
    a list over all places, wrong for one of a single place. SQLite tells aliases instead of
    tables; one that a small table has, too, is taken for that.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {one.sql}", one.params)
            [[[plan]]] = cursor.fetchall()
        return list(_whole(plan["Plan"], big, _partial_indexes(), walks, cut=False, again=False))
    aliases: dict[str, set[str]] = {}
    for table, alias in re.findall(r'"(\w+)" (?:AS )?"?([A-Z]\d+)"?', one.sql):
        aliases.setdefault(alias, set()).add(table)
    limited = " LIMIT " in one.sql
    found = []
    for line in plan_of(one):
        match = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", line)
        meant = aliases.get(match[1], {match[1]}) if match else set()
        index = match[2] if match else None
        cut = index is not None and limited and (walks or meant == {LOG})
        if meant and meant <= set(big) and not cut and index not in _partial_indexes():
            found.append(line)
    return found


def _whole(
    node: Any, big: Sequence[str], partial: Set[str], walks: bool, *, cut: bool, again: bool
) -> Iterator[str]:
    """Yield what reads a big table whole in a node of a plan of PostgreSQL and those below it.

    ``cut``: a LIMIT ends it early; ``again``: it is done for each of many rows.
    """
    kind, table, index = node["Node Type"], node.get("Relation Name"), node.get("Index Name")
    walk = "Index" in kind and "Index Cond" not in node and index not in partial
    excused = cut and (walks or table == LOG)
    if table in big and (kind == "Seq Scan" or (walk and not excused)):
        yield f"{kind} on {table}" + (f" along {index}" if index else "")
    cut = (cut or kind == "Limit") and not again and kind in STREAMING
    for below in node.get("Plans", ()):
        way = below["Parent Relationship"]
        each = again or way == "SubPlan" or (way == "Inner" and kind == "Nested Loop")
        yield from _whole(
            below, big, partial, walks, cut=cut and way in ("Outer", "Subquery"), again=each
        )


@cache
def _partial_indexes() -> frozenset[str]:
    """The indexes that hold a part of their table only: to walk along one is to read that part."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
        if connection.vendor == "sqlite"
        else "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE indpred IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return frozenset(row[0] for row in cursor.fetchall())


def big_tables(least: int = BIG) -> list[str]:
    """The tables with so many rows."""
    tables = connection.introspection.table_names()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {quote(table)} LIMIT {least}) t")  # noqa: S608
            if cursor.fetchone()[0] >= least:
                found.append(table)
    return found


def pages_of(user: Any) -> list[str]:
    """The addresses that are opened: the lists, and one case and decision with what is below."""
    from decisions.queries import visible_decisions

    found = list(PAGES)
    decision = (
        visible_decisions(user)
        .filter(signed_at__isnull=False)
        .select_related("case")
        .order_by("-signed_at")
        .first()
    )
    if decision is not None:
        case = f"/cases/{decision.case.public_id}/"
        found += [case, f"{case}history/", f"/decisions/{decision.public_id}/"]
        found += [f"/decisions/{decision.public_id}/history/"]
    return found


def opened(user: Any, *, warm: bool = True) -> Iterator[tuple[str, float, list[Asked]]]:
    """Open each page, and each search, as somebody; give address, seconds and what was asked.

    ``warm`` opens each once before, so that the seconds say something.
    """
    client = Client()
    client.force_login(user)
    for address in pages_of(user):
        yield from _timed(address, lambda address=address: client.get(address), warm)  # type: ignore[misc]
    for words in SEARCHES:
        yield from _timed(
            f"/decisions/ {words}",
            lambda words=words: client.post("/decisions/", words, follow=True),  # type: ignore[misc]
            warm,
        )
    for listing in ("/cases/", "/requests/", "/requests/?stands=all"):
        for word in ("okafor", "her"):
            yield from _timed(
                f"{listing} find {word}",
                lambda listing=listing, word=word: client.post(  # type: ignore[misc]
                    listing, {"find": word}, follow=True
                ),
                warm,
            )


def _timed(name: str, fetch: Any, warm: bool) -> Iterator[tuple[str, float, list[Asked]]]:
    if warm:
        fetch()  # what is read once, such as templates
    with asked() as found:
        started = time.perf_counter()
        answer = fetch()
        seconds = time.perf_counter() - started
    yield f"{name} [{answer.status_code}]", seconds, found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    bench.setup()
    from infosharing.accounts.models import User

    big = big_tables()
    print(f"{connection.vendor}; tables of {BIG} rows and more: {len(big)}")
    bad = 0
    for name in (f"dsl.{options.seed}.1", f"staff.{options.seed}.1", f"trust-dpl.{options.seed}"):
        trust = name.startswith("trust")
        for address, seconds, found in opened(User.objects.get(username=name)):
            lines = [(one, line) for one in found for line in scans(one, big, walks=trust)]
            print(f"{name:14} {1000 * seconds:7.0f} ms {len(found):3} statements  {address}")
            for one, line in lines:
                bad += 1
                print(f"    SCANS {line}\n      {one.sql[:300]}")
    print(f"{bad} scans")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
