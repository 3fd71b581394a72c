"""Narrowing the list of cases to what is looked for; who may see what is decided before."""

from collections.abc import Mapping, Set
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from decisions.enums import State
from decisions.finding import between
from decisions.models import Decision, Request, Undecided
from infosharing.accounts.models import User
from infosharing.cases.enums import Part
from infosharing.cases.finding import case_is_about, case_says, cases_about, matching_cases
from infosharing.cases.models import Case, CasePerson
from infosharing.search.queries import found_by, has_words

# A chronology goes by when things were recorded, rather than by when they happened.
RECORDED: Final = "recorded"
OPEN, CLOSED = "open", "closed"
UNDECIDED: Final = "undecided"
SIGNED: Final = "signed"
NOTHING: Final = "nothing"
# Where the words of a search are looked for: see ``infosharing.search.queries.found_often``.
OF_CASES: Final = {"find": ("case", "person"), "person": ("person",), "opener": ("opener",)}


def narrowed_cases(
    rows: QuerySet[Case],
    chosen: Mapping[str, Any],
    words: Mapping[str, str],
    user: User,
    often: Set[str] = frozenset(),
) -> QuerySet[Case]:
    """Return those of ``rows`` that are chosen and have the words, for whoever looks.

    ``often`` as for ``decisions.finding.narrowed_decisions``.
    """
    if chosen.get("state"):
        rows = rows.filter(closed_at__isnull=chosen["state"] == OPEN)
    asked = Request.objects.filter(case=OuterRef("pk"))
    if chosen.get("decided") == UNDECIDED:
        rows = rows.filter(pk__in=Undecided.objects.values("request__case"))
    elif chosen.get("decided") == SIGNED:
        signed = Decision.objects.filter(case=OuterRef("pk"), state=State.SIGNED)
        rows = rows.filter(Exists(signed))
    elif chosen.get("decided") == NOTHING:
        rows = rows.exclude(Exists(asked))
    if chosen.get("year"):
        about = CasePerson.objects.filter(
            case=OuterRef("pk"), part=Part.SUBJECT, person__year_group=chosen["year"]
        )
        rows = rows.filter(Exists(about))
    if "restricted" in chosen.get("marks", ()):
        rows = rows.filter(restricted=True)
    if "mine" in chosen.get("marks", ()):
        rows = rows.filter(opened_by=user)
    rows = rows.filter(between("opened_at", chosen))
    return _with_words(rows, words, often)


def _with_words(rows: QuerySet[Case], words: Mapping[str, str], often: Set[str]) -> QuerySet[Case]:
    if "find" in often:
        rows = rows.filter(case_says(words["find"]))
    elif words.get("find"):
        rows = rows.filter(pk__in=matching_cases(words["find"]))
    if "person" in often:
        rows = rows.filter(case_is_about(words["person"]))
    elif words.get("person"):
        rows = rows.filter(pk__in=cases_about(words["person"]))
    if "opener" in often:
        rows = rows.filter(has_words("opener", words["opener"], "pk"))
    elif words.get("opener"):
        rows = rows.filter(pk__in=found_by("opener", words["opener"]))
    return rows
