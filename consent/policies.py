"""What the state of a consent record allows; knows no user."""

from datetime import date

from consent.enums import Status, Step
from consent.models import ConsentRecord, ConsentStep


class UnableToWithdraw(Exception):
    """The record cannot be withdrawn; the message says why."""


def check_can_withdraw(consent: ConsentRecord, on: date) -> None:
    """Only a yes is withdrawn, once, and not before it was said (guide.md section 3).

    :raises UnableToWithdraw: with the sentence to show.
    """
    if consent.status != Status.GIVEN:
        raise UnableToWithdraw("Only a yes can be withdrawn. Record what was said as a new answer.")
    if hasattr(consent, "withdrawal"):
        raise UnableToWithdraw("This consent has been withdrawn already.")
    if on < consent.said_on:
        raise UnableToWithdraw("The withdrawal cannot be dated before the consent.")


def can_withdraw(consent: ConsentRecord, on: date) -> bool:
    """Return whether ``check_can_withdraw`` lets the record through."""
    try:
        check_can_withdraw(consent, on)
    except UnableToWithdraw:
        return False
    return True


class UnableToFollow(Exception):
    """The question is no longer open; the message says why."""


def check_is_open(step: ConsentStep) -> None:
    """Let only a question through that nobody has answered, repeated or given up.

    :raises UnableToFollow: with the sentence to show.
    """
    if step.kind not in (Step.TO_ASK, Step.ASKED):
        raise UnableToFollow("Nobody was asked, so there is no answer.")
    if step.answers.exists():
        raise UnableToFollow("An answer to this is recorded already.")
    if step.followed_by.exists():
        raise UnableToFollow("Something later is recorded about this question already.")


class UnableToReview(Exception):
    """A yes cannot be looked at again; the message says why."""


def check_can_review(consent: ConsentRecord, on: date) -> None:
    """Only a continuing yes that still holds is looked at again (R33).

    :raises UnableToReview: with the sentence to show.
    """
    if not consent.continuing:
        raise UnableToReview("Only a continuing yes is looked at again.")
    if hasattr(consent, "withdrawal"):
        raise UnableToReview("This consent has been withdrawn.")
    if consent.until and consent.until < on:
        raise UnableToReview("This consent has run out. Ask again.")


def can_review(consent: ConsentRecord, on: date) -> bool:
    """Return whether ``check_can_review`` lets the record through."""
    try:
        check_can_review(consent, on)
    except UnableToReview:
        return False
    return True
