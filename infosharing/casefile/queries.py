"""What is somebody's to do, over every app and everything they may see (docs/map.md "Due")."""

from datetime import datetime
from typing import Final

from consent import due as consent
from decisions import due as decisions
from infosharing.accounts.models import User
from infosharing.cases.due import Due, Source, gather, how_many

LIMIT: Final = 100


def _sources(user: User) -> list[Source]:
    """Return what every app knows to be done, the most pressing kinds first: one line an app."""
    return [
        *decisions.sources(user),
        *consent.sources(user),
    ]


def to_do(user: User, now: datetime) -> list[Due]:
    """Return what is a user's to do, in the order in which it is shown.

    At most ``LIMIT`` + 1, so that a page can say that there is more. Two queries; none for
    somebody who records nothing.
    """
    return gather(_sources(user), now, LIMIT + 1)


def how_much_to_do(user: User) -> int:
    """Return how much is a user's to do, counted up to ``LIMIT`` + 1; one query at the most."""
    return how_many(_sources(user), LIMIT + 1)
