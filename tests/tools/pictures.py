"""Makes the pictures of docs/ anew: ``python -m tests.tools.pictures [dsl] [auditor] [admin]``.

Loads the demonstration into a folder of its own, serves it, and looks at the pages that the
texts for a DSL, an auditor and an administrator tell of. Needs Chromium, and pdftoppm for the
pages of a PDF. Its own server ends with it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).parents[2]
IMAGES: Final = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1120, 800
COLOURS: Final = 64
PASSWORD: Final = "safe to share 2026"  # of the demonstration, printed at every start
PORT: Final = int(os.environ.get("PORT", "8769"))
# Where the demonstration runs already, if somewhere: nothing is served then.
AT: Final = os.environ.get("AT", "")
HERE: Final = AT or f"http://127.0.0.1:{PORT}"

# A change that says what stood there before.
BEFORE: Final = ".govuk-summary-card:has-text('Before:')"

Picture = Callable[[Page], Any]


def _environment(folder: Path) -> dict[str, str]:
    mode = {"INFOSHARING_DATA": str(folder), "INFOSHARING_MODE": "demonstration"}
    return {**os.environ, **mode, "PYTHONPATH": str(ROOT)}


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """Serve the demonstration, with what makes PDFs beside it, until the block ends."""
    if AT:
        yield
        return

    def manage(*words: str) -> list[str]:
        return [sys.executable, "manage.py", *words]

    there = _environment(folder)
    for words in (
        ("migrate", "-v0"),
        ("collectstatic", "--no-input", "-v0"),
        ("load_demonstration",),
    ):
        subprocess.run(manage(*words), cwd=ROOT, env=there, check=True)
    server = ("-m", "gunicorn", "infosharing.wsgi", "--bind", f"127.0.0.1:{PORT}", "--threads", "4")
    running = [
        subprocess.Popen(words, cwd=ROOT, env=there)
        for words in ([sys.executable, *server], manage("work_exports"))
    ]
    try:
        for _turn in range(100):
            try:
                urlopen(f"{HERE}/health/", timeout=1)  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.3)
        yield
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=20)


def sign_in(page: Page, username: str) -> None:
    """Sign somebody of the demonstration in."""
    page.goto(f"{HERE}/sign-in/")
    page.locator("#id_login").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def small(source: Path, name: str) -> None:
    """Keep a picture in few colours."""
    with Image.open(source) as found:
        reduced = found.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        reduced.save(IMAGES / f"{name}.png", optimize=True)


def taken(page: Page, name: str, *, height: int = HEIGHT, top: str = "") -> None:
    """Take what is seen, from an element on if one is named."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    if top:
        page.locator(top).first.evaluate("one => one.scrollIntoView({block: 'start'})")
    else:
        page.evaluate("window.scrollTo(0, 0)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "seen.png"
        page.screenshot(path=place)
        small(place, name)


def first_link(page: Page, words: str) -> None:
    """Follow the first link in the main part that begins with these words."""
    page.locator("main a").filter(has_text=words).first.click()
    page.wait_for_load_state()


def as_dsl(page: Page) -> None:
    """The desk, a review, who sees a case, figures."""
    taken(page, "dsl-desk", height=1150)
    first_link(page, "Review decision")
    taken(page, "dsl-review", height=1500)
    page.goto(f"{HERE}/figures/")
    taken(page, "dsl-figures", height=900)
    page.goto(f"{HERE}/cases/")
    first_link(page, "Case ")
    first_link(page, "See who is named")
    taken(page, "dsl-access", height=1050, top="#keep-title")


def as_auditor(page: Page) -> None:
    """The list narrowed by a filter, a PDF on its way and its first pages, a history."""
    page.goto(f"{HERE}/decisions/?outcome=do_not_share")
    taken(page, "auditor-list", top="main [role=status]")
    page.goto(f"{HERE}/decisions/")
    page.get_by_role("button", name="Take these decisions away (PDF, whole)").click()
    here = page.url.partition("?")[0]
    for _turn in range(200):
        page.goto(here)
        bar = page.locator("progress")
        if bar.count() and int(bar.get_attribute("value") or 0) > 1:
            break
        page.wait_for_timeout(300)
    taken(page, "auditor-export", height=700)
    take = page.get_by_role("button", name="Take the PDF away")
    for _turn in range(600):
        page.goto(here)
        if take.count():
            break
        page.wait_for_timeout(500)
    with page.expect_download() as found:
        take.click()
    for number, name in ((1, "cover"), (2, "contents")):
        with tempfile.TemporaryDirectory() as folder:
            one = Path(folder) / "page"
            subprocess.run(
                [
                    *("pdftoppm", "-png", "-r", "80", "-singlefile"),
                    *("-f", str(number), "-l", str(number)),
                    *(str(found.value.path()), str(one)),
                ],
                check=True,
            )
            small(one.with_suffix(".png"), f"auditor-pdf-{name}")
    page.goto(f"{HERE}/cases/")
    cases = page.locator("main a[href^='/cases/']")
    places = [one.get_attribute("href") for one in cases.all()]
    for place in places:
        page.goto(f"{HERE}{place}history/")
        if page.locator(BEFORE).count():
            break
    taken(page, "auditor-history", height=900, top=BEFORE)


def as_admin(page: Page) -> None:
    """Members and roles, who stands in, which decisions are reviewed."""
    page.goto(f"{HERE}/members/")
    taken(page, "admin-members")
    first_link(page, "Who stands in for a safeguarding lead")
    taken(page, "admin-stand-ins", height=1200)
    page.goto(f"{HERE}/members/")
    first_link(page, "Which decisions are reviewed")
    taken(page, "admin-reviews", height=1100)


PEOPLE: Final[dict[str, Picture]] = {"dsl": as_dsl, "auditor": as_auditor, "admin": as_admin}


def main(names: list[str]) -> None:
    """Make the pictures of these people's pages, or of everybody's."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)), sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--headless"]
        )
        for name in names or list(PEOPLE):
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, accept_downloads=True
            )
            page = context.new_page()
            sign_in(page, name)
            PEOPLE[name](page)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
