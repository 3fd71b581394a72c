"""Who had a hand in a decision, and so never reviews it (R57): said here alone."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from decisions.models import Advice, DraftEditor, MayHaveAdvised, Review
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import REVIEWING


def edited_or_advised(decision: Any, user: Any) -> Q:
    """Return whether a user edited any draft of a decision or advised on it; both may be outer.

    Whoever signed a version had edited its draft. Advice that somebody reported is theirs whose
    name stands there, however it was typed: see ``MayHaveAdvised``.
    """
    edited = DraftEditor.objects.filter(draft__decision=decision, user=user)
    advised = Advice.objects.filter(given_by=user, decision=decision)
    named = MayHaveAdvised.objects.filter(user=user, advice__decision=decision)
    return Q(Exists(edited)) | Q(Exists(advised)) | Q(Exists(named))


def own_hand(user: User) -> Q:
    """Return what is true of decisions that a user began, edited, signed or advised on."""
    return Q(signed_by=user) | Q(started_by=user) | edited_or_advised(OuterRef("pk"), user)


def had_a_hand(user: User) -> Q:
    """Return what is true of decisions that a user had a hand in, or whom they only stand in for.

    Somebody who reviews at a place only while they stand in for others has the hand of those
    too: nobody has a decision of theirs reviewed by the deputy they named.
    """
    found = own_hand(user)
    for other, places in only_in_place_of(user):
        found |= Q(organisation__in=places) & own_hand(other)
    return found


def only_in_place_of(user: User) -> list[tuple[User, list[int]]]:
    """Return for whom a user stands in, with the places where they review in no other right."""
    stand = standing(user)
    own = {one.pk for one in stand.organisations_with(REVIEWING, own=True)}
    found = []
    for other in stand.stands_in_for:
        held = stand.organisations_with(REVIEWING, standing_in=other)
        places = [one.pk for one in held if one.pk not in own]
        if places:
            found.append((other, places))
    return found


def reviewed_first(version: Any, user: Any) -> Q:
    """Return whether somebody was the first to review a version; both may be outer."""
    return Q(Exists(Review.objects.filter(version=version, reviewer=user)))


def reviewed_by(user: User) -> Q:
    """Return what is true of decisions that a user reviewed first, or whom they only act for."""
    found = Q(version__review__reviewer=user)
    for other, places in only_in_place_of(user):
        found |= Q(organisation__in=places, version__review__reviewer=other)
    return found
