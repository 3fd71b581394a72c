"""A person at a browser, in sentences; every page they reach is checked as they go."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Download, Page, expect

# govuk-frontend's own script sets aria-expanded on radio buttons that reveal something.
ALLOWED = {("aria-allowed-attr", ".govuk-radios__input[aria-controls]")}
PHONE = 320

# What stands inside what, with which attributes; of rows that are made alike, one.
SHAPE = """() => {
  const shape = one => one.tagName + " " + one.className + " " + (one.type || "") + " "
    + [...one.attributes].map(attribute => attribute.name).join(" ")
    + "(" + [...new Set([...one.children].map(shape))].join(",") + ")";
  return shape(document.documentElement);
}"""


class Shapes:
    """Shapes of pages that were looked at already, by whichever process of one run of tests."""

    folder: Path

    def _place(self, shape: str) -> Path:
        return self.folder / hashlib.sha256(shape.encode()).hexdigest()

    def __contains__(self, shape: str) -> bool:
        return self._place(shape).exists()

    def add(self, shape: str) -> None:
        """Look at none like it again."""
        self._place(shape).touch()


CHECKED = Shapes()


class Visitor:
    """Somebody signed in, or not yet, with a keyboard, a mouse and a screen."""

    def __init__(self, page: Page, address: str, *, checks: bool = True) -> None:
        self.page = page
        self.address = address
        self.checks = checks
        self.pages = self.fields = self.keys = 0
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):  # a browser's hints to developers are neither
            self._complain(message.text)

    def _complain(self, text: str) -> None:
        # What Chromium says of an answer that is not 200, which the journeys ask for on purpose,
        # and of a preloaded font on a machine too busy to draw the page within seconds.
        if "Failed to load resource" not in text and "preloaded using link preload" not in text:
            self.complaints.append(text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked for {request.url}")

    def opens(self, path: str) -> None:
        """Go to an address of the product."""
        self.page.goto(self.address + path)
        self._arrives()

    def signs_in(self, name: str, password: str) -> None:
        """Sign in through the page."""
        self.opens("/sign-in/")
        self.page.get_by_label(re.compile("^User name", re.I)).fill(name)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Sign in")

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press a button, by the words on it."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self._arrives()

    def takes(self, name: str) -> Download:
        """Press a button that gives a file, and take it."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=name, exact=True).first.click()
        return download.value

    def follows(self, name: str | re.Pattern[str]) -> None:
        """Follow a link, by its words."""
        self.page.locator("a").filter(has_text=name).first.click()
        self._arrives()

    def unfolds(self, name: str) -> None:
        """Open what is folded, by its words, if it is not open."""
        details = self.page.locator("details", has=self.page.get_by_text(name, exact=True)).first
        if details.get_attribute("open") is None:
            details.locator("summary").first.click()

    def uses_the_keyboard(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, label: str, text: str, *, exact: bool = False, part: str = "") -> None:
        """Type into a field, by its label; in one part of the page, if several ask the same."""
        page = self.page.get_by_role("region", name=part) if part else self.page
        page.get_by_label(label, exact=exact).first.fill(text)
        self.fields += 1
        self.keys += len(text)

    def types_date(self, group: str, day: int, month: int, year: int) -> None:
        """Type a date into its three boxes."""
        box = self.page.get_by_role("group", name=group)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            box.get_by_label(label).fill(str(value))
            self.keys += len(str(value))
        self.fields += 1

    def types_day(self, group: str, later: int = 0) -> None:
        """Type the day that is so many days after today."""
        day = date.today() + timedelta(days=later)  # noqa: DTZ011 - the browser's day
        self.types_date(group, day.day, day.month, day.year)

    def chooses(self, question: str, answer: str) -> None:
        """Choose one answer of a question."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).first.check()
        self.fields += 1
        self.keys += 1

    def ticks(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_label(label).first.check()
        self.fields += 1
        self.keys += 1

    def picks(self, label: str, answer: str) -> None:
        """Choose from a drop-down, by its label."""
        self.page.get_by_label(label, exact=True).first.select_option(label=answer)
        self.fields += 1
        self.keys += 1

    def still_reads(self, label: str, text: str, *, part: str = "") -> None:
        """What was typed into a field stands there."""
        page = self.page.get_by_role("region", name=part) if part else self.page
        expect(page.get_by_label(label).first).to_have_value(text)

    def finds_nothing_at(self, path: str) -> None:
        """The page at this address is, to the letter, that of an address where nothing is."""
        found, absent = (
            self.page.request.get(self.address + one)
            for one in (path, re.sub(r"[\w-]{22}", "A" * 22, path))
        )
        assert (found.status, found.body()) == (404, absent.body()), path

    def sees(self, text: str) -> None:
        """The page shows these words."""
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        """The page shows these words nowhere, not even in its source."""
        assert text not in self.page.content()

    def is_at(self, heading: str) -> None:
        """The main heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_told_beside_the_field(self, message: str) -> None:
        """The error stands in the summary, whose link focuses the field it stands beside."""
        link = self.page.locator(".govuk-error-summary").get_by_role("link", name=message)
        expect(link).to_be_visible()
        link.click()
        focused = self.page.evaluate("document.activeElement.id")
        target = (link.get_attribute("href") or "#").removeprefix("#")
        assert focused == target, f"the link {message!r} focused {focused!r}, not {target!r}"
        expect(self.page.locator(".govuk-error-message", has_text=message).first).to_be_visible()

    def _arrives(self) -> None:
        self.page.wait_for_load_state()
        self.pages += 1
        if self.checks:
            self.finds_the_page_accessible()

    def finds_the_page_accessible(self) -> None:
        """No violation that axe knows of, a title, one main heading, no sideways scroll at 320.

        A page that is made like one that was looked at before is not looked at again.
        """
        where = self.page.url
        assert self.page.locator("h1").count() == 1, f"{where} has no one main heading"
        shape = self.page.evaluate(SHAPE)
        if shape in CHECKED:
            return
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response
        problems = [
            (rule["id"], node["target"][0], node["failureSummary"])
            for rule in found["violations"]
            for node in rule["nodes"]
            if not self._allowed(rule["id"], node["target"][0])
        ]
        assert not problems, (where, problems)
        size = self.page.viewport_size or {"width": 1280, "height": 900}
        self.page.set_viewport_size({"width": PHONE, "height": 700})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(size)
        assert wide <= PHONE, f"{where} is {wide} px wide on a phone"
        CHECKED.add(shape)

    def _allowed(self, rule: str, target: str) -> bool:
        return any(
            rule == allowed and self.page.locator(target).and_(self.page.locator(element)).count()
            for allowed, element in ALLOWED
        )
