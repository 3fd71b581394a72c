"""What is known of a person reaches over their cases, but not out of a closed one (ADR 0011).

Parental responsibility, court orders and marks that details must not reach somebody belong to the
person and are told in every case they are in. Each came through one case. That case is closed to
a reader who is kept from it, and, while it is restricted, to whoever is not named on it; of what
came through it they are told nothing, but for a bare mark where they are only not named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models import Case as Choose

from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    CourtOrder,
    Person,
    Protection,
    Responsibility,
)

REACHING: Final[tuple[type[Model], ...]] = (Responsibility, CourtOrder, Protection)
BARE: Final = (
    "Some details of {} are to be kept from somebody. Ask the safeguarding leads or the head "
    "before you give an address, telephone number or school."
)


def _listed(users: Iterable[User], kind: AccessKind) -> QuerySet[CaseAccess, Any]:
    return CaseAccess.objects.filter(user__in=list(users), kind=kind, ended_at=None).values("case")


def _overseen(user: User) -> list[int]:
    """Return the places that a user oversees in their own right."""
    return [one.pk for one in standing(user).organisations_with(OVERSEEING, own=True)]


def not_kept_from(user: User, path: str = "case") -> Q:
    """Return which rows came through a case that a user is not kept from.

    ``path`` is the way from the rows to that case. Whoever stands in for somebody is kept from
    what they are, unless their own role or a naming shows it to them.
    """
    kept = Q(**{f"{path}__in": _listed([user], AccessKind.EXCLUDED)})
    others = standing(user).stands_in_for
    if others:
        theirs = Q(**{f"{path}__in": _listed(others, AccessKind.EXCLUDED)})
        own = Q(**{f"{path}__organisation__in": _overseen(user)})
        named = Q(**{f"{path}__in": _listed([user], AccessKind.NAMED)})
        kept |= theirs & ~own & ~named
    return ~kept


def told_to(user: User, path: str = "case") -> Q:
    """Return which rows, of a case that a user sees, are told to them whole."""
    named = Q(**{f"{path}__in": _listed([user], AccessKind.NAMED)})
    return (Q(**{f"{path}__restricted": False}) | named) & not_kept_from(user, path)


def reached_from(cases: QuerySet[Any, Any], user: User) -> set[int]:
    """Return through which other cases came what a user is told of the people of some cases.

    By their keys; one query. ``cases`` are keys too.
    """
    people = CasePerson.objects.filter(case__in=cases).values("person")
    first, *others = (
        model._default_manager.filter(told_to(user), person__in=people)  # noqa: SLF001 - as Django
        .exclude(case__in=cases)
        .order_by()
        .values_list("case", flat=True)
        for model in REACHING
    )
    return set(first.union(*others))


@dataclass(frozen=True)
class Marks:
    """Whom details of people must not reach: as told, and of whom no more is said than that."""

    told: list[Protection] = field(default_factory=list)
    bare: list[Person] = field(default_factory=list)


def marks_in(case: Case, user: User) -> Marks:
    """Return what a user who sees a case is told of the marks of its people; one query."""
    people = CasePerson.objects.filter(case=case).values("person")
    return _marks(Protection.objects.filter(person__in=people), user)


def _marks(rows: QuerySet[Protection], user: User) -> Marks:
    told = Choose(
        When(told_to(user), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    found = rows.filter(not_kept_from(user), ended_at=None).annotate(told=told)
    marks = list(found.select_related("person").order_by("id"))
    bare = {one.person_id: one.person for one in marks if not vars(one)["told"]}
    return Marks([one for one in marks if vars(one)["told"]], list(bare.values()))


def marks_to_end(case: Case, person: Person, user: User) -> list[Protection]:
    """Return the marks of a person that a user may end in a case, oldest first; two queries.

    What is said on ending one is read wherever the mark is. So one that came through another
    case is ended here only if this case keeps nothing from anybody.
    """
    rows = Protection.objects.filter(told_to(user), person=person, ended_at=None)
    if _keeps_to_itself(case):
        rows = rows.filter(case=case)
    return list(rows.order_by("id"))


def may_end_here(protection: Protection, case: Case, user: User) -> bool:
    """Return whether a user may end a mark in a case, ended already or not; two queries."""
    if protection.case_id != case.pk and _keeps_to_itself(case):
        return False
    return Protection.objects.filter(told_to(user), pk=protection.pk).exists()


def _keeps_to_itself(case: Case) -> bool:
    """Return whether a case is restricted or anybody is kept from it; one query at the most."""
    kept = CaseAccess.objects.filter(case=case, kind=AccessKind.EXCLUDED, ended_at=None)
    return case.restricted or kept.exists()


def protected(path: str, user: User) -> Exists:
    """Return whether a user is told, or warned, that details of somebody in a case are kept.

    To annotate with; ``path`` is the way from the model asked to its case, such as ``case``.
    """
    marks = Protection.objects.filter(person__parts__case=OuterRef(path), ended_at=None)
    return Exists(marks.filter(not_kept_from(user)))


class Doors:
    """Which cases that facts came through are closed, and to whom; from rows already fetched."""

    def __init__(self, case: Case, cases: Iterable[Case], current: Iterable[CaseAccess]) -> None:
        """Take the case that is looked at, the cases of its people, and who has access now."""
        self._case = case
        self._cases = {one.pk: one for one in cases}
        self._listed: dict[AccessKind, dict[int, set[int]]] = {kind: {} for kind in AccessKind}
        for one in current:
            listed = self._listed[AccessKind(one.kind)]
            listed.setdefault(one.case_id, set()).add(one.user_id)

    def _users(self, kind: AccessKind, row: Any) -> set[int]:
        return self._listed[kind].get(row.case_id, set())

    def goes_into_decisions(self, row: Any) -> bool:
        """Return whether the program may bring a fact into a decision of the case looked at.

        Whoever sees that case reads what is signed there, for good: so not what came through
        another one that is restricted, or from which anybody is kept.
        """
        if row.case_id == self._case.pk:
            return True
        closed = self._cases[row.case_id].restricted
        return not closed and not self._users(AccessKind.EXCLUDED, row)

    def warns(self, row: Any, user: User) -> bool:
        """Return what ``not_kept_from`` says of one row."""
        kept = self._users(AccessKind.EXCLUDED, row)
        if user.pk in kept:
            return False
        if not kept.intersection(one.pk for one in standing(user).stands_in_for):
            return True
        own = self._cases[row.case_id].organisation_id in _overseen(user)
        return own or user.pk in self._users(AccessKind.NAMED, row)

    def tells(self, row: Any, user: User) -> bool:
        """Return what ``told_to`` says of one row."""
        if row.case_id == self._case.pk:
            return True
        named = user.pk in self._users(AccessKind.NAMED, row)
        return (named or not self._cases[row.case_id].restricted) and self.warns(row, user)

    def told(self, rows: Sequence[Any], user: User) -> list[Any]:
        """Return those of the rows that a user is told whole."""
        return [row for row in rows if self.tells(row, user)]

    def bare(self, rows: Sequence[Protection], user: User) -> list[Person]:
        """Return of whom a user is told no more than that a mark is there, each once."""
        found = [row for row in rows if self.warns(row, user) and not self.tells(row, user)]
        return list({row.person_id: row.person for row in found}.values())
