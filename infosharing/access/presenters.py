"""Members, invitations and checklists as the pages show them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from infosharing.accounts.models import Invitation, Membership, User
from infosharing.accounts.roles import acting_words, words
from infosharing.guidance.loading import SHIPPED, shipped_packs
from infosharing.guidance.pack import Pack
from infosharing.journeys.templatetags.british import british_date

HELD = ("Name", "Role", "First day", "Last day", "Change")
ENDED = ("Name", "Role", "First day", "Last day")
INVITED = ("Name", "Role", "Invited", "Link works until", "Change")


def _link(name: str, public_id: str, text: str, rest: str) -> dict[str, Any]:
    hidden = format_html('{}<span class="govuk-visually-hidden"> {}</span>', text, rest)
    return {"url": reverse(name, kwargs={"public_id": public_id}), "text": hidden}


def held_rows(memberships: Iterable[Membership], by: User, on: date) -> list[list[Any]]:
    """Return roles that hold or are to begin; one's own cannot be ended."""
    rows: list[list[Any]] = []
    for membership in memberships:
        user = membership.user
        other = membership.in_place_of
        role = acting_words(membership.role, other.name if other else "")
        name: dict[str, Any] = {"text": user.name, "hint": user.username}
        first: Any = british_date(membership.starts_on)
        if membership.starts_on > on:
            first = {"text": first, "hint": "Has not begun"}
        end: Any = "You"
        if other is not None:
            end = {"url": reverse("access:stand_ins"), "text": "Who stands in"}
        elif user.pk != by.pk:
            end = _link("access:end_role", membership.public_id, "End", f"{role} of {user.name}")
        rows.append([name, role, first, british_date(membership.ends_on) or "Open", end])
    return rows


def ended_rows(memberships: Iterable[Membership]) -> list[list[Any]]:
    """Return roles that have ended; one that never began says so."""
    rows: list[list[Any]] = []
    for membership in memberships:
        ends_on = membership.ends_on
        never = ends_on is not None and ends_on < membership.starts_on
        rows.append(
            [
                {"text": membership.user.name, "hint": membership.user.username},
                acting_words(
                    membership.role, membership.in_place_of.name if membership.in_place_of else ""
                ),
                british_date(membership.starts_on),
                "Ended on or before the first day" if never else british_date(ends_on),
            ]
        )
    return rows


def invited_rows(invitations: Iterable[Invitation], at: datetime) -> list[list[Any]]:
    """Return open invitations, and those that have run out."""
    rows: list[list[Any]] = []
    for invitation in invitations:
        until: dict[str, Any] = {"text": british_date(invitation.expires_at)}
        if not invitation.is_open(at):
            until = {"tag": "Run out", "colour": "grey", "hint": until["text"]}
        made_by = {"text": british_date(invitation.made_at), "hint": invitation.made_by.name}
        rows.append(
            [
                {"text": invitation.name, "hint": invitation.email},
                words(invitation.role),
                made_by,
                until,
                _link(
                    "access:withdraw_invitation",
                    invitation.public_id,
                    "Withdraw",
                    f"the invitation of {invitation.name}",
                ),
            ]
        )
    return rows


def checklist_name(code: str) -> str:
    """Return what a checklist is called."""
    pack = shipped_packs().get(code)
    return pack.title if pack else code


def checklists() -> list[tuple[str, str, str]]:
    """Return code, title and what there is to know of each checklist that ships."""
    return [(code, pack.title, _about(pack)) for code, pack in shipped_packs().items()]


def _about(pack: Pack) -> str:
    until = f"to {british_date(pack.in_force_until)}" if pack.in_force_until else "with no end set"
    held = f"In force from {british_date(pack.in_force_from)} {until}."
    default = " Chosen where nothing else is." if pack.code == SHIPPED[0] else ""
    return f"{pack.name}. {held} Source: {pack.source.name}. {pack.source.note}{default}"
