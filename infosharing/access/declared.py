"""The second lock: a view says who may use it and what it shows, or nobody may use it.

The first lock is Django's ``LoginRequiredMiddleware``; the third is each app's
``queries.access_x``, the only door to an object (docs/map.md, assurance.md A1).
"""

import enum
from collections.abc import Callable
from typing import Any, TypeVar, assert_never

from django.contrib.auth.decorators import login_not_required

from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, REVIEWING, Role


class Access(enum.Enum):
    """Kinds of people, each with the sentence that everybody else is given."""

    PUBLIC = ""
    SIGNED_IN = "You need to sign in."
    READER = "This page is for people who work on cases or audit them."
    STAFF = "This page is for people who record requests and decisions."
    OVERSEER = "This page is for the safeguarding leads, the head, data protection and auditors."
    MANAGING = "Figures without the cases are for heads and managers."
    REVIEWER = "Reviews are for the safeguarding leads, the head and the data protection lead."
    DEPUTISING = "Who stands in for a safeguarding lead is said by that lead or the administrator."
    ADMINISTRATOR = "Members and roles are looked after by your administrator."


class Shows(enum.Enum):
    """What a page shows of the record; anything but nothing must be logged before it is sent."""

    NOTHING = "nothing"
    LIST = "list"
    RECORD = "record"


View = TypeVar("View", bound=Callable[..., Any])


class Declaration:
    """What one view declared."""

    __slots__ = ("access", "shows")

    def __init__(self, access: Access, shows: Shows) -> None:
        self.access = access
        self.shows = shows


def requires(access: Access, *, shows: Shows = Shows.NOTHING) -> Callable[[View], View]:
    """Say who may use a view and what it shows. A view without this is 404 for everyone.

    :raises TypeError: for anything that is not an ``Access`` and a ``Shows``.
    """
    given: tuple[object, object] = (access, shows)
    if not (isinstance(given[0], Access) and isinstance(given[1], Shows)):
        raise TypeError(f"requires() needs Access and Shows members, got {access!r}, {shows!r}")

    def mark(view: View) -> View:
        if access is Access.PUBLIC:
            view = login_not_required(view)
        view.declaration = Declaration(access, shows)  # type: ignore[attr-defined]
        return view

    return mark


def declared(view: Any) -> Declaration | None:
    """Return what a view declared; on the function itself, so a wrapper must say it again."""
    found = vars(view).get("declaration") if hasattr(view, "__dict__") else None
    return found if isinstance(found, Declaration) else None


def has_access(user: Any, access: Access) -> bool:
    """Return whether a user is of a kind; roles are looked up anew for every request."""
    if access is Access.PUBLIC:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    holds = standing(user).has
    match access:
        case Access.SIGNED_IN:
            return True
        case Access.READER:
            return holds(RECORDING | {Role.AUDITOR})
        case Access.STAFF:
            return holds(RECORDING)
        case Access.OVERSEER:
            return holds(OVERSEEING)
        case Access.MANAGING:
            return holds({Role.HEAD, Role.MANAGER})
        case Access.REVIEWER:
            return holds(REVIEWING)
        case Access.DEPUTISING:
            return holds({Role.DSL, Role.ADMINISTRATOR})
        case Access.ADMINISTRATOR:
            return holds({Role.ADMINISTRATOR})
        case _:
            assert_never(access)
