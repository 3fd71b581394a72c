"""Asking for a yes or no, not asking, waiting; a part taken back, and looking at it again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from consent import policies
from consent.domain.recording import LookedAgainTooEarly, UnableToRecord
from consent.enums import How, Step
from consent.events import ConsentEvent
from consent.models import ConsentRecord, ConsentStep
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.knowing import check_in_case
from infosharing.cases.models import Case, Person
from infosharing.cases.permissions import check_user_can_work_on


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody is asked to agree to, in the words of the leaflet (R22, R33, R59)."""

    scope_purpose: str = ""
    scope_recipients: str = ""
    scope_information: str = ""
    onward: str = ""
    if_yes: str = ""
    if_no: str = ""
    until: date | None = None
    kept: str = ""
    contact: str = ""


def _check_day(day: date, at: datetime) -> None:
    if day > localdate(at):
        raise UnableToRecord("This day has not come yet.")


def _check_again(day: date, at: datetime) -> None:
    if day < localdate(at):
        raise LookedAgainTooEarly


@act
def record_step(
    *,
    case: Case,
    person: Person,
    kind: Step,
    happened_on: date,
    whom: str = "",
    standing: str = "",
    how: str = "",
    taken_by: str = "",
    words: str = "",
    again_on: date | None = None,
    question: Question | None = None,
    follows: ConsentStep | None = None,
    by: User,
    at: datetime,
) -> ConsentStep:
    """Record that somebody is to be asked, was asked, did not answer, or why nobody asked.

    ``follows`` is the question that was open until now: asked again, or left without an answer.

    :raises UnableToRecord: for a day that has not come, a kind that belongs to a yes, or a
        question that is another person's.
    :raises consent.domain.recording.LookedAgainTooEarly: for a day to look again in the past.
    :raises consent.policies.UnableToFollow: for a question that is no longer open.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    _check_day(happened_on, at)
    if again_on is not None:
        _check_again(again_on, at)
    if kind in (Step.PART_WITHDRAWN, Step.REVIEWED):
        raise UnableToRecord("This belongs to a yes that was recorded.")
    if follows is not None:
        _check_open(follows, case, person)
    fields: dict[str, Any] = asdict(question) if question else {}
    step = ConsentStep.objects.create(
        case=case,
        person=person,
        kind=kind,
        happened_on=happened_on,
        follows=follows,
        whom=whom,
        standing=standing,
        how=how,
        taken_by=taken_by,
        words=words,
        again_on=again_on,
        recorded_by=by,
        recorded_at=at,
        **fields,
    )
    record(
        ConsentEvent.STEP_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=step,
        details={"kind": str(kind)},
    )
    return step


def _check_open(step: ConsentStep, case: Case, person: Person) -> None:
    locked = ConsentStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if (locked.case_id, locked.person_id) != (case.pk, person.pk):
        raise UnableToRecord("That question was about somebody else.")
    policies.check_is_open(locked)


@act
def narrow_consent(
    *,
    consent: ConsentRecord,
    happened_on: date,
    whom: str,
    how: How,
    recipients: str,
    information: str,
    words: str,
    by: User,
    at: datetime,
) -> ConsentStep:
    """Record that a part of a yes was taken back: some recipients, some information (R31, R33).

    The yes stays as it was said. Whether what is left of it concerns a sharing is asked anew on
    every draft that looks at it.

    :raises consent.policies.UnableToWithdraw: for a no, a yes taken back, or a wrong day.
    :raises UnableToRecord: for a day that has not come, or without saying which part.
    """
    locked = ConsentRecord.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    check_user_can_work_on(by, locked.case)
    _check_day(happened_on, at)
    policies.check_can_withdraw(locked, happened_on)
    if not recipients.strip() and not information.strip():
        raise UnableToRecord("Say with whom, or which information, it no longer holds for.")
    step = ConsentStep.objects.create(
        case=locked.case,
        person=locked.person,
        kind=Step.PART_WITHDRAWN,
        happened_on=happened_on,
        consent=locked,
        whom=whom,
        how=how,
        words=words,
        scope_recipients=recipients,
        scope_information=information,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        ConsentEvent.NARROWED,
        by=by,
        at=at,
        organisation=locked.case.organisation,
        case=locked.case,
        about=step,
    )
    return step


@act
def review_consent(
    *,
    consent: ConsentRecord,
    happened_on: date,
    words: str,
    again_on: date,
    by: User,
    at: datetime,
) -> ConsentStep:
    """Record that a continuing yes was looked at again and still stands (R33).

    :raises consent.policies.UnableToReview: for one that is not continuing, taken back or over.
    :raises UnableToRecord: for a day that has not come, or a next look that is not after it, has
        passed or comes after the yes has run out.
    """
    locked = ConsentRecord.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    check_user_can_work_on(by, locked.case)
    _check_day(happened_on, at)
    policies.check_can_review(locked, localdate(at))
    if again_on <= happened_on:
        raise UnableToRecord("The next day must come after this one.")
    _check_again(again_on, at)
    if locked.until and again_on > locked.until:
        raise UnableToRecord("It runs out before that day.")
    step = ConsentStep.objects.create(
        case=locked.case,
        person=locked.person,
        kind=Step.REVIEWED,
        happened_on=happened_on,
        consent=locked,
        taken_by=by.name,
        words=words,
        again_on=again_on,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        ConsentEvent.REVIEWED,
        by=by,
        at=at,
        organisation=locked.case.organisation,
        case=locked.case,
        about=step,
        details={"again_on": again_on.isoformat()},
    )
    return step
