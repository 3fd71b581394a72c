"""What is asked over several cases at once, in one query for all of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, DateField, Value
from django.db.models.functions import Cast

from infosharing.accounts.models import User
from infosharing.cases.enums import Part
from infosharing.cases.models import CasePerson, Closure
from infosharing.cases.queries import visible_cases
from infosharing.workdays.clock import WorkingDays


def visible_parts_of(user: User, person_id: str) -> list[CasePerson]:
    """Return the parts somebody has in cases the user may see, the first first; one query."""
    seen = CasePerson.objects.filter(person__public_id=person_id, case__in=visible_cases(user))
    return list(seen.select_related("person", "case", "case__organisation").order_by("case_id"))


def names_and_days(
    cases: Iterable[int], organisations: Iterable[int]
) -> tuple[dict[int, str], dict[int, WorkingDays]]:
    """Return what ``names_in`` and ``working_days_at`` return; one query for both."""
    wanted = set(organisations)
    about = CasePerson.objects.filter(case__in=set(cases), part=Part.SUBJECT)
    no_day = Cast(Value(None), DateField())
    named = about.order_by().values_list("case_id", "id", "person__name", no_day, no_day)
    closed = Closure.objects.filter(organisation__in=wanted, removed_at=None).order_by()
    spans = closed.values_list(
        "organisation_id", "id", Value("", CharField()), "first_on", "last_on"
    )
    names: dict[int, list[str]] = {}
    days: dict[int, list[tuple[date, date]]] = {key: [] for key in wanted}
    for key, _, name, first, last in sorted(named.union(spans, all=True), key=lambda row: row[1]):
        if first and last:
            days[key].append((first, last))
        else:
            names.setdefault(key, []).append(name)
    told = {key: ", ".join(found) for key, found in names.items()}
    return told, {key: WorkingDays.closed_on(found) for key, found in days.items()}
