"""What the machine of ``orders.py`` knows: where it stands, what is typed, what must follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.test import Client

from consent.models import ConsentRecord
from decisions.models import Decision, Draft, DraftEditor, DraftPage, Request, SignedVersion
from infosharing.accounts.models import Membership, Organisation, User
from infosharing.cases.models import Case, CaseAccess, Person

Place = tuple[str, int]
GONE = ("gone", "")
# What no form of the wizard has, to be sent with it.
EXTRA = {
    "id": "1",
    "pk": "1",
    "draft": "1",
    "draft_id": "1",
    "decision": "1",
    "case": "1",
    "organisation_id": "1",
    "saved_by": "1",
    "signed_by": "1",
    "closed_at": "2020-01-01",
    "state": "signed",
    "removed": "on",
    "typed": "{}",
    "index": "9",
    "page": "rules",
}


@dataclass(frozen=True)
class World:
    """What stands before anything is done: our draft, and one of a stranger."""

    draft: Draft
    foreign: Draft
    person: Person
    foreign_person: Person
    tabs: dict[str, Client]
    stranger: Client


def typed_on(world: World, place: Place, how: str, words: str) -> dict[str, str]:
    """What somebody types on a page: in order, with an answer left out, or with a forged one."""
    right: dict[str, dict[str, str]] = {
        "purpose": {"answer_purpose": "yes", "note_purpose": words},
        "outcome": {"outcome": "share", "reasons": words},
        "item": {
            "what": words,
            "nature": "fact",
            "source_checked": "yes",
            "handling": "share",
            "about": world.person.public_id,
        },
        "recipient": {
            "name": "Jo Hart",
            "method": "secure_email",
            "need_to_know": "yes",
            "told_confidential": "yes",
            "intended_use": words,
        },
        "no-consent": {
            "no_consent_because": words,
            "no_consent_reason": "would_prejudice_protection",
        },
    }
    spoilt = {
        "purpose": ("answer_purpose", "perhaps"),
        "outcome": ("outcome", "sign_it_for_me"),
        "item": ("nature", "whatever"),
        "recipient": ("method", "pigeon"),
        "no-consent": ("no_consent_reason", world.foreign_person.public_id),
    }
    fields = dict(right[place[0]])
    name, forged = spoilt[place[0]]
    if how == "wrong":
        fields[name] = ""
    elif how == "forged":
        fields |= {name: forged, "people": world.foreign_person.public_id, **EXTRA}
    return fields


@dataclass
class Page:
    """What must stand on a page: its version, and how and with which words it was filled in."""

    version: int
    content: tuple[str, str]
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A form that somebody has sent, to be sent again as it was."""

    tab: str
    path: str
    fields: dict[str, Any]
    expect: Callable[[], "Expected"]


def unchanged() -> None:
    """Nothing stands in the draft that did not stand there before."""


@dataclass(frozen=True)
class Expected:
    """What is going on, what must be answered, and what must then stand in the draft."""

    what: str
    status: set[int]
    then: Callable[[], None] = unchanged
    shows: tuple[str, ...] = ()


def token_in(text: str) -> str:
    """Return the token of the last form of a page, which is the one that is filled in."""
    found = re.findall(r'name="once" value="([A-Za-z0-9_-]{22})"', text)
    return str(found[-1]) if found else ""


def rows_of(world: World) -> dict[str, Any]:
    """Everything that belongs to somebody else, or that nothing here may change."""
    ours = world.draft.decision
    queries: list[models.QuerySet[Any]] = [
        DraftPage.objects.exclude(draft__decision=ours),
        Draft.objects.exclude(decision=ours),
        Decision.objects.exclude(pk=ours.pk),
        DraftEditor.objects.exclude(draft__decision=ours),
        SignedVersion.objects.exclude(decision=ours),
        Request.objects.all(),
        Case.objects.all(),
        CaseAccess.objects.all(),
        Person.objects.all(),
        ConsentRecord.objects.all(),
        Membership.objects.all(),
        User.objects.all(),
        Organisation.objects.all(),
    ]
    return {query.model.__name__: list(query.order_by("pk").values()) for query in queries}


PROSE = ("note_purpose", "reasons", "what", "intended_use", "no_consent_because")


def held(typed: dict[str, list[str]], fields: dict[str, str], place: Place) -> None:
    """Assert that a page holds what was typed, and nothing that was forged beside its fields."""
    for name, value in fields.items():
        if name in typed:
            assert typed[name] == [value], ("a text was not kept", place, name)
        else:
            assert name not in PROSE, ("a text was not kept", place, name)
    assert not set(typed) & set(EXTRA), ("what was forged was kept", place)
