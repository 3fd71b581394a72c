"""Tables that go by a closed list have a line for every member of it."""

import enum
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

from infosharing.access.declared import Access, has_access

# Tables that mean to have fewer lines, each with the reason.
PARTIAL = {
    "infosharing.accounts.roles._GUIDE_ROLES": "the others are called the same by the guide",
    "decisions.presenters.records.REVIEW_COLOURS": "a colour beside words; grey otherwise",
    "decisions.offering._METHODS": "an e-mail address serves several ways: none is filled in",
    "decisions.views.wizard_lists.COLOURS": "a colour beside words; none otherwise",
    "decisions.views.wizard_lists.HANDLED": "what goes out whole bears no mark",
}


def modules() -> Iterator[Any]:
    for name in ("infosharing", "decisions", "consent"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            skipped = (".migrations", ".management", ".settings", ".wsgi", ".backends.")
            if not any(part in f"{found.name}." for part in skipped):
                yield importlib.import_module(found.name)


def tables() -> Iterator[tuple[str, dict[Any, Any]]]:
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, dict) and value and not name.startswith("__"):
                kinds = {type(key) for key in value}
                if len(kinds) == 1 and issubclass(next(iter(kinds)), enum.Enum):
                    yield f"{module.__name__}.{name}", value


def test_every_table_that_goes_by_an_enum_has_all_its_members():
    short = {}
    for name, table in tables():
        missing = set(type(next(iter(table)))) - set(table)
        if missing:
            short[name] = missing
    assert set(short) == set(PARTIAL)


@pytest.mark.parametrize("access", list(Access))
def test_every_kind_of_access_is_decided_for_everybody_and_has_its_sentence(cast, access):
    for user in cast.everybody().values():
        assert has_access(user, access) in (True, False)
    assert bool(access.value) is (access is not Access.PUBLIC)
