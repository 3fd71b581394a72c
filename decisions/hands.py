"""Who had a hand in a decision, and so never reviews it (R57): said here alone."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from decisions.models import Advice, DraftEditor
from infosharing.accounts.models import User


def edited_or_advised(decision: Any, user: Any) -> Q:
    """Return whether a user edited any draft of a decision or advised on it; both may be outer.

    Whoever signed a version had edited its draft.
    """
    edited = DraftEditor.objects.filter(draft__decision=decision, user=user)
    advised = Advice.objects.filter(decision=decision, given_by=user)
    return Q(Exists(edited)) | Q(Exists(advised))


def had_a_hand(user: User) -> Q:
    """Return what is true of decisions that a user began, edited, signed or advised on."""
    return Q(signed_by=user) | Q(started_by=user) | edited_or_advised(OuterRef("pk"), user)
