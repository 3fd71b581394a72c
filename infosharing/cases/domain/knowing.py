"""What becomes known of a person: details, parental responsibility, judgements (R1, R25, R26)."""

from datetime import date, datetime

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.enums import Holds, JudgementKind
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, CasePerson, Judgement, Person, Responsibility
from infosharing.cases.models.person import searchable
from infosharing.cases.permissions import check_user_can_work_on


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
    name: str,
    preferred_name: str,
    born: date | None,
    age_band: str,
    reason: str,
    by: User,
    at: datetime,
) -> Person:
    """Correct a person's details; the earlier ones stay in the history with the reason."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    person.name = name
    person.preferred_name = preferred_name
    person.born = born
    person.age_band = age_band
    person.search_text = searchable(name, preferred_name)
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
    by: User,
    at: datetime,
) -> Responsibility:
    """Record whether somebody holds parental responsibility for a person, and how it is known."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    responsibility = Responsibility.objects.create(
        person=person,
        holder=holder,
        relationship=relationship,
        holds=holds,
        evidence=evidence,
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


@act
def record_judgement(
    *,
    case: Case,
    person: Person,
    kind: JudgementKind,
    matter: str,
    able: bool,
    reasons: str,
    judged_on: date,
    judged_by: str,
    by: User,
    at: datetime,
) -> Judgement:
    """Record a judgement of competence or capacity for one matter; it cannot be changed later."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    judgement = Judgement.objects.create(
        case=case,
        person=person,
        kind=kind,
        matter=matter,
        able=able,
        reasons=reasons,
        judged_on=judged_on,
        judged_by=judged_by,
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
