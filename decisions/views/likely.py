"""Is this the same person, or the same request? Asked before saving, or after an emergency.

Only what the user may see anyway is ever pointed at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from decisions.forms.people import PersonFields
from decisions.forms.requests import RequestForm
from decisions.models import Decision, Request
from decisions.presenters.people import same_choices, same_hints
from decisions.presenters.requests import earlier_choices
from decisions.queries import requests_like
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import today
from infosharing.cases.models import Case, Person
from infosharing.cases.queries import Alike, alike, alike_to_those_in


@dataclass(frozen=True)
class Likely:
    """Who of a matter may be somebody known, and which earlier request it may be."""

    people: list[tuple[Person, list[Alike]]]
    requests: list[Request]

    @property
    def anything(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.people or self.requests)


def likely_already(user: User, decision: Decision) -> Likely:
    """Return what is worth asking about a matter that is recorded already; three queries.

    Only what the user may see, and nothing that somebody has answered.
    """
    request = decision.request
    people = alike_to_those_in(user, decision.case)
    cases = {case.pk: case for _person, found in people for one in found for case in one.cases}
    typed = {
        "requester_name": request.requester_name,
        "purpose": request.purpose,
        "asked_for": request.asked_for,
    }
    cases[decision.case_id] = decision.case
    return Likely(people, requests_like(user, cases.values(), typed, besides=request))


F = TypeVar("F", bound=PersonFields)
G = TypeVar("G", bound=RequestForm)


def asking_about_person(
    user: User,
    place: Organisation,
    make: Callable[..., F],
    *,
    offer_cases: bool = False,
    not_in: Case | None = None,
) -> tuple[F, dict[str, Alike]]:
    """Return the posted form, with the question where it is worth asking, and who is meant.

    ``make`` makes the form from what was posted; the people are given by their public id.
    """
    form = make()
    form.is_valid()
    typed = form.described()
    found = alike(user, place, typed, not_in=not_in) if typed.name or typed.upn else []
    if not found:
        return form, {}
    asking = make(
        known=same_choices(found, today(), offer_cases=offer_cases), known_hints=same_hints(found)
    )
    return asking, {one.person.public_id: one for one in found}


def asking_about_request(
    user: User, cases: Iterable[Case], make: Callable[..., G]
) -> tuple[G, dict[str, Request]]:
    """Return the posted form, with the question where a request like it is there already."""
    form = make()
    form.is_valid()
    found = requests_like(user, cases, form.cleaned_data)
    if not found:
        return form, {}
    return make(earlier=earlier_choices(found)), {one.public_id: one for one in found}
