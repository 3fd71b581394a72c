"""Saying that two rows are one person, or that they are not; nothing is merged or deleted."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import join_person
from infosharing.cases.enums import Part
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, CasePerson, Person, SamePerson
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import case_as_it_is, visible_people


class UnableToRecognise(Exception):
    """It cannot be said of these two; the message says why."""


def _parts(case: Case, person: Person, known: Person, by: User) -> dict[int, CasePerson]:
    """Return the parts of the two in the case, by person, once both may be known to the user.

    :raises PermissionDenied: for somebody found only in a case the user does not see.
    """
    check_user_can_work_on(by, case_as_it_is(case, by))
    if not visible_people(by).filter(pk=known.pk).exists():
        raise PermissionDenied("You do not see this person.")
    rows = CasePerson.objects.select_for_update(of=("self",)).filter(
        case=case, person__in=[person, known]
    )
    found = {row.person_id: row for row in rows}
    if person.pk not in found or person.pk == known.pk:
        raise UnableToRecognise("Choose two people, one of them of this case.")
    return found


@act
def say_same(
    *, case: Case, person: Person, known: Person, why: str = "", by: User, at: datetime
) -> SamePerson:
    """Say that somebody in a case is a person who is known already, here or from another case.

    The known row joins the case in the same part. The other row stays as it is, with all that
    points at it, and what was signed keeps its words; in the case it is from then on somebody
    recorded twice.

    :raises PermissionDenied: for those who only read the case, or do not see the known person.
    :raises UnableToRecognise: for one row, two rows neither of which is in the case, somebody of
        another organisation, or one of whom it has been said already.
    """
    parts = _parts(case, person, known, by)
    mine, theirs = parts[person.pk], parts.get(known.pk)
    if known.organisation_id != case.organisation_id:
        raise UnableToRecognise("This person belongs to another school or service.")
    if Part.DOUBLE in (mine.part, theirs.part if theirs else ""):
        raise UnableToRecognise("One of these two is said to be somebody else’s double already.")
    if theirs is None:
        join_person(case=case, person=known, part=Part(mine.part), by=by, at=at)
    said = SamePerson.objects.create(
        case=case,
        person=person,
        known=known,
        same=True,
        part=mine.part,
        why=why,
        said_by=by,
        said_at=at,
    )
    mine.part = Part.DOUBLE
    mine.save(update_fields=["part"])
    record(
        CaseEvent.SAME_PERSON_SAID,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=person,
        details={"known": known.public_id, "reason": why or "The same person, recorded twice"},
    )
    return said


@act
def say_different(
    *, case: Case, person: Person, known: Person, why: str = "", by: User, at: datetime
) -> SamePerson:
    """Say that somebody in a case is not that other person; takes back that they were the same.

    Whoever joined the case when it was said that they were the same stays in it.

    :raises PermissionDenied: for those who only read the case, or do not see the other person.
    :raises UnableToRecognise: for one row, or two rows neither of which is in the case.
    """
    mine = _parts(case, person, known, by)[person.pk]
    last = SamePerson.objects.filter(case=case, person=person, known=known).order_by("-id").first()
    if last is not None and last.same and mine.part == Part.DOUBLE:
        mine.part = last.part
        mine.save(update_fields=["part"])
    said = SamePerson.objects.create(
        case=case,
        person=person,
        known=known,
        same=False,
        part=mine.part,
        why=why,
        said_by=by,
        said_at=at,
    )
    record(
        CaseEvent.OTHER_PERSON_SAID,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=person,
        details={"known": known.public_id, "reason": why or "Two different people"},
    )
    return said
