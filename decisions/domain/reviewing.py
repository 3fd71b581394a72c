"""Reviewing a signed version: agree, return it with what to change, or disagree (R57)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from decisions import aftermath
from decisions.enums import LookedBack, ReviewOutcome, ReviewState
from decisions.events import DecisionEvent
from decisions.hands import own_hand
from decisions.models import (
    Decision,
    LookBack,
    Review,
    ReviewQuestion,
    ReviewReply,
    SecondReview,
    SignedVersion,
)
from decisions.permissions import (
    check_user_can_look_back,
    check_user_can_reply,
    check_user_can_review,
    reviewing_roles,
)
from decisions.policies import check_is_signed
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record


class UnableToReview(Exception):
    """The review cannot be recorded like this; the message says why."""


class ReviewIsStale(Exception):
    """Something was signed, reviewed, sent, received, told or renamed since it was shown."""


@dataclass(frozen=True)
class Asked:
    """A reviewer's question: which part of the record it is about, and the page that changes it."""

    words: str
    place: str
    page: str = ""
    index: int = 0


def shown_of(decision: Decision) -> str:
    """Return the digest of what a reviewer is shown of a decision now; for tests and forms."""
    rows = aftermath.with_consent(Decision.objects.all())
    review, second = "version__review", "version__review__second"
    said = [f"{one}__{who}" for one in (review, second) for who in ("reviewer", "in_place_of")]
    looked = ["look_back__looked_by", "look_back__in_place_of"]
    found = rows.select_related(*said, *looked).get(pk=decision.pk)
    return aftermath.digest_of(found, aftermath.since_of(found))


def _locked(decision: Decision) -> tuple[Decision, SignedVersion]:
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return locked, check_is_signed(locked)


@act
def review(
    *,
    decision: Decision,
    shown: str,
    outcome: ReviewOutcome,
    words: str,
    role: Role,
    by: User,
    at: datetime,
    questions: Sequence[Asked] = (),
) -> Review | SecondReview:
    """Review the version in force; ``shown`` is the digest of what the reviewer read.

    With a version that is returned go questions about its parts: a new version is not signed
    before each is answered. When a reviewer does not agree the decision stands, and why stands
    beside it. Where two are wanted the second is another person. It never holds up what is
    sent. Nobody reviews what they wrote, edited, signed or advised on.

    :raises ReviewIsStale: when what was shown is not what is on record now.
    :raises UnableToReview: when it is returned or not agreed without saying why, agreed with
        questions, or in another's role.
    :raises PermissionDenied: with the sentence to show.
    """
    locked, version = _locked(decision)
    check_user_can_review(by, version)
    if role not in reviewing_roles(by, locked.organisation_id):
        raise UnableToReview("Choose a role you hold.")
    first: Review | None = getattr(version, "review", None)
    awaits_second = locked.review_state == ReviewState.SECOND
    if shown_of(locked) != shown or (first is not None and not awaits_second):
        raise ReviewIsStale
    _check_said(outcome, words, questions)
    said = {
        "outcome": outcome,
        "words": words,
        "shown": shown,
        "reviewer": by,
        "reviewed_as": role,
        "in_place_of": _in_place_of(by, locked, role),
        "reviewed_at": at,
    }
    made: Review | SecondReview
    if first is None:
        made = first = Review.objects.create(version=version, **said)
    else:
        made = SecondReview.objects.create(review=first, **said)
    for number, asked in enumerate(questions, start=1):
        ReviewQuestion.objects.create(
            review=first,
            number=number,
            page=asked.page,
            index=asked.index,
            place=asked.place,
            words=asked.words,
        )
    locked.review_state = _state_after(version, first, made)
    locked.save(update_fields=["review_state"])
    _record(
        DecisionEvent.REVIEWED,
        locked,
        made,
        by,
        at,
        outcome=str(outcome),
        digest=version.digest,
        shown=shown,
        questions=len(questions),
        second=made is not first,
    )
    return made


