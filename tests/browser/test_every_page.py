"""Every address that answers a GET: no violation that axe knows, and no sideways scroll at 320."""

import pytest
from django.urls import reverse

from infosharing.accounts.roles import Role
from tests.access.table import DRAFT_PAGES, READING, TABLE, pages_of
from tests.access.world import make_world

pytestmark = pytest.mark.browser

PARTS = {"dsl": 3}  # in which the pages of who has many are looked at


@pytest.mark.parametrize(
    ("person", "part"), [(one, part) for one in READING for part in range(PARTS.get(one, 1))]
)
def test_every_page_is_accessible_and_fits_a_phone(person, part, visit, cast):
    world = make_world(cast, decider=cast.head, role=Role.HEAD, asked=cast.colleague)
    somebody = visit(person)
    for name in pages_of(person)[part :: PARTS.get(person, 1)]:
        query = TABLE[name].query.format(person=world.person.public_id)
        somebody.opens(reverse(name, kwargs=world.arguments.get(name, {})) + query)
    if (person, part) == ("dsl", 0):
        for page in DRAFT_PAGES:
            somebody.opens(reverse("decisions:draft-page", args=[world.draft.public_id, page]))
    assert somebody.pages > 1
