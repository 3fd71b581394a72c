"""The list and its searches are answered by indexes, on both databases."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection

from decisions import finding, queries
from decisions.models import Decision
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING
from infosharing.search import keyset
from tests.decisions.afterwards import a_decision
from tests.engines import planned_as_in_production

TABLES = ("decisions_decision", "decisions_request", "cases_case", "search_word")
READS_ALL = {
    "sqlite": rf"SCAN (?:{'|'.join(TABLES)}|[A-Z]\d+)(?! USING)\b",
    "postgresql": rf"Seq Scan on (?:{'|'.join(TABLES)})\b",
}


def _plan(rows):
    planned_as_in_production()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A small table is read whole because it is small; this asks whether it could be else.
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, {}),
        ({"outcome": "share"}, {}),
        ({"ground": "serious_crime"}, {}),
        ({}, {"find": "northfield jo"}),
        ({}, {"find": "7K3 MQ0 ZP4T"}),
        ({}, {"person": "ife adeyemi"}),
        ({}, {"recipient": "hart", "author": "dilys"}),
    ],
)
def test_no_page_of_decisions_reads_a_whole_table(cast, chosen, words):
    a_decision(cast)
    reached = [one.pk for one in standing(cast.dsl).organisations_with(OVERSEEING)]
    seen = queries.signed_decisions(cast.dsl).filter(organisation__in=reached)
    found = finding.narrowed_decisions(queries.with_reviewers(seen, cast.dsl), chosen, words)
    where = keyset.Place("older", datetime(2040, 1, 1, tzinfo=UTC), "A" * 22)
    for rows in (found, found.filter(keyset._beyond(Decision, "signed_at", where, up=False))):
        plan = _plan(rows.order_by("-signed_at", "-pk")[:51])
        assert not re.search(READS_ALL[connection.vendor], plan), plan
