"""Recording a request, received or our own, and the check of who asks (R4 to R8)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.events import DecisionEvent
from decisions.models import Request, RequestCorrection, RequestPerson
from decisions.summary import request_rows
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import NewPerson, add_person, ensure_named, join_person
from infosharing.cases.enums import Part
from infosharing.cases.models import Case, CasePerson, Person
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import people_in


class UnableToRecord(Exception):
    """The request cannot be recorded like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of who asks; ``identity`` is a code of guide.md section 1."""

    identity: str = "not_verified"
    identity_how: str = ""
    identity_note: str = ""
    call_back_source: str = ""
    entitled: str = ""
    entitlement: str = ""


@dataclass(frozen=True, kw_only=True)
class Requester:
    """Who asks, and how it came; codes of guide.md section 1.

    ``crime_investigation`` is None where nobody asked.
    """

    channel: str
    requester_kind: str
    requester_name: str = ""
    requester_role: str = ""
    requester_organisation: str = ""
    requester_contact: str = ""
    crime_investigation: bool | None = None
    legal_power_kind: str = ""
    legal_power: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, or what we think of sharing; ``happened_on`` is a day in London."""

    asked_for: str
    purpose: str
    happened_on: date
    happened_time: str = ""
    by_when: datetime | None = None
    background: str = ""


def _check_people(parts: Iterable[CasePerson], people: Iterable[Person]) -> None:
    here = {part.person_id for part in parts}
    if any(person.pk not in here for person in people):
        raise UnableToRecord("Somebody you named has no part in this case.")


@act
def record_request(
    *,
    case: Case,
    asked: Asked,
    requester: Requester | None,
    identity: Identity | None,
    about: Iterable[Person] = (),
    by: User,
    at: datetime,
) -> Request:
    """Record a request received (with ``requester`` and ``identity``) or our own (without).

    It is ``about`` people of the case, by default those the case is about. Its author is named
    on the case.

    :raises UnableToRecord: for a day that has not come, a requester without identity, or somebody
        who has no part in the case.
    """
    check_user_can_work_on(by, case)
    parts = people_in(case)
    people = list(about) or [part.person for part in parts if part.part == Part.SUBJECT]
    _check_people(parts, people)
    if asked.happened_on > localdate(at):
        raise UnableToRecord("The day it came has not come yet.")
    if (requester is None) != (identity is None):
        raise UnableToRecord("A request received needs the requester and what was checked.")
    checked = identity is not None and identity.identity != "not_verified"
    request = Request.objects.create(
        organisation=case.organisation,
        case=case,
        origin="received" if requester else "own_initiative",
        recorded_by=by,
        recorded_at=at,
        identity_checked_by=by if checked else None,
        identity_checked_at=at if checked else None,
        **asdict(asked),
        **(asdict(requester) if requester else {}),
        **(asdict(identity) if identity else {}),
    )
    for person in people:
        RequestPerson.objects.create(request=request, person=person, added_by=by, added_at=at)
    ensure_named(case, by, "Recorded a request", at)
    record(
        DecisionEvent.REQUEST_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=request,
        details={"origin": request.origin},
    )
    return request


@act
def correct_request(
    *,
    request: Request,
    asked: Asked,
    requester: Requester | None,
    about: Iterable[Person],
    reason: str,
    by: User,
    at: datetime,
) -> RequestCorrection:
    """Put a request right; what stood there before is kept line by line, with the reason (R51).

    Where it came from, who recorded it and the check of who asks are not changed by it.

    :raises UnableToRecord: where nothing differs, for a day that has not come, for a requester of
        our own initiative or none of a request received, or people with no part in the case.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    case = locked.case
    check_user_can_work_on(by, case)
    if asked.happened_on > localdate(at):
        raise UnableToRecord("The day it came has not come yet.")
    if locked.received != (requester is not None):
        raise UnableToRecord("Whether somebody asked cannot be changed: record a new request.")
    people = list(about)
    _check_people(people_in(case), people)
    before = _lines(locked)
    for name, value in (asdict(asked) | (asdict(requester) if requester else {})).items():
        setattr(locked, name, value)
    _set_people(locked, people, by, at)
    after = _lines(locked)
    changes = [
        [label, before.get(label, ""), after.get(label, "")]
        for label in dict.fromkeys([*before, *after])
        if before.get(label) != after.get(label)
    ]
    if not changes:
        raise UnableToRecord("Nothing was changed.")
    locked.save()
    correction = RequestCorrection.objects.create(
        request=locked, reason=reason, changes=changes, corrected_by=by, corrected_at=at
    )
    record(
        DecisionEvent.REQUEST_CORRECTED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=locked,
        details={"reason": reason, "changes": changes},
    )
    return correction


def _lines(request: Request) -> dict[str, str]:
    rows = RequestPerson.objects.filter(request=request).order_by("id")
    names = rows.values_list("person__name", flat=True)
    lines = {
        row.label: ", ".join(filter(None, [row.value, row.note])) for row in request_rows(request)
    }
    return {"About": ", ".join(names)} | lines


def _set_people(request: Request, people: list[Person], by: User, at: datetime) -> None:
    wanted = {person.pk: person for person in people}
    for row in RequestPerson.objects.filter(request=request):
        if wanted.pop(row.person_id, None) is None:
            row.delete()
    for person in wanted.values():
        RequestPerson.objects.create(request=request, person=person, added_by=by, added_at=at)


@act
def ask_about_person(
    *, request: Request, person: NewPerson | Person, part: Part, by: User, at: datetime
) -> Person:
    """Add somebody to a request and to its case, new or known already.

    :raises infosharing.cases.domain.opening.UnableToJoin: for somebody who is in the case.
    """
    case = request.case
    if isinstance(person, Person):
        join_person(case=case, person=person, part=part, by=by, at=at)
        found = person
    else:
        found = add_person(case=case, person=replace(person, part=part), by=by, at=at)
    if not RequestPerson.objects.filter(request=request).exists():
        # Until now it was about those the case is about.
        for row in people_in(case):
            if row.part == Part.SUBJECT and row.person_id != found.pk:
                RequestPerson.objects.create(
                    request=request, person=row.person, added_by=by, added_at=at
                )
    RequestPerson.objects.create(request=request, person=found, added_by=by, added_at=at)
    record(
        DecisionEvent.REQUEST_PERSON_ADDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=request,
        details={"person": found.public_id},
    )
    return found


@act
def check_identity(*, request: Request, identity: Identity, by: User, at: datetime) -> Request:
    """Record what was found out about who asks; earlier findings stay in the history (R6).

    :raises UnableToRecord: for our own initiative, which has no requester.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    check_user_can_work_on(by, locked.case)
    if not locked.received:
        raise UnableToRecord("Nobody asked for this: there is nobody to check.")
    for name, value in asdict(identity).items():
        setattr(locked, name, value)
    locked.identity_checked_by = by
    locked.identity_checked_at = at
    locked.save()
    record(
        DecisionEvent.IDENTITY_CHECKED,
        by=by,
        at=at,
        organisation=locked.case.organisation,
        case=locked.case,
        about=locked,
        details={"identity": identity.identity},
    )
    return locked
