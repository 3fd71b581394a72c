"""Advice: asked of a colleague, given by them, reported, or tried in vain (R7, R20, R27)."""

from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.events import DecisionEvent
from decisions.models import Advice, AdviceRequest, AdviceTried, Decision
from decisions.permissions import check_user_can_answer
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import ADVISING, Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import CaseAccess
from infosharing.cases.permissions import check_user_can_work_on


class UnableToAsk(Exception):
    """The colleague cannot be asked; the message says why."""


class UnableToAdvise(Exception):
    """The advice cannot be recorded like this; the message says why."""


@act
def ask_for_advice(
    *, decision: Decision, asked_of: User, question: str, anonymous: bool, by: User, at: datetime
) -> AdviceRequest:
    """Put a question to a colleague; they see the question and nothing else of the case.

    :raises UnableToAsk: for oneself, somebody without a role here or kept from the case. The
        message for the last two is the same.
    """
    check_user_can_work_on(by, decision.case)
    if asked_of.pk == by.pk:
        raise UnableToAsk("Ask somebody other than yourself.")
    kept_from = CaseAccess.objects.filter(
        case=decision.case, user=asked_of, kind=AccessKind.EXCLUDED, ended_at=None
    ).exists()
    if kept_from or not ADVISING.intersection(
        standing(asked_of).roles_in(decision.organisation_id)
    ):
        raise UnableToAsk("This person cannot be asked about this case.")
    request = AdviceRequest.objects.create(
        decision=decision,
        question=question,
        asked_of=asked_of,
        asked_by=by,
        asked_at=at,
        anonymous=anonymous,
    )
    record(
        DecisionEvent.ADVICE_ASKED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=request,
    )
    return request


@act
def give_advice(
    *, request: AdviceRequest, role: Role, advised: str, words: str, by: User, at: datetime
) -> Advice:
    """Answer a question, signed in, in a role one holds; ``advised`` may be blank for neither.

    :raises UnableToAdvise: in a role one does not hold.
    :raises PermissionDenied: for anybody but the colleague asked, or a second time.
    """
    locked = AdviceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    check_user_can_answer(by, locked)
    decision = locked.decision
    if role not in standing(by).roles_in(decision.organisation_id) or role not in ADVISING:
        raise UnableToAdvise("Choose a role you hold.")
    advice = Advice.objects.create(
        decision=decision,
        request=locked,
        given_by=by,
        adviser=by.name,
        role=role,
        given_on=localdate(at),
        anonymous=locked.anonymous,
        advised=advised,
        words=words,
        recorded_by=by,
        recorded_at=at,
    )
    locked.answered_at = at
    locked.save(update_fields=["answered_at"])
    record(
        DecisionEvent.ADVICE_GIVEN,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=advice,
        details={"role": str(role)},
    )
    return advice


@act
def report_advice(
    *,
    decision: Decision,
    adviser: str,
    role: Role,
    given_on: date,
    anonymous: bool,
    advised: str,
    words: str,
    by: User,
    at: datetime,
) -> Advice:
    """Record advice that somebody gave elsewhere, for example on the telephone.

    :raises UnableToAdvise: for a day that has not come.
    """
    check_user_can_work_on(by, decision.case)
    if given_on > localdate(at):
        raise UnableToAdvise("The day of the advice has not come yet.")
    advice = Advice.objects.create(
        decision=decision,
        adviser=adviser,
        role=role,
        given_on=given_on,
        anonymous=anonymous,
        advised=advised,
        words=words,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        DecisionEvent.ADVICE_REPORTED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=advice,
        details={"role": str(role)},
    )
    return advice


@act
def record_advice_tried(
    *, decision: Decision, role: Role, how: str, by: User, at: datetime
) -> AdviceTried:
    """Record that somebody could not be reached: advice never holds up a child (guide.md 5)."""
    check_user_can_work_on(by, decision.case)
    tried = AdviceTried.objects.create(
        decision=decision, role=role, how=how, recorded_by=by, recorded_at=at
    )
    record(
        DecisionEvent.ADVICE_TRIED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=tried,
        details={"role": str(role)},
    )
    return tried
