"""What came of a decision: replies, escalation in stages, closing and opening again (domain.md)."""

from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.domain.breaches import UnableToFollowUp, check_is_to_come
from decisions.enums import STAGES, ProgressKind
from decisions.events import DecisionEvent
from decisions.models import Decision, Progress
from decisions.permissions import check_user_can_follow_up
from decisions.policies import check_is_signed
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record


def _keep(
    decision: Decision,
    kind: ProgressKind,
    event: DecisionEvent,
    *,
    happened_on: date,
    who: str = "",
    words: str,
    look_again_on: date | None = None,
    by: User,
    at: datetime,
) -> Progress:
    if not words.strip():
        raise UnableToFollowUp("Say what was said or done.")
    if happened_on > localdate(at):
        raise UnableToFollowUp("This day has not come yet.")
    kept = Progress.objects.create(
        decision=decision,
        kind=kind,
        happened_on=happened_on,
        who=who,
        words=words,
        look_again_on=look_again_on,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        event,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=kept,
        details={"kind": str(kind)},
    )
    return kept


@act
def record_progress(
    *,
    decision: Decision,
    kind: ProgressKind,
    happened_on: date,
    who: str,
    words: str,
    look_again_on: date | None,
    by: User,
    at: datetime,
) -> Progress:
    """Record what a recipient did, or a stage of pressing for it.

    :raises UnableToFollowUp: without who or words, for a day that has not come, a day to look again
        that has passed, or once closed.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    check_user_can_follow_up(by, decision)
    check_is_signed(decision)
    if kind != ProgressKind.REPLY and kind not in STAGES:
        raise UnableToFollowUp("Choose what happened.")
    if decision.closed_at is not None:
        raise UnableToFollowUp("This decision is closed. Open it again first.")
    if not who.strip():
        raise UnableToFollowUp("Say who it was.")
    check_is_to_come(look_again_on, at)
    return _keep(
        decision,
        kind,
        DecisionEvent.PROGRESS_RECORDED,
        happened_on=happened_on,
        who=who,
        words=words,
        look_again_on=look_again_on,
        by=by,
        at=at,
    )


@act
def close(*, decision: Decision, reason: str, by: User, at: datetime) -> Progress:
    """Close the follow-up of a decision, with the reason; it no longer asks for anything.

    :raises UnableToFollowUp: without a reason, or when it is closed already.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    return _turn(decision, reason, by, at, closing=True)


@act
def reopen(*, decision: Decision, reason: str, by: User, at: datetime) -> Progress:
    """Open a closed decision again, with the reason.

    :raises UnableToFollowUp: without a reason, or when it is open.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    return _turn(decision, reason, by, at, closing=False)


def _turn(decision: Decision, reason: str, by: User, at: datetime, *, closing: bool) -> Progress:
    check_user_can_follow_up(by, decision)
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_is_signed(current)
    if closing == (current.closed_at is not None):
        raise UnableToFollowUp(
            "This decision is closed already." if closing else "This decision is open."
        )
    current.closed_at = at if closing else None
    current.save(update_fields=["closed_at"])
    return _keep(
        current,
        ProgressKind.CLOSED if closing else ProgressKind.REOPENED,
        DecisionEvent.CLOSED if closing else DecisionEvent.REOPENED,
        happened_on=localdate(at),
        words=reason,
        by=by,
        at=at,
    )
