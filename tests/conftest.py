"""What every test stands on: the cast, signed-in clients, plain static files."""

import gc
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, SimpleTestCase

from tests.audit.support import flush_allowed
from tests.people import Cast, make_cast
from tests.tools import scheduling

# Files whose tests take many seconds each: were one the last, every other worker would wait.
LONG = re.compile(
    r"tests/(?:failures/|access/test_(?:walk|acronyms|links)|casefile/test_(?:bulk|demonstration"
    r"|exports_worker)|guidance/test_properties|browser/test_(?:every_page|main_job|dsl_monday))"
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> scheduling.Scheduling:
    """What is made once for a file is made by one worker."""
    return scheduling.Scheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long comes first; and what asks no database anything is not asked of two."""
    items.sort(key=lambda item: (_commits(item), not LONG.match(item.nodeid)))
    if connection.vendor != "postgresql":
        return
    kept = [item for item in items if _asks_a_database(item)]
    left_out = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def pytest_collection_finish() -> None:
    """What is there now stays: the collector of garbage need not look through it again and again.

    Tests make much that is soon gone and little that goes in circles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _commits(item: Any) -> bool:
    """Whether its tables are emptied afterwards: these come last, as pytest-django has it."""
    mark = item.get_closest_marker("django_db")
    return bool(
        {"transactional_db", "live_server"}.intersection(item.fixturenames)
        or (mark is not None and mark.kwargs.get("transaction"))
    )


def _asks_a_database(item: Any) -> bool:
    own = getattr(item, "cls", None)
    return (
        bool({"db", "transactional_db"}.intersection(item.fixturenames))
        or item.get_closest_marker("django_db") is not None
        or (isinstance(own, type) and issubclass(own, SimpleTestCase))
    )


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """No collectstatic before tests; the manifest is checked by its own test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Quick, as many sign in; Argon2id is checked by its own test.
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(autouse=True)
def _documents_of_their_own(settings, tmp_path_factory):
    """Documents go to a folder of the test run, made when the first arrives."""
    settings.DOCUMENTS_DIR = tmp_path_factory.getbasetemp() / "documents"
    settings.EXPORTS_DIR = tmp_path_factory.getbasetemp() / "exports"


@pytest.fixture
def cast(db) -> Cast:
    """A trust, its school with everybody in it, and a stranger in another school."""
    return make_cast()


@pytest.fixture(params=[500, 0], ids=["few", "many"])
def found_either_way(request, monkeypatch):
    """Look words up by their index, and along the list as for words that stand everywhere."""
    monkeypatch.setattr("infosharing.search.queries.MANY", request.param)


@pytest.fixture
def sign_in():
    """Return a function that gives a client signed in as a user."""

    def _sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return _sign_in


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    """Let tests that commit empty their tables afterwards, although these are append-only."""
    with flush_allowed():
        yield
