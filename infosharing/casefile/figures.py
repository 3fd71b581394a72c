"""What is counted over many decisions, and which small numbers are withheld from whom.

Whoever oversees a place counts the decisions they may see there, so that every number leads to
as many rows of the list. Whoever manages without seeing the cases counts those that are not
restricted to named people nor kept from them, in quarters that are over, and in steps of five
(``steps``): the quarters do not overlap and all their places are counted as one, so that nothing
withheld can be had by taking one figure from another (issue "The DSL sees it all", design.md "who
sees what").
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from decisions import queries
from decisions.enums import ReceiptState, State, VersionKind
from decisions.finding import between
from decisions.models import Decision, Disclosure, Receipt, Recipient, SignedVersion
from infosharing.accounts.models import Organisation, OrganisationKind, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, Role
from infosharing.casefile.steps import Cell, Figure, in_steps
from infosharing.cases.enums import AccessKind, Part, YearGroup
from infosharing.cases.models import CaseAccess
from infosharing.cases.queries import working_days_at
from infosharing.guidance.codes import GROUNDS, OUTCOMES
from infosharing.search.models import Word

NAMED: Final = 10  # recipients shown by name; the others are counted together
QUARTERS: Final = 8  # quarters to choose from
MANAGING: Final = frozenset({Role.MANAGER, Role.HEAD})
AWAITED: Final = "awaited"
# Figures in which each decision is counted once, so that their numbers have one sum.
ONCE_EACH: Final = ("outcome", "against", "time")
# Working days from the request to the first signature: up to so many, in these words.
BANDS: Final = (
    (0, "On the same working day"),
    (1, "On the next working day"),
    (5, "After 2 to 5 working days"),
    (10, "After 6 to 10 working days"),
    (20, "After 11 to 20 working days"),
    (None, "Later"),
)


@dataclass(frozen=True)
class Quarter:
    """Three months of a year, the first of them ``first``."""

    first: date

    @property
    def last(self) -> date:
        """Return the last day."""
        return _months_on(self.first, 3) - timedelta(days=1)

    @property
    def code(self) -> str:
        """Return what stands in an address."""
        return self.first.isoformat()


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def finished_quarters(on: date) -> list[Quarter]:
    """Return the last quarters that are over on a day, newest first."""
    this = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return [Quarter(_months_on(this, -3 * back)) for back in range(1, QUARTERS + 1)]


def school_year(on: date) -> date:
    """Return the first day of the school year that a day is in."""
    return date(on.year if on.month >= 9 else on.year - 1, 9, 1)


def overseen(user: User) -> list[Organisation]:
    """Return the places whose cases a user oversees, by name."""
    return sorted(standing(user).organisations_with(OVERSEEING), key=lambda one: one.name)


def managed(user: User) -> list[Organisation]:
    """Return the places that a user manages without overseeing them, by name; one query, none
    for most.

    A head or manager of a trust manages its schools as well.
    """
    stand = standing(user)
    if not stand.has(MANAGING):
        return []
    own = {one.pk: one for one in stand.organisations_with(MANAGING)}
    trusts = [one.pk for one in own.values() if one.kind == OrganisationKind.TRUST]
    if trusts:
        own |= {one.pk: one for one in Organisation.objects.filter(parent__in=trusts)}
    seen = {one.pk for one in stand.organisations_with(OVERSEEING)}
    return sorted((one for key, one in own.items() if key not in seen), key=lambda one: one.name)


def decisions_seen(
    user: User, places: Iterable[Organisation], since: date | None, until: date | None
) -> QuerySet[Decision]:
    """Return the signed decisions at places that a user may see, signed on these days."""
    rows = queries.signed_decisions(user).filter(organisation__in=[one.pk for one in places])
    return rows.filter(between("signed_at", {"since": since, "until": until}))


def decisions_unseen(
    user: User, places: Iterable[Organisation], quarter: Quarter
) -> QuerySet[Decision]:
    """Return the decisions of a quarter at places whose cases are not restricted.

    Without those of cases that the user is kept from: that beats every role.
    """
    kept = CaseAccess.objects.filter(user=user, kind=AccessKind.EXCLUDED, ended_at=None)
    rows = Decision.objects.filter(
        state=State.SIGNED, organisation__in=[one.pk for one in places], case__restricted=False
    ).exclude(case__in=kept.values("case"))
    return rows.filter(between("signed_at", {"since": quarter.first, "until": quarter.last}))


def count_all(
    rows: QuerySet[Decision], places: Iterable[Organisation], *, small_too: bool
) -> dict[str, Figure]:
    """Return the figures over decisions at these places, by their code; nine queries.

    ``small_too``: whether the numbers themselves are shown. Where only their steps are, recipients
    are not counted either, as their names are as somebody typed them.
    """
    keys = rows.order_by().values("pk")
    decided = Decision.objects.filter(pk__in=keys)
    figures = [
        _outcomes(decided),
        _against(decided),
        _grounds(keys),
        _year_groups(decided),
        _to_decision(keys, places),
        _receipts(keys),
        _write_ups(keys),
    ]
    if small_too:
        figures.append(_recipients(decided))
    else:
        figures = [Figure(one.code, in_steps(one.cells)) for one in figures]
    return {one.code: one for one in figures}


def _figure(code: str, found: Mapping[Any, int], words: Iterable[tuple[Any, str]]) -> Figure:
    return Figure(code, tuple(Cell(str(key), label, found.get(key, 0)) for key, label in words))


def _grouped(rows: QuerySet[Any, Any], by: str, of: str = "pk") -> dict[Any, int]:
    counted = rows.order_by().values(by).annotate(number=Count(of, distinct=True))
    return dict(counted.values_list(by, "number"))


def _outcomes(decided: QuerySet[Decision]) -> Figure:
    return _figure("outcome", _grouped(decided, "outcome"), OUTCOMES)


def _against(decided: QuerySet[Decision]) -> Figure:
    words = ((False, "As the guide suggested"), (True, "Against the suggestion"))
    return _figure("against", _grouped(decided, "against_suggestion"), words)


def _grounds(keys: QuerySet[Decision, Any]) -> Figure:
    rows = Word.objects.filter(kind="ground", key__in=keys)
    found = {bytes(word).decode(): number for word, number in _grouped(rows, "word").items()}
    return _figure("ground", found, GROUNDS)


def _year_groups(decided: QuerySet[Decision]) -> Figure:
    rows = decided.filter(case__parts__part=Part.SUBJECT)
    found = _grouped(rows, "case__parts__person__year_group")
    return _figure("year", found, [*YearGroup.choices, ("", "Not recorded")])


def _recipients(decided: QuerySet[Decision]) -> Figure:
    """The organisations named as recipients in the versions in force, most named first."""
    rows = Recipient.objects.filter(version__in=decided.values("version"))
    found: Counter[str] = Counter()
    called: dict[str, str] = {}
    for name, number in _grouped(rows, "organisation", "version").items():
        folded = " ".join(name.casefold().split())
        called.setdefault(folded, name.strip() or "No organisation named")
        found[folded] += number
    first = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    cells = [Cell(str(place), called[key], number) for place, (key, number) in enumerate(first)]
    if len(cells) > NAMED:
        rest = sum(cell.count for cell in cells[NAMED:])
        words = f"{len(cells) - NAMED} others, taken together"
        cells = [*cells[:NAMED], Cell("others", words, rest)]
    return Figure("recipient", tuple(cells))


def _to_decision(keys: QuerySet[Decision, Any], places: Iterable[Organisation]) -> Figure:
    rows = SignedVersion.objects.filter(number=1, decision__in=keys).annotate(
        day=TruncDate("signed_at", tzinfo=timezone.get_default_timezone())
    )
    grouped = (
        rows.order_by()
        .values("decision__organisation", "decision__request__happened_on", "day")
        .annotate(number=Count("pk"))
        .values_list("decision__organisation", "decision__request__happened_on", "day", "number")
    )
    clocks = working_days_at(one.pk for one in places)
    found: Counter[int | None] = Counter()
    for place, came, signed, number in grouped:
        days = clocks[place].between(came, signed) if signed > came else 0
        found[next(most for most, _ in BANDS if most is None or days <= most)] += number
    return _figure("time", found, BANDS)


def _receipts(keys: QuerySet[Decision, Any]) -> Figure:
    """What was last known of each thing that was sent."""
    latest = Receipt.objects.filter(disclosure=OuterRef("pk")).order_by("-id").values("state")[:1]
    rows = Disclosure.objects.filter(decision__in=keys).annotate(known=Subquery(latest))
    found = {known or AWAITED: number for known, number in _grouped(rows, "known").items()}
    return _figure("receipt", found, [*ReceiptState.choices, (AWAITED, "Not confirmed yet")])


def _write_ups(keys: QuerySet[Decision, Any]) -> Figure:
    """Emergencies by whether the rest was written up by the end of the next working day."""
    done = SignedVersion.objects.filter(
        decision=OuterRef("decision"), number__gt=OuterRef("number"), write_up_due=None
    ).order_by("number")
    rows = SignedVersion.objects.filter(
        decision__in=keys, kind=VersionKind.EMERGENCY, write_up_due__isnull=False
    ).annotate(done=Subquery(done.values("signed_at")[:1]))
    now = timezone.now()
    found: Counter[str] = Counter()
    for due, written in rows.values_list("write_up_due", "done"):
        moment: datetime = written or now
        late = due is not None and moment > due
        found[f"{'written' if written else 'open'}_{'late' if late else 'in_time'}"] += 1
    words = (
        ("written_in_time", "Written up in time"),
        ("written_late", "Written up late"),
        ("open_in_time", "Still to be written up, not late yet"),
        ("open_late", "Still to be written up, and late"),
    )
    return _figure("write_up", found, words)
