"""Opening a case, with the people it is about and those who must not see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.enums import AccessKind, Part
from infosharing.cases.events import CaseEvent
from infosharing.cases.knowledge import is_for_those_named
from infosharing.cases.models import Case, CaseAccess, CasePerson, Person
from infosharing.cases.permissions import (
    check_user_can_keep_away,
    check_user_can_name_people,
    check_user_can_restrict,
    check_user_can_work_on,
)
from infosharing.cases.queries import case_as_it_is, leads_of, nobody_left, visible_cases
from infosharing.search.folding import searchable


class UnableToOpen(Exception):
    """The case cannot be opened like this; the message says why."""


class UnableToJoin(Exception):
    """Somebody cannot be added to the case; the message says why."""


class UnableToName(Exception):
    """Somebody cannot be named on or kept from the case; the message says why."""


LEAVE_ONE = (
    "One of them has to see it, so that it can be opened to others again. If all of them are "
    "concerned, ask your administrator to give somebody outside the matter a leading role first."
)


@dataclass(frozen=True)
class NewPerson:
    """What is known of a person when first recorded: a date of birth or else an age band."""

    name: str
    preferred_name: str = ""
    born: date | None = None
    age_band: str = ""
    about_age: int | None = None
    upn: str = ""
    year_group: str = ""
    part: Part = Part.SUBJECT


def _check_can_record_in(user: User, organisation: Organisation) -> None:
    if not RECORDING.intersection(standing(user).own_roles_in(organisation.pk)):
        raise PermissionDenied("You have no role here in which cases are recorded.")


@act
def open_case(
    *,
    organisation: Organisation,
    summary: str,
    people: Iterable[NewPerson],
    known: Iterable[Person] = (),
    keep_from: Iterable[User] = (),
    restricted: bool = False,
    by: User,
    at: datetime,
) -> Case:
    """Open a case; its author is named on it from the first moment (design.md).

    It is about ``people`` nobody has recorded yet, and ``known`` ones, who are then in this case
    as well as in others; the author has found them through a case they may see.

    ``keep_from`` are members who must not learn of it, whatever their role: an allegation about
    the DSL can be recorded on the first day.

    :raises PermissionDenied: without a recording role in the organisation.
    :raises UnableToOpen: when the author would keep the case from themselves, or from all of
        several people who lead. An only lead may be kept from it: somebody else can be given the
        role, and then sees it.
    """
    _check_can_record_in(by, organisation)
    excluded = {user.pk: user for user in keep_from}
    if by.pk in excluded:
        raise UnableToOpen("You cannot keep a case from yourself.")
    leads = {user.pk for user in leads_of(organisation)} if excluded else set()
    if len(leads) > 1 and leads <= excluded.keys():
        raise UnableToOpen(f"Everybody who leads here would be kept from it. {LEAVE_ONE}")
    case = Case.objects.create(
        organisation=organisation,
        summary=summary,
        restricted=restricted,
        opened_by=by,
        opened_at=at,
    )
    record(CaseEvent.OPENED, by=by, at=at, organisation=organisation, case=case, about=case)
    _list(case, by, AccessKind.NAMED, "Opened the case", by, at)
    for user in excluded.values():
        _list(case, user, AccessKind.EXCLUDED, "Kept from the case when it was opened", by, at)
        record(CaseEvent.EXCLUDED, by=by, at=at, organisation=organisation, case=case, about=user)
    for new in people:
        _add(case, new, by, at)
    for person in known:
        _join(case, person, Part.SUBJECT, by, at)
    return case


def _list(case: Case, user: User, kind: AccessKind, reason: str, by: User, at: datetime) -> None:
    CaseAccess.objects.create(
        case=case, user=user, kind=kind, reason=reason, given_by=by, given_at=at
    )


def _add(case: Case, new: NewPerson, by: User, at: datetime) -> Person:
    person = Person.objects.create(
        organisation=case.organisation,
        name=new.name,
        preferred_name=new.preferred_name,
        born=new.born,
        age_band=new.age_band,
        about_age=new.about_age,
        about_age_on=None if new.about_age is None else localdate(at),
        upn=new.upn,
        year_group=new.year_group,
        search_text=searchable(new.name, new.preferred_name),
        added_by=by,
        added_at=at,
    )
    record(
        CaseEvent.PERSON_ADDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=person,
    )
    CasePerson.objects.create(case=case, person=person, part=new.part, added_by=by, added_at=at)
    return person


def ensure_named(case: Case, user: User, reason: str, at: datetime) -> None:
    """Name the author of a request or a draft on its case, within the act that makes it."""
    if not CaseAccess.objects.filter(
        case=case, user=user, kind=AccessKind.NAMED, ended_at=None
    ).exists():
        _list(case, user, AccessKind.NAMED, reason, user, at)


@act
def add_person(*, case: Case, person: NewPerson, by: User, at: datetime) -> Person:
    """Add somebody new to a case."""
    check_user_can_work_on(by, case)
    return _add(case, person, by, at)


def _join(case: Case, person: Person, part: Part, by: User, at: datetime) -> CasePerson:
    if person.organisation_id != case.organisation_id:
        raise UnableToJoin("This person belongs to another school or service.")
    joined, new = CasePerson.objects.get_or_create(
        case=case, person=person, defaults={"part": part, "added_by": by, "added_at": at}
    )
    if not new:
        raise UnableToJoin("This person is in the case already.")
    record(
        CaseEvent.PERSON_JOINED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=person,
    )
    if not case.restricted and is_for_those_named(person):
        close_to_others(case, "Somebody in it is shown only to those named", by, at)
    return joined


def close_to_others(case: Case, reason: str, by: User, at: datetime) -> None:
    """Restrict a case that is not, within an act; ``by`` is named on it if they see it."""
    if visible_cases(by).filter(pk=case.pk).exists():
        ensure_named(case, by, "Restricted the case", at)
    case.restricted = True
    case.save(update_fields=["restricted"])
    record(
        CaseEvent.RESTRICTED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=case,
        details={"reason": reason} if reason else None,
    )


@act
def join_person(*, case: Case, person: Person, part: Part, by: User, at: datetime) -> CasePerson:
    """Add somebody the organisation already knows to a case.

    :raises UnableToJoin: for somebody of another organisation, or who is in the case already.
    """
    check_user_can_work_on(by, case)
    return _join(case, person, part, by, at)


@act
def name_on_case(*, case: Case, user: User, reason: str, by: User, at: datetime) -> None:
    """Let a colleague work on a case.

    :raises UnableToName: for somebody kept from the case, named already, or without a role here.
    """
    case = case_as_it_is(case, by)
    check_user_can_name_people(by, case)
    if not standing(user).roles_in(case.organisation_id):
        raise UnableToName("This person has no role here.")
    kinds = set(
        CaseAccess.objects.filter(case=case, user=user, ended_at=None).values_list(
            "kind", flat=True
        )
    )
    if AccessKind.EXCLUDED in kinds:
        raise UnableToName("This person cannot be named on the case.")
    if AccessKind.NAMED in kinds:
        raise UnableToName("This person is named on the case already.")
    _list(case, user, AccessKind.NAMED, reason, by, at)
    record(CaseEvent.NAMED, by=by, at=at, organisation=case.organisation, case=case, about=user)


@act
def exclude_from_case(*, case: Case, user: User, reason: str, by: User, at: datetime) -> None:
    """Keep somebody from a case, whatever their role; ends their being named on it.

    :raises UnableToName: for oneself, somebody kept from it already, or when nobody would be left
        who can open the case again.
    """
    case = case_as_it_is(case, by)
    check_user_can_keep_away(by, case)
    if user.pk == by.pk:
        raise UnableToName("You cannot keep a case from yourself.")
    current = CaseAccess.objects.filter(case=case, user=user, ended_at=None)
    if current.filter(kind=AccessKind.EXCLUDED).exists():
        raise UnableToName("This person is kept from the case already.")
    if missed := nobody_left(case, without=user):
        raise UnableToName(missed)
    for access in current:
        access.ended_at, access.ended_by, access.end_reason = at, by, reason
        access.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _list(case, user, AccessKind.EXCLUDED, reason, by, at)
    record(CaseEvent.EXCLUDED, by=by, at=at, organisation=case.organisation, case=case, about=user)


@act
def restrict_case(*, case: Case, reason: str = "", by: User, at: datetime) -> None:
    """Show a case only to those named on it; who restricts it is named first.

    :raises PermissionDenied: for those who do not lead on cases: nobody could open it again.
    :raises UnableToName: when it is restricted already.
    """
    current, case = case, case_as_it_is(case, by)
    check_user_can_restrict(by, case)
    if case.restricted:
        raise UnableToName("This case is restricted already.")
    close_to_others(case, reason, by, at)
    current.restricted = True
