"""What the state of a consent record allows; knows no user."""

from datetime import date

from consent.enums import Status
from consent.models import ConsentRecord


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
