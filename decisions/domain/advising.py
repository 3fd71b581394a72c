"""Advice: asked of a colleague, given by them, reported, or tried in vain (R7, R20, R27)."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from consent.models import ConsentRecord
from decisions.events import DecisionEvent
from decisions.masking import Known, Masked, masked
from decisions.models import Advice, AdviceRequest, AdviceTried, Decision
from decisions.permissions import check_user_can_answer
from decisions.queries import advice_asked_of
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import ADVISING, Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import CaseAccess, Responsibility
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import people_in
from infosharing.cases.reaching import told_to


def left_words(left: list[str]) -> str:
    """Return what to do about words that look like names known to the case."""
    words = ", ".join(f"“{word}”" for word in left)
    return (
        f"This looks like a name known to the case: {words}. Take it out, or say that you name "
        "the person and why."
    )


class UnableToAsk(Exception):
    """The colleague cannot be asked; the message says why."""


class SeenOtherwise(Exception):
    """The question would reach the colleague in other words than were shown: show it again."""


class UnableToAdvise(Exception):
    """The advice cannot be recorded like this; the message says why."""


def as_seen(decision: Decision, question: str, by: User) -> Masked:
    """Return a question of ``by`` as a colleague would see it, with nobody named (R20).

    Nobody whom ``by`` is not told of is looked for.
    """
    case, request = decision.case, decision.request
    parts = list(people_in(case))
    holders = Responsibility.objects.filter(told_to(by), person__parts__case=case)
    givers = ConsentRecord.objects.filter(case=case)
    people = [[part.person.name, part.person.preferred_name] for part in parts]
    named = {_spelled(name) for names in people for name in names}
    others = [
        *holders.order_by("id").values_list("holder", flat=True),
        *givers.order_by("id").values_list("giver", flat=True),
    ]
    people += [[name] for name in dict.fromkeys(others) if _spelled(name) not in named]
    references = [
        case.reference,
        *case.requests.values_list("reference", flat=True),
        *case.decisions.values_list("reference", flat=True),
        *givers.values_list("reference", flat=True),
    ]
    known = Known(
        people=people,
        born=[part.person.born for part in parts if part.person.born],
        requesters=[request.requester_name] if request.requester_name else [],
        references=references,
    )
    return masked(question, known)


def _spelled(name: str) -> str:
    return " ".join(name.split()).casefold()


@act
def ask_for_advice(
    *,
    decision: Decision,
    asked_of: User,
    question: str,
    anonymous: bool,
    by: User,
    at: datetime,
    named_because: str = "",
    shown: str | None = None,
) -> AdviceRequest:
    """Put a question to a colleague; they see the question and nothing else of the case.

    With ``anonymous`` they see it with everybody known to the case called by a letter, and what
    was typed is kept beside it for those who work on the case; ``shown`` is what who asks has
    seen of that. Otherwise ``named_because`` says why the person is named.

    :raises UnableToAsk: for oneself, somebody without a role here or kept from the case (the
        message for these two is the same); while a name may be left in it; without a reason for
        naming somebody.
    :raises SeenOtherwise: when it would be sent in other words than were shown.
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
    sent = question
    if anonymous:
        seen = as_seen(decision, question, by)
        if seen.left:
            raise UnableToAsk(left_words(seen.left))
        if shown is not None and shown != seen.text:
            raise SeenOtherwise
        sent = seen.text
    elif not named_because.strip():
        raise UnableToAsk("Say why the person is named.")
    request = AdviceRequest.objects.create(
        decision=decision,
        question=sent,
        typed=question if sent != question else "",
        asked_of=asked_of,
        asked_by=by,
        asked_at=at,
        anonymous=anonymous,
        named_because="" if anonymous else named_because,
    )
    record(
        DecisionEvent.ADVICE_ASKED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=request,
        details={"anonymous": anonymous},
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
    instead = locked.asked_of if locked.asked_of_id != by.pk else None
    if instead is not None and not advice_asked_of(by).filter(pk=locked.pk).exists():
        raise PermissionDenied("Somebody else was asked for this advice.")
    instead = instead or standing(by).in_place_of(decision.organisation_id, role)
    advice = Advice.objects.create(
        decision=decision,
        request=locked,
        given_by=by,
        in_place_of=instead,
        adviser=f"{by.name}, in place of {instead.name}" if instead else by.name,
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
        details={
            "role": str(role),
            "in_place_of": instead.public_id if instead else None,
        },
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
