"""Every address that answers a GET: no violation that axe knows, and no sideways scroll at 320."""

import pytest
from django.urls import reverse

from infosharing.accounts.roles import Role
from tests.access.table import TABLE
from tests.access.world import make_world

pytestmark = pytest.mark.browser

DRAFT_PAGES = (
    *("people", "danger", "purpose", "identifying", "harm", "consent", "grounds", "rules"),
    *("outcome", "item", "questions-right_to_share"),
)

# Plain text for whatever watches the server; a download, which is no page.
NO_PAGES = {"access:health", "casefile:document"}


def pages_of(person: str) -> list[str]:
    """The addresses that this person is shown, each given to one person of the cast."""
    found = []
    for name, row in TABLE.items():
        if name in NO_PAGES:
            continue
        shown = str((row.get or {}).get(200, "")).split()
        first = next((one for one in ("dsl", "staff", "admin", "colleague") if one in shown), "")
        if first == person:
            found.append(name)
    return found


@pytest.mark.parametrize("person", ["dsl", "staff", "admin", "colleague"])
def test_every_page_is_accessible_and_fits_a_phone(person, visit, cast):
    world = make_world(cast, decider=cast.head, role=Role.HEAD, asked=cast.colleague)
    arguments = world.arguments
    somebody = visit(person)
    for name in pages_of(person):
        query = TABLE[name].query.format(person=world.person.public_id)
        somebody.opens(reverse(name, kwargs=arguments.get(name, {})) + query)
    if person == "dsl":
        for page in DRAFT_PAGES:
            somebody.opens(reverse("decisions:draft-page", args=[world.draft.public_id, page]))
    assert somebody.pages > 1
