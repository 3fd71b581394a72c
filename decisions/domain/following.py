"""After signing: what was sent, whether it arrived, who was told (R34, R41, R44, R49)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils.timezone import localdate

from decisions.care import care_of
from decisions.domain import breaches
from decisions.domain.breaches import UnableToFollowUp, WrongPerson, check_is_to_come
from decisions.enums import Handling, ReceiptState
from decisions.events import DecisionEvent
from decisions.models import (
    AfterAnswer,
    Decision,
    DisclosedItem,
    Disclosure,
    Item,
    Receipt,
    Recipient,
    Telling,
)
from decisions.permissions import check_user_can_follow_up
from decisions.policies import SHARING, check_is_signed, receipt_due, unplanned
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.domain.keeping import what_shows_it
from infosharing.cases.domain.knowing import check_in_case
from infosharing.cases.models import Document, Person
from infosharing.cases.queries import working_days
from infosharing.journeys.templatetags.british import british_date


@dataclass(frozen=True)
class Taken:
    """The care that was taken in sending: ``checks`` are codes of ``decisions.care`` (R41)."""

    checks: tuple[str, ...] = ()
    tracking: str = ""
    heard_by: str = ""
    unplanned_because: str = ""


class ToldTooEarly(UnableToFollowUp):
    """Somebody cannot have been told on ``day`` what was shared: it was decided later."""

    def __init__(self, decided: date) -> None:
        super().__init__(
            f"It was decided on {british_date(decided)}: nobody could be told before what was "
            "shared. Check the day. What they knew beforehand, write below"
        )


def _not_in_future(day: date, at: datetime) -> None:
    if day > localdate(at):
        raise UnableToFollowUp("This day has not come yet.")


def decided_on(decision: Decision) -> date:
    """Return the day from which on somebody could be told what is shared.

    That of the first signature; where an emergency was shared before it was written down, or
    anything is recorded as sent before, that day.
    """
    found = decision.versions.aggregate(
        signed=Min("signed_at"),
        happened=Min("happened_on"),
        sent=Min("decision__disclosures__sent_on"),
    )
    days = (localdate(found["signed"]), found["happened"], found["sent"])
    return min(day for day in days if day is not None)


@act
def record_disclosure(
    *,
    decision: Decision,
    recipient: Recipient,
    items: Sequence[Item],
    sent_on: date,
    sent_time: str,
    method: str,
    address: str,
    sent_by: str,
    told_confidential: bool,
    note: str,
    taken: Taken = Taken(),
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> Disclosure:
    """Record that items were sent to one recipient. What is held back is never in it (R38).

    A copy of what was sent may be a document of the case, or have just arrived.

    :raises UnableToFollowUp: for a recipient or an item of another version, an item that is held
        back, nothing sent, a decision not to share, a day that has not come, nobody named who
        heard it, or another way or address than planned without the reason.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    check_user_can_follow_up(by, decision)
    version = check_is_signed(decision)
    _not_in_future(sent_on, at)
    if version.outcome not in SHARING:
        raise UnableToFollowUp("The decision is not to share: nothing is sent.")
    if recipient.version_id != version.pk:
        raise UnableToFollowUp("This recipient is not in the version in force.")
    if not items:
        raise UnableToFollowUp("Say what was sent.")
    for item in items:
        if item.version_id != version.pk:
            raise UnableToFollowUp("This item is not in the version in force.")
        if item.handling == Handling.HOLD_BACK:
            raise UnableToFollowUp("This item is held back: it is never sent.")
    _check_taken(recipient, method, address, taken)
    copy = what_shows_it(
        case=decision.case,
        document=document,
        arrived=arrived,
        what="Copy of what was sent",
        by=by,
        at=at,
    )
    disclosure = Disclosure.objects.create(
        decision=decision,
        recipient=recipient,
        sent_on=sent_on,
        sent_time=sent_time,
        method=method,
        address=address,
        sent_by=sent_by,
        told_confidential=told_confidential,
        checks=list(taken.checks),
        tracking=taken.tracking,
        heard_by=taken.heard_by,
        unplanned_because=taken.unplanned_because,
        receipt_due_on=receipt_due(sent_on, method, working_days(decision.organisation_id)),
        note=note,
        document=copy,
        recorded_by=by,
        recorded_at=at,
    )
    for item in items:
        DisclosedItem.objects.create(disclosure=disclosure, item=item)
    record(
        DecisionEvent.SENT,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=disclosure,
        details={"items": len(items), "method": method},
    )
    return disclosure


def _check_taken(recipient: Recipient, method: str, address: str, taken: Taken) -> None:
    care = care_of(method)
    if set(taken.checks) - {code for code, _words in care.checks}:
        raise UnableToFollowUp("This check does not belong to this way of sending.")
    if care.heard and not taken.heard_by.strip():
        raise UnableToFollowUp("Say who heard it, or who took it.")
    if unplanned(recipient, method, address) and not taken.unplanned_because.strip():
        raise UnableToFollowUp("Say why it was not sent as planned.")


