"""The look is tested without requests: pages are rendered, and served from memory to Chromium."""

import mimetypes

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.look.pages import all_pages
from tests.look.support import ROOT

ADDRESS = "http://look.test"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# govuk-frontend's own script sets aria-expanded on radio buttons that reveal something.
ALLOWED = {("aria-allowed-attr", ".govuk-radios__input[aria-controls]")}


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tests.look.urls"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--headless"],
    }


class Site:
    """Shows rendered pages in Chromium under the policy that production sends."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.pages = all_pages()
        self.complaints: list[str] = []
        self.contexts = []

    def open(self, name: str, *, width: int = 1280, scripts: bool = True, fragment: str = ""):
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(f"{name}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
        page.route("**/*", self._answer)
        page.goto(f"{ADDRESS}/{name}{fragment}")
        return page

    def _answer(self, route) -> None:
        address = route.request.url
        path = address.removeprefix(ADDRESS).split("?")[0].split("#")[0]
        if not address.startswith(ADDRESS):
            self.complaints.append(f"asked for {address}")
            route.abort()
        elif path.startswith("/static/"):
            file = ROOT / path[1:]
            kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            html = self.pages[path[1:]]
            headers = {"Content-Security-Policy": CSP}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)


@pytest.fixture
def site(browser, _own_addresses):
    """Yield the pages in a browser; nothing may complain, nothing may be asked of others."""
    site = Site(browser)
    yield site
    for context in site.contexts:
        context.close()
    assert site.complaints == []


def violations(page) -> list[tuple[str, str]]:
    """What axe finds on the page, less what is allowed."""
    found = []
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            target = node["target"][0]
            allowed = any(
                rule == violation["id"]
                and page.locator(target).evaluate("(e, s) => e.matches(s)", selector)
                for rule, selector in ALLOWED
            )
            if not allowed:
                found.append((violation["id"], target))
    return found
