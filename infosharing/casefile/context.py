"""What stands around every page: who is signed in, where to, and how much is theirs to do."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from infosharing.access import before
from infosharing.accounts.models import User
from infosharing.accounts.queries import Standing, standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, Role, acting_words, in_order, words
from infosharing.casefile.figures import MANAGING
from infosharing.casefile.queries import to_do
from infosharing.journeys.templatetags.british import british_date


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return what ``base.html`` puts around a page; one query beside the user's memberships.

    Without a user, or while the database does not answer, only what needs neither.
    """
    found: dict[str, Any] = {"demonstration": settings.DEMONSTRATION}
    try:
        user = getattr(request, "user", None)
        if isinstance(user, User):
            return found | _of(user, request)
    except DatabaseError:
        return found
    return found


def _of(user: User, request: HttpRequest) -> dict[str, Any]:
    stand = standing(user)
    own = [one for one in stand.memberships if one.in_place_of is None]
    roles = in_order(membership.role for membership in own)
    return {
        "nav": _nav(stand, request),
        "organisation_name": ", ".join(
            dict.fromkeys(membership.organisation.name for membership in stand.memberships)
        ),
        "person_name": user.name,
        "role_name": ", ".join([*map(words, roles), *_standing_in(stand)]),
        "footer_links": _footer(stand),
        "typed_before": before.offered(request),
        "emergency_url": reverse("decisions:emergency") if stand.has(RECORDING) else "",
    }


def _standing_in(stand: Standing) -> list[str]:
    """Return in whose place somebody acts, and until when."""
    return [
        f"{acting_words(one.role, one.in_place_of.name)} until {british_date(one.ends_on)}"
        for one in stand.memberships
        if one.in_place_of is not None
    ]


def _nav(stand: Standing, request: HttpRequest) -> list[dict[str, Any]]:
    works = stand.has(RECORDING)
    items: list[tuple[str, str, int]] = []
    if works:
        items.append(("Yours to do", "casefile:home", _count(stand, request)))
        items.append(("Requests", "decisions:requests", 0))
        items.append(("Decisions", "decisions:decisions", 0))
        items.append(("Cases", "casefile:cases", 0))
    elif stand.has({Role.AUDITOR}):
        items.append(("Requests", "decisions:requests", 0))
        items.append(("Decisions", "decisions:decisions", 0))
        items.append(("Cases", "casefile:cases", 0))
    if stand.has(OVERSEEING):
        items.append(("Figures", "casefile:figures", 0))
    elif stand.has(MANAGING):
        items.append(("Figures", "casefile:figures-summary", 0))
    if stand.has({Role.ADMINISTRATOR}):
        items.append(("Members", "access:members", 0))
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": request.path == reverse(name),
            "count": count,
        }
        for label, name, count in items
    ]


def _count(stand: Standing, request: HttpRequest) -> int:
    """Return the number beside "Yours to do"; home has asked already and left its answer."""
    known: int | None = getattr(request, "how_much_to_do", None)
    return how_much_to_do(stand.user) if known is None else known


def how_much_to_do(user: User) -> int:
    """Return how much is a user's to do now, counted up to a limit; one query at the most."""
    return to_do(user).how_many(timezone.now())


def _footer(stand: Standing) -> list[dict[str, str]]:
    links = [{"label": "Change your password", "url": reverse("account_change_password")}]
    if stand.has(OVERSEEING):
        links.insert(0, {"label": "PDFs you asked for", "url": reverse("casefile:exports")})
    if stand.has(RECORDING):
        links.insert(0, {"label": "Practise without a case", "url": reverse("decisions:practice")})
        links.insert(0, {"label": "Contacts", "url": reverse("casefile:contacts")})
    if stand.has({Role.DSL}):
        links.insert(0, {"label": "Who stands in for you", "url": reverse("access:stand_ins")})
    return links
