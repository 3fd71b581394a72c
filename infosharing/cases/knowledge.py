"""What is known in a case: of its people, and the days of its place; a case has passed its door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from infosharing.accounts.models import User
from infosharing.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    Closure,
    CourtOrder,
    Document,
    Judgement,
    Person,
    Protection,
    Responsibility,
    SamePerson,
    ViewHeard,
)
from infosharing.cases.models.gathering import Arm, Key, together
from infosharing.cases.reaching import REACHING, Doors
from infosharing.workdays.clock import WorkingDays

ABOUT_PEOPLE: tuple[type[Model], ...] = (
    Responsibility,
    Judgement,
    CourtOrder,
    Protection,
    ViewHeard,
)
WITH_DOCUMENT = (Responsibility, Judgement, CourtOrder)

_CASE, _ORGANISATION = Key(0), Key(1)
_OF_ITS_PEOPLE = ("person__parts__case", _CASE)
_ARMS: tuple[Arm, ...] = (
    (Responsibility, (_OF_ITS_PEOPLE,)),
    (Judgement, (("case", _CASE),)),
    (Document, (("case", _CASE),)),
    (CourtOrder, (_OF_ITS_PEOPLE,)),
    (Protection, (_OF_ITS_PEOPLE, ("ended_at", None))),
    (ViewHeard, (("case", _CASE),)),
    # The cases of its people, through which all this may have come, and who has access to them.
    (Case, (("parts__person__parts__case", _CASE),)),
    (CaseAccess, (("case__parts__person__parts__case", _CASE), ("ended_at", None))),
    (Closure, (("organisation", _ORGANISATION), ("removed_at", None))),
    (SamePerson, (("case", _CASE),)),
)


@dataclass(frozen=True)
class Known:
    """What is known in a case beside its people, oldest first, as rows of the models.

    Persons are those of the case; documents are filled in where something points at them.
    """

    responsibilities: list[Responsibility]
    judgements: list[Judgement]
    documents: list[Document]
    orders: list[CourtOrder]
    protections: list[Protection]
    views: list[ViewHeard]
    closures: list[Closure]
    same: list[SamePerson]
    # Marks of which no more is said than that they are there: of whom.
    bare: list[Person]
    # Marks told to who looks at a draft, and not brought into the decision.
    beside: list[Protection]
    # Rows of the kinds that were asked for beside those of this app.
    also: list[Any]

    @property
    def working_days(self) -> WorkingDays:
        """The working days of the place that the case belongs to."""
        return WorkingDays.closed_on([(one.first_on, one.last_on) for one in self.closures])

    def of(self, rows: Iterable[Any], person: Person) -> list[Any]:
        """Return those of the rows that are about one person."""
        return [row for row in rows if row.person_id == person.pk]


def known_in(
    case: Case,
    parts: Iterable[CasePerson],
    *also: tuple[type[Model], str, Model],
    reader: User | None,
    deciding: bool = False,
) -> Known:
    """Return what ``reader`` is told of what is known in a case of ``parts``; one query.

    ``deciding``: what may go into a decision of this case instead, the same for whoever looks;
    ``beside`` and ``bare`` are then what the reader, if any, is told besides.

    Each arm of the union gives its rows as JSON, so that kinds with other columns fit beside it;
    ``also`` are further kinds, each with the field and the object its rows belong to. A document
    is filled in where it is kept in this case: whoever sees an order of a person here learns
    nothing of the other cases they are in.
    """
    arms = [*_ARMS, *((kind, ((field, Key(at)),)) for at, (kind, field, _) in enumerate(also, 2))]
    rows = together(arms, [case.pk, case.organisation_id, *(one.pk for _, _, one in also)])
    people = {part.person_id: part.person for part in parts}
    found: dict[type[Model], list[Any]] = {model: [] for model in ABOUT_PEOPLE}
    documents: dict[int, Document] = {row.pk: row for row in rows if isinstance(row, Document)}
    for row in rows:
        if type(row) in found and row.person_id in people:
            row.person = people[row.person_id]
            if isinstance(row, WITH_DOCUMENT):
                row.document = documents.get(row.document_id or 0)
            found[type(row)].append(row)
    asked = {model for model, _field, _object in also}
    doors = Doors(
        case,
        [row for row in rows if isinstance(row, Case)],
        [row for row in rows if isinstance(row, CaseAccess)],
    )
    marks = found[Protection]
    beside: list[Any] = []
    bare: list[Person] = []
    if reader is not None:
        bare = doors.bare(marks, reader)
    if deciding:
        if reader is not None:
            told = doors.told(marks, reader)
            beside = [row for row in told if not doors.goes_into_decisions(row)]
        for kind in REACHING:
            found[kind] = [row for row in found[kind] if doors.goes_into_decisions(row)]
    else:
        for kind in REACHING:
            found[kind] = doors.told(found[kind], reader) if reader is not None else []
    return Known(
        bare=bare,
        beside=beside,
        responsibilities=found[Responsibility],
        judgements=sorted(found[Judgement], key=lambda one: (one.judged_on, one.pk)),
        documents=list(documents.values()),
        orders=found[CourtOrder],
        protections=found[Protection],
        views=sorted(found[ViewHeard], key=lambda one: (one.said_on, one.pk)),
        closures=[row for row in rows if isinstance(row, Closure)],
        same=_same(rows, people),
        also=[row for row in rows if type(row) in asked],
    )


def _same(rows: Iterable[Any], people: Mapping[int, Person]) -> list[SamePerson]:
    """Return which rows of the case are whose doubles now, with both people."""
    last: dict[tuple[int, int], SamePerson] = {}
    for row in rows:
        if isinstance(row, SamePerson) and {row.person_id, row.known_id} <= people.keys():
            row.person, row.known = people[row.person_id], people[row.known_id]
            last[(row.person_id, row.known_id)] = row
    return [row for row in last.values() if row.same]


def is_for_those_named(person: Person) -> bool:
    """Return whether somebody is shown only to those named on a case they are in; one query."""
    return person.protections.filter(named_only=True, ended_at=None).exists()


def somebody_is_for_those_named(case: Case) -> bool:
    """Return whether somebody in a case is shown only to those named on it; one query."""
    people = case.parts.values("person")
    marks = Protection.objects.filter(person__in=people, named_only=True, ended_at=None)
    return marks.exists()
