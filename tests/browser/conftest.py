"""A live server with the cast, and people at their browsers."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.audit.support import setting_up
from tests.browser.visitor import CHECKED, Visitor
from tests.people import PASSWORD, Cast, make_cast

# Playwright keeps an event loop in the thread of the tests; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--headless", "--disable-background-networking"],
    }


@pytest.fixture(autouse=True, scope="session")
def _pages_alike_are_looked_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of a run know what another has looked at."""
    own = tmp_path_factory.getbasetemp()
    CHECKED.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shapes"
    CHECKED.folder.mkdir(exist_ok=True)


@pytest.fixture
def cast(transactional_db) -> Cast:
    """The cast, committed, so that the live server sees it."""
    with setting_up():
        return make_cast()


@pytest.fixture
def visit(live_server, cast, browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that seats somebody at a browser of their own, signed in."""
    contexts = []
    visitors: list[Visitor] = []

    def seat(
        name: str = "", *, scripts: bool = True, width: int = 1280, checks: bool = True
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), live_server.url, checks=False)
        visitors.append(visitor)
        if name:
            visitor.signs_in(name, PASSWORD)  # its page is checked by its own tests, once
        visitor.checks = checks and scripts
        if name and visitor.checks:
            visitor.finds_the_page_accessible()
        return visitor

    yield seat
    for context in contexts:
        context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
