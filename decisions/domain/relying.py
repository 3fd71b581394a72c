"""Saying what was done after consent changed that a decision relied on (R31)."""

from datetime import datetime

from decisions.enums import Reaction
from decisions.events import DecisionEvent
from decisions.models import ConsentReaction, Decision
from decisions.permissions import check_user_can_follow_up
from decisions.policies import ChangedSinceShown, check_is_signed
from decisions.relying import changes_of
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record


class NothingChanged(Exception):
    """No change of consent waits for an answer: nothing changed, or it was answered already."""


@act
def answer_consent_change(
    *, decision: Decision, done: Reaction, words: str, seen: str, by: User, at: datetime
) -> ConsentReaction:
    """Record what was done about every change that was on the page.

    ``seen`` is ``Changes.shown`` of that page: a change recorded since is never settled unseen.

    :raises NothingChanged: when nothing is open.
    :raises decisions.policies.ChangedSinceShown: when something else is open by now.
    :raises decisions.policies.NotSigned: while nothing is signed.
    """
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_user_can_follow_up(by, locked)
    version = check_is_signed(locked)
    changes = changes_of(locked)
    if not changes.open:
        raise NothingChanged
    if changes.shown != seen:
        raise ChangedSinceShown
    reaction = ConsentReaction.objects.create(
        version=version, done=done, words=words, shown=seen, recorded_by=by, recorded_at=at
    )
    record(
        DecisionEvent.CONSENT_CHANGE_ANSWERED,
        by=by,
        at=at,
        organisation=locked.organisation,
        case=locked.case,
        about=version,
        details={"done": str(done), "changes": len(changes.open)},
    )
    return reaction
