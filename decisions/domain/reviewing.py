"""Reviewing a signed version: agree, or return it with what to change (R57)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from decisions.enums import ReviewOutcome, ReviewState
from decisions.events import DecisionEvent
from decisions.models import Decision, Review, ReviewQuestion
from decisions.permissions import check_user_can_review, reviewing_roles
from decisions.policies import check_is_signed
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record


class UnableToReview(Exception):
    """The review cannot be recorded like this; the message says why."""


class ReviewIsStale(Exception):
    """A newer version was signed, or somebody reviewed this one, since the page was shown."""


@dataclass(frozen=True)
class Asked:
    """A reviewer's question: which part of the record it is about, and the page that changes it."""

    words: str
    place: str
    page: str = ""
    index: int = 0


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
) -> Review:
    """Review the version in force; ``shown`` is the digest of what the reviewer read.

    With a version that is returned go questions about its parts: a new version is not signed
    before each is answered. It never holds up what is sent. Nobody reviews what
    they wrote, edited, signed or advised on.

    :raises ReviewIsStale: when what was shown is not what is in force and unreviewed.
    :raises UnableToReview: when it is returned without saying what to change, agreed with
        questions, or in another's role.
    :raises PermissionDenied: with the sentence to show.
    """
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    version = check_is_signed(locked)
    check_user_can_review(by, version)
    if role not in reviewing_roles(by, locked.organisation_id):
        raise UnableToReview("Choose a role you hold.")
    if version.digest != shown or Review.objects.filter(version=version).exists():
        raise ReviewIsStale
    if outcome == ReviewOutcome.RETURNED and not words.strip():
        raise UnableToReview("Say what to change.")
    if outcome == ReviewOutcome.AGREED and questions:
        raise UnableToReview("You agree and ask questions: return it, or take them out.")
    made = Review.objects.create(
        version=version,
        outcome=outcome,
        words=words,
        shown=shown,
        reviewer=by,
        reviewed_as=role,
        reviewed_at=at,
    )
    for number, asked in enumerate(questions, start=1):
        ReviewQuestion.objects.create(
            review=made,
            number=number,
            page=asked.page,
            index=asked.index,
            place=asked.place,
            words=asked.words,
        )
    locked.review_state = (
        ReviewState.AGREED if outcome == ReviewOutcome.AGREED else ReviewState.RETURNED
    )
    locked.save(update_fields=["review_state"])
    record(
        DecisionEvent.REVIEWED,
        by=by,
        at=at,
        organisation=locked.organisation,
        case=locked.case,
        about=made,
        details={"outcome": str(outcome), "digest": shown, "questions": len(questions)},
    )
    return made
