"""What becomes known of a person: details, parental responsibility, judgements (R1, R25, R26)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.domain.keeping import what_shows_it
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Holds, JudgementKind
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import (
    Case,
    CasePerson,
    Document,
    Judgement,
    Person,
    Responsibility,
)
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.search.folding import searchable


class NotInCase(Exception):
    """The person has no part in the case."""


def check_in_case(case: Case, person: Person) -> None:
    """Refuse a person who has no part in the case.

    :raises NotInCase: always then.
    """
    if not CasePerson.objects.filter(case=case, person=person).exists():
        raise NotInCase(person.public_id)


@act
def change_person(
    *,
    case: Case,
    person: Person,
    details: NewPerson,
    reason: str,
    by: User,
    at: datetime,
) -> Person:
    """Correct a person's details; the earlier ones stay in the history with the reason."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    # An age that has not been changed was said on the day it was said.
    if details.about_age is None:
        person.about_age_on = None
    elif details.about_age != person.about_age:
        person.about_age_on = localdate(at)
    person.name = details.name
    person.preferred_name = details.preferred_name
    person.born = details.born
    person.age_band = details.age_band
    person.about_age = details.about_age
    person.upn = details.upn
    person.year_group = details.year_group
    person.search_text = searchable(details.name, details.preferred_name)
    person.save()
    record(
        CaseEvent.PERSON_CHANGED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=person,
        details={"reason": reason},
    )
    return person


@act
def record_responsibility(
    *,
    case: Case,
    person: Person,
    holder: str,
    relationship: str,
    holds: Holds,
    evidence: str,
    seen_on: date | None = None,
    seen_by: str = "",
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> Responsibility:
    """Record whether somebody holds parental responsibility for a person, and how it is known.

    ``evidence`` says what shows it; it was seen on a day by somebody, and may be a document of
    the case or have arrived as one.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    what = "Evidence of parental responsibility"
    shown = what_shows_it(case=case, document=document, arrived=arrived, what=what, by=by, at=at)
    responsibility = Responsibility.objects.create(
        case=case,
        person=person,
        holder=holder,
        relationship=relationship,
        holds=holds,
        evidence=evidence,
        seen_on=seen_on,
        seen_by=seen_by,
        document=shown,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        CaseEvent.RESPONSIBILITY_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=responsibility,
    )
    return responsibility


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The separate answers of a judgement; None where a question was not asked.

    Competence (under 16) asks the first five, capacity (from 16) the first four and whether an
    impairment of mind or brain is the cause (domain.md section 3).
    """

    understands: bool | None = None
    retains: bool | None = None
    weighs: bool | None = None
    communicates: bool | None = None
    own_view: bool | None = None
    impairment: bool | None = None
    impairment_what: str = ""
    because_of_impairment: bool | None = None
    support: str = ""


@act
def record_judgement(
    *,
    case: Case,
    person: Person,
    kind: JudgementKind,
    matter: str,
    able: bool,
    reasons: str,
    answers: Answers = Answers(),
    judged_on: date,
    judged_by: str,
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> Judgement:
    """Record a judgement of competence or capacity for one matter; it cannot be changed later.

    A document of the case may show it, or one that has just arrived.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    what = f"Evidence of a judgement of {kind.name.lower()}"
    shown = what_shows_it(case=case, document=document, arrived=arrived, what=what, by=by, at=at)
    judgement = Judgement.objects.create(
        case=case,
        person=person,
        kind=kind,
        matter=matter,
        able=able,
        reasons=reasons,
        **asdict(answers),
        judged_on=judged_on,
        judged_by=judged_by,
        document=shown,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        CaseEvent.JUDGEMENT_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=judgement,
    )
    return judgement
