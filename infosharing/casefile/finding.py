"""Narrowing the list of cases to what is looked for; who may see what is decided before."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from decisions.enums import State
from decisions.finding import between
from decisions.models import Decision, Request
from infosharing.accounts.models import User
from infosharing.cases.enums import Part
from infosharing.cases.models import Case, CasePerson
from infosharing.cases.queries import cases_about, matching_cases
from infosharing.search.queries import found_by

# A chronology goes by when things were recorded, rather than by when they happened.
RECORDED: Final = "recorded"
OPEN, CLOSED = "open", "closed"
UNDECIDED: Final = "undecided"
SIGNED: Final = "signed"
NOTHING: Final = "nothing"


def narrowed_cases(
    rows: QuerySet[Case], chosen: Mapping[str, Any], words: Mapping[str, str], user: User
) -> QuerySet[Case]:
    """Return those of ``rows`` that are chosen and have the words, for whoever looks."""
    if chosen.get("state"):
        rows = rows.filter(closed_at__isnull=chosen["state"] == OPEN)
    asked = Request.objects.filter(case=OuterRef("pk"))
    if chosen.get("decided") == UNDECIDED:
        open_ones = Q(decision=None) | Q(decision__state=State.DRAFTING)
        rows = rows.filter(Exists(asked.filter(open_ones)))
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
    if words.get("find"):
        rows = rows.filter(pk__in=matching_cases(words["find"]))
    if words.get("person"):
        rows = rows.filter(pk__in=cases_about(words["person"]))
    if words.get("opener"):
        rows = rows.filter(pk__in=found_by("opener", words["opener"]))
    return rows