def _in_place_of(by: User, decision: Decision, role: Role) -> User | None:
    """Return in whose place somebody reviews: never of one with a hand in it."""
    other = standing(by).in_place_of(decision.organisation_id, role)
    if other is None:
        return None
    its = Decision.objects.filter(pk=decision.pk)
    had = its.filter(own_hand(other) | Q(version__review__reviewer=other))
    return None if had.exists() else other


def _check_said(outcome: ReviewOutcome, words: str, questions: Sequence[Asked]) -> None:
    if outcome == ReviewOutcome.RETURNED and not words.strip():
        raise UnableToReview("Say what to change.")
    if outcome == ReviewOutcome.DISAGREED and not words.strip():
        raise UnableToReview("Say why you do not agree.")
    if outcome != ReviewOutcome.RETURNED and questions:
        raise UnableToReview(
            "Only a decision that is returned is asked questions: return it, or take them out."
        )


def _state_after(version: SignedVersion, first: Review, made: Review | SecondReview) -> ReviewState:
    """Return where the review stands once something was said."""
    if made.outcome == ReviewOutcome.RETURNED:
        return ReviewState.RETURNED
    if made is first and version.second_because:
        return ReviewState.SECOND
    agreed = {first.outcome, made.outcome} == {ReviewOutcome.AGREED}
    return ReviewState.AGREED if agreed else ReviewState.DISAGREED


def _record(
    event: DecisionEvent, decision: Decision, about: Any, by: User, at: datetime, **details: Any
) -> None:
    in_place_of = getattr(about, "in_place_of", None)
    if in_place_of is not None:
        details["in_place_of"] = in_place_of.public_id
    record(
        event,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=about,
        details=details,
    )


@act
def answer_disagreement(
    *, decision: Decision, to_second: bool, words: str, by: User, at: datetime
) -> ReviewReply:
    """Say that one has read why a reviewer did not agree, and what one says to it.

    :raises UnableToReview: when nobody disagreed with the version in force, or it was answered.
    :raises PermissionDenied: for anybody but who signed it.
    """
    locked, version = _locked(decision)
    check_user_can_reply(by, locked)
    first: Review | None = getattr(version, "review", None)
    said = first.said if first else []
    asked = said[1:2] if to_second else said[:1]
    if first is None or not asked or asked[0].outcome != ReviewOutcome.DISAGREED:
        raise UnableToReview("Nobody disagrees with the version in force.")
    if first.replies.filter(to_second=to_second).exists():
        raise UnableToReview("This has been answered already.")
    made = ReviewReply.objects.create(
        review=first, to_second=to_second, words=words, replied_by=by, replied_at=at
    )
    _record(DecisionEvent.DISAGREEMENT_ANSWERED, locked, made, by, at, to_second=to_second)
    return made


@act
def look_back(
    *,
    decision: Decision,
    shown: str,
    found: LookedBack,
    findings: str,
    to_change: str,
    role: Role,
    by: User,
    at: datetime,
) -> LookBack:
    """Look back at something shared in an emergency, by somebody who had no hand in it (R19).

    :raises ReviewIsStale: when what was shown is not what is on record now, or somebody has
        looked back at it already.
    :raises UnableToReview: for what was no emergency, without findings or in another's role.
    :raises PermissionDenied: with the sentence to show.
    """
    locked, version = _locked(decision)
    check_user_can_look_back(by, version)
    if role not in reviewing_roles(by, locked.organisation_id):
        raise UnableToReview("Choose a role you hold.")
    if LookBack.objects.filter(decision=locked).exists() or shown_of(locked) != shown:
        raise ReviewIsStale
    if locked.look_back_due is None:
        raise UnableToReview("This was no emergency, so there is nothing to look back at.")
    if not findings.strip():
        raise UnableToReview("Say what you found.")
    made = LookBack.objects.create(
        decision=locked,
        version=version,
        found=found,
        findings=findings,
        to_change=to_change,
        shown=shown,
        looked_by=by,
        looked_as=role,
        in_place_of=_in_place_of(by, locked, role),
        looked_at=at,
    )
    locked.look_back_due = None
    locked.save(update_fields=["look_back_due"])
    _record(DecisionEvent.LOOKED_BACK, locked, made, by, at, found=str(found), shown=shown)
    return made
