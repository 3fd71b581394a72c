"""Forms filled in and ready to be sent, each with how often it has acted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from decisions.models import Decision, DraftPage, SignedVersion
from tests.decisions.test_emergency import TYPED
from tests.failures.person import Answer, Person, words
from tests.failures.running import Running


@dataclass
class Sending:
    """A form that somebody has filled in, and how often it has acted."""

    person: Person
    path: str
    fields: dict[str, Any]
    typed: str
    acted: Callable[[], int]

    def send(self, fields: dict[str, str] | None = None) -> Answer:
        return self.person.post(self.path, fields or self.fields)


def a_page(running: Running) -> Sending:
    """A page of the wizard, with as much as it takes."""
    draft, person, typed = running.a_draft(), running.dsl(), words()
    path = reverse("decisions:draft-page", args=[draft.public_id, "outcome"])
    hidden = person.get(path).form(path).fields
    return Sending(
        person,
        path,
        {**hidden, "outcome": "share", "reasons": typed},
        typed,
        DraftPage.objects.filter(draft=draft, typed__reasons__0=typed).count,
    )


def a_signature(running: Running) -> Sending:
    """A draft that is complete, as it stands on the page where it is signed."""
    draft, person = running.a_draft(complete=True), running.dsl()
    path = reverse("decisions:draft-sign", args=[draft.public_id])
    shown = person.get(reverse("decisions:draft-check", args=[draft.public_id]))
    hidden = shown.form(path).fields
    assert hidden["seen"]
    return Sending(person, path, hidden, "", SignedVersion.objects.filter(draft=draft).count)


def an_emergency(running: Running) -> Sending:
    """Everything in one page and one act: case, person, request, decision, signature."""
    person, typed = running.dsl(), words()
    path = reverse("decisions:emergency")
    hidden = person.get(path).form(path).fields
    return Sending(
        person,
        path,
        {**hidden, **TYPED, "who": "new", "why": typed},
        typed,
        Decision.objects.filter(case__summary=typed).count,
    )