@act
def record_receipt(
    *,
    disclosure: Disclosure,
    state: ReceiptState,
    known_on: date,
    confirmed_by: str,
    how: str,
    wrong: WrongPerson | None = None,
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> Receipt:
    """Record whether what was sent arrived; the latest record holds, earlier ones stay.

    Having reached the wrong person starts the record of a breach; ``wrong`` belongs to it. A
    document of the case may show it, such as a reply or a delivery note, or one just arrived.

    :raises UnableToFollowUp: for a day that has not come or is before it was sent, a
        confirmation by nobody, or a wrong person without whom it reached.
    """
    decision = disclosure.decision
    check_user_can_follow_up(by, decision)
    _not_in_future(known_on, at)
    if known_on < disclosure.sent_on:
        raise UnableToFollowUp("This day is before it was sent.")
    if state == ReceiptState.CONFIRMED and not confirmed_by.strip():
        raise UnableToFollowUp("Say who confirmed it.")
    if (state == ReceiptState.WRONG_RECIPIENT) != (wrong is not None):
        raise UnableToFollowUp("Say whom it reached.")
    shown = what_shows_it(
        case=decision.case,
        document=document,
        arrived=arrived,
        what="What is known of its arrival",
        by=by,
        at=at,
    )
    receipt = Receipt.objects.create(
        disclosure=disclosure,
        state=state,
        known_on=known_on,
        confirmed_by=confirmed_by,
        how=how,
        due_on=receipt_due(known_on, disclosure.method, working_days(decision.organisation_id))
        if state == ReceiptState.CHASED
        else None,
        document=shown,
        recorded_by=by,
        recorded_at=at,
    )
    if wrong is not None:
        breaches.start_breach(disclosure=disclosure, wrong=wrong, by=by, at=at)
    record(
        DecisionEvent.RECEIPT_RECORDED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=receipt,
        details={"state": str(state)},
    )
    return receipt


@act
def record_telling(
    *,
    decision: Decision,
    person: Person,
    told: bool,
    told_on: date | None,
    told_who: str,
    told_by: str,
    how: str,
    why_not: str,
    look_again_on: date | None,
    by: User,
    at: datetime,
) -> Telling:
    """Record that a person was told, or why not and when to look at it again (R49).

    :raises UnableToFollowUp: without the day, without a reason, for a day that has not come, or a
        day to look again that has passed.
    :raises ToldTooEarly: for a day before it was decided what is shared.
    """
    check_user_can_follow_up(by, decision)
    check_is_signed(decision)
    check_in_case(decision.case, person)
    if told and told_on is None:
        raise UnableToFollowUp("Say on which day they were told.")
    if told_on:
        _not_in_future(told_on, at)
        decided = decided_on(decision)
        if told_on < decided:
            raise ToldTooEarly(decided)
    check_is_to_come(look_again_on, at)
    if not told and not why_not.strip():
        raise UnableToFollowUp("Say why they were not told.")
    telling = Telling.objects.create(
        decision=decision,
        person=person,
        told=told,
        told_on=told_on if told else None,
        told_who=told_who,
        told_by=told_by,
        how=how,
        why_not="" if told else why_not,
        look_again_on=None if told else look_again_on,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        DecisionEvent.TELLING_RECORDED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=telling,
        details={"told": told},
    )
    return telling


@act
def answer_afterwards(
    *, decision: Decision, question: str, answer: str, note: str, by: User, at: datetime
) -> AfterAnswer:
    """Answer one of the checklist's questions for afterwards (R14)."""
    check_user_can_follow_up(by, decision)
    check_is_signed(decision)
    answered = AfterAnswer.objects.create(
        decision=decision,
        question=question,
        answer=answer,
        note=note,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        DecisionEvent.AFTERWARDS_ANSWERED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=answered,
        details={"question": question, "answer": answer},
    )
    return answered


@dataclass(frozen=True)
class Answered:
    """An answer to one question for afterwards; ``answer`` is a code of guide.md section 1."""

    question: str
    answer: str
    note: str = ""


@act
def answer_all_afterwards(
    *, decision: Decision, answers: Sequence[Answered], by: User, at: datetime
) -> list[AfterAnswer]:
    """Answer several of the questions for afterwards together, or none of them (R14).

    :raises UnableToFollowUp: without any answer.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    if not answers:
        raise UnableToFollowUp("Answer at least one question.")
    return [
        answer_afterwards(
            decision=decision,
            question=answered.question,
            answer=answered.answer,
            note=answered.note,
            by=by,
            at=at,
        )
        for answered in answers
    ]
