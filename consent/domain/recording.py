"""Recording what somebody said about sharing, and that a yes was taken back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from consent import policies
from consent.enums import GivenBy, How, Status
from consent.events import ConsentEvent
from consent.models import UNDERSTANDING, ConsentRecord, ConsentStep, Withdrawal
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.domain.keeping import what_shows_it
from infosharing.cases.domain.knowing import check_in_case
from infosharing.cases.models import Case, Document, Person
from infosharing.cases.permissions import check_user_can_work_on


class UnableToRecord(Exception):
    """What was said cannot be recorded like this; the message says why."""


class LookedAgainTooEarly(UnableToRecord):
    """The day to look at something again has passed, so that nobody would be reminded."""

    def __init__(self) -> None:
        super().__init__("This day has passed. Choose today or later.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said, by whom, in what understanding, about what (R21 to R33).

    Of a no nobody need say what was known and understood: None then.
    """

    status: Status
    said_on: date
    until: date | None = None
    limits: str = ""
    continuing: bool = False
    review_on: date | None = None
    given_by: GivenBy
    giver: str
    parental_responsibility: bool
    authority_evidenced: bool
    authority_evidence: str = ""
    scope_purpose: str
    scope_recipients: str
    scope_information: str
    how: How
    taken_by: str
    evidence: str = ""
    knows_what_happens: bool | None = None
    knows_who_is_told: bool | None = None
    knows_onward_sharing: bool | None = None
    knows_why: bool | None = None
    consequences_explained: bool | None = None
    freely_given: bool | None = None
    understood: bool | None = None


@act
def record_consent(
    *,
    case: Case,
    person: Person,
    said: Said,
    giver_person: Person | None = None,
    answers: ConsentStep | None = None,
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> ConsentRecord:
    """Record one yes or no. It is never changed; what is said later is another record.

    ``answers`` is the question it answers, when that was recorded. A document of the case may
    show it, such as a signed form, or one that has just arrived (R32).

    :raises UnableToRecord: for a day that has not come, an end before the beginning, limits or
        dates of a no, a yes that does not say what was known, a continuing yes without an end
        and a second look before it, or the question of another person.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    if answers is not None and (answers.case_id, answers.person_id) != (case.pk, person.pk):
        raise UnableToRecord("That question was about somebody else.")
    _check_terms(said, localdate(at))
    if said.said_on > localdate(at):
        raise UnableToRecord("The day it was said has not come yet.")
    if said.until and said.until < said.said_on:
        raise UnableToRecord("The last day is before the day it was said.")
    agreed = said.status == Status.GIVEN
    what = "What shows that they agreed" if agreed else "What shows that they refused"
    shown = what_shows_it(case=case, document=document, arrived=arrived, what=what, by=by, at=at)
    consent = ConsentRecord.objects.create(
        case=case,
        person=person,
        giver_person=giver_person,
        asked=answers,
        document=shown,
        recorded_by=by,
        recorded_at=at,
        **asdict(said),
    )
    record(
        ConsentEvent.RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=consent,
        details={"status": str(said.status)},
    )
    return consent


def _check_terms(said: Said, today: date) -> None:
    """Refuse terms that cannot be (R33).

    A yes that has run out by ``today`` may be written down late, with the look that was planned.
    """
    if said.status != Status.GIVEN:
        if said.limits or said.continuing or said.review_on:
            raise UnableToRecord("Only a yes has limits, an end and a second look.")
        return
    if None in {getattr(said, name) for name in UNDERSTANDING}:
        raise UnableToRecord("Say of a yes what they knew, understood and were free to say.")
    if not said.continuing:
        if said.review_on:
            raise UnableToRecord("Only a continuing yes is looked at again.")
        return
    if said.until is None or said.review_on is None:
        raise UnableToRecord("A continuing yes needs a last day and a day to look at it again.")
    if not said.said_on < said.review_on <= said.until:
        raise UnableToRecord("Look at it again after the day it was said and before it runs out.")
    if said.review_on < today <= said.until:
        raise LookedAgainTooEarly


@act
def withdraw_consent(
    *,
    consent: ConsentRecord,
    withdrawn_on: date,
    withdrawn_by: str,
    how: How,
    words: str,
    by: User,
    at: datetime,
) -> Withdrawal:
    """Record that a yes was taken back; the yes itself stays as it was said.

    :raises consent.policies.UnableToWithdraw: for a no, a second time, or a wrong day.
    :raises UnableToRecord: for a day that has not come.
    """
    locked = ConsentRecord.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    check_user_can_work_on(by, locked.case)
    if withdrawn_on > localdate(at):
        raise UnableToRecord("The day of the withdrawal has not come yet.")
    policies.check_can_withdraw(locked, withdrawn_on)
    withdrawal = Withdrawal.objects.create(
        consent=locked,
        withdrawn_on=withdrawn_on,
        withdrawn_by=withdrawn_by,
        how=how,
        words=words,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        ConsentEvent.WITHDRAWN,
        by=by,
        at=at,
        organisation=locked.case.organisation,
        case=locked.case,
        about=locked,
    )
    return withdrawal
