"""Breaches: told once, then every step about them, until they are closed (UK GDPR Article 33)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.enums import BreachKind, Risk
from decisions.events import DecisionEvent
from decisions.models import Breach, BreachStep, Disclosure
from decisions.permissions import check_user_can_answer_for, check_user_can_follow_up
from decisions.policies import open_about
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.permissions import check_user_can_work_on

# What anybody who works on the case records at once; the rest is for who answers for it.
AT_ONCE = frozenset({BreachKind.CONTAINED, BreachKind.TOLD_LEAD, BreachKind.NOTE})


class UnableToFollowUp(Exception):
    """What happened cannot be recorded like this; the message says why."""


def check_is_to_come(look_again_on: date | None, at: datetime) -> None:
    """Refuse a day to look at something again that has passed: nobody would be reminded.

    :raises UnableToFollowUp: for such a day.
    """
    if look_again_on is not None and look_again_on < localdate(at):
        raise UnableToFollowUp("The day to look at it again has passed. Choose today or later.")


@dataclass(frozen=True)
class WrongPerson:
    """What is known of a breach at first: whom it reached, since when, what was done at once."""

    reached: str
    known_at: datetime
    contained: str = ""


@act
def start_breach(*, disclosure: Disclosure, wrong: WrongPerson, by: User, at: datetime) -> Breach:
    """Record that something reached the wrong person; the 72 hours run from when it was known.

    :raises UnableToFollowUp: without whom it reached, for a time that has not come or is before
        it was sent, or when this sending has its breach already.
    """
    decision = disclosure.decision
    check_user_can_follow_up(by, decision)
    if not wrong.reached.strip():
        raise UnableToFollowUp("Say whom it reached.")
    if wrong.known_at > at:
        raise UnableToFollowUp("This time has not come yet.")
    if localdate(wrong.known_at) < disclosure.sent_on:
        raise UnableToFollowUp("This day is before it was sent.")
    if Breach.objects.filter(disclosure=disclosure).exists():
        raise UnableToFollowUp("The breach is recorded already.")
    sent = [one.item for one in disclosure.sent_items.select_related("item").order_by("item")]
    people = dict.fromkeys(person.name for item in sent for person in item.about.order_by("id"))
    breach = Breach.objects.create(
        organisation=decision.organisation,
        case=decision.case,
        decision=decision,
        disclosure=disclosure,
        happened_on=disclosure.sent_on,
        known_at=wrong.known_at,
        reached=wrong.reached,
        what="\n".join(item.what for item in sent),
        whose=", ".join(people) or "Nobody who can be recognised",
        recorded_by=by,
        recorded_at=at,
    )
    if wrong.contained.strip():
        BreachStep.objects.create(
            breach=breach,
            kind=BreachKind.CONTAINED,
            happened_at=wrong.known_at,
            who=by.name,
            words=wrong.contained,
            recorded_by=by,
            recorded_at=at,
        )
    record(
        DecisionEvent.BREACH_STARTED,
        by=by,
        at=at,
        organisation=breach.organisation,
        case=breach.case,
        about=breach,
    )
    return breach


@act
def record_step(
    *,
    breach: Breach,
    kind: BreachKind,
    risk: Risk | None,
    happened_at: datetime,
    who: str,
    words: str,
    by: User,
    at: datetime,
) -> BreachStep:
    """Record one step about a breach; closing and opening again are steps, too.

    :raises UnableToFollowUp: without words, for a time that has not come, a risk without its
        degree, closing while something is open, or a step about a closed breach.
    :raises PermissionDenied: for what only those decide who answer for it.
    """
    if kind in AT_ONCE:
        check_user_can_work_on(by, breach.case)
    else:
        check_user_can_answer_for(by, breach)
    current = Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    if (current.closed_at is None) == (kind == BreachKind.REOPENED):
        closed = "This breach is closed. Open it again first."
        raise UnableToFollowUp(closed if current.closed_at else "This breach is open.")
    if not words.strip():
        raise UnableToFollowUp("Say what was done, and why.")
    if happened_at > at:
        raise UnableToFollowUp("This time has not come yet.")
    if (kind == BreachKind.RISK) != (risk is not None):
        raise UnableToFollowUp("Say how great the risk is.")
    still = open_about(current.steps.all())
    if kind == BreachKind.CLOSED and still:
        raise UnableToFollowUp("It cannot be closed yet. " + " ".join(still))
    step = BreachStep.objects.create(
        breach=current,
        kind=kind,
        risk=risk or "",
        happened_at=happened_at,
        who=who,
        words=words,
        recorded_by=by,
        recorded_at=at,
    )
    if kind in (BreachKind.CLOSED, BreachKind.REOPENED):
        current.closed_at = at if kind == BreachKind.CLOSED else None
        current.save(update_fields=["closed_at"])
    record(
        DecisionEvent.BREACH_STEP,
        by=by,
        at=at,
        organisation=current.organisation,
        case=current.case,
        about=step,
        details={"kind": str(kind), "risk": str(risk or "")},
    )
    return step
