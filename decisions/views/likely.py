"""Asked before anything is saved: is this the same person, or the same request? (R1, R4)

Only what the user may see anyway is ever pointed at.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from decisions.forms.people import PersonFields
from decisions.forms.requests import RequestForm
from decisions.models import Request
from decisions.presenters.people import same_choices, same_hints
from decisions.presenters.requests import earlier_choices
from decisions.queries import requests_like
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import today
from infosharing.cases.models import Case
from infosharing.cases.queries import Alike, alike

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
