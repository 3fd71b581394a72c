"""Pages in a real browser: reachable, readable, usable on a phone and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.look.conftest import violations

pytestmark = pytest.mark.browser

NAMES = (
    *("question", "form", "form-wrong", "gallery", "tasks", "check", "check-early"),
    *("sign-in", "sign-in-wrong", "400", "403", "403_csrf", "404", "500", "503"),
    *("logout", "password_change", "password_set", "password_reset", "password_reset_done"),
    *("password_reset_from_key", "password_reset_from_key_done", "reauthenticate"),
)


def test_every_page_is_looked_at(site):
    assert set(NAMES) == set(site.pages)


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_320_pixels(site, name):
    page = site.open(name)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["form-wrong", "gallery", "tasks"])
def test_axe_finds_nothing_on_a_phone(site, name):
    assert violations(site.open(name, width=360)) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_link_of_the_error_summary_leads_to_its_control(site, scripts):
    page = site.open("form-wrong", scripts=scripts)
    links = page.locator(".govuk-error-summary__list a")
    expect(links).to_have_count(8)
    for link in links.all():
        target = link.get_attribute("href")
        link.click()
        page.wait_for_url(f"**{target}" if not scripts else "**")
        control = page.locator(target)
        expect(control).to_be_visible()
        assert control.evaluate("e => ['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName)")
        if scripts:
            expect(control).to_be_focused()


def test_the_error_summary_has_the_focus_when_the_page_opens(site):
    expect(site.open("form-wrong").locator(".govuk-error-summary")).to_be_focused()


def test_a_date_that_is_wrong_in_one_box_is_linked_to_that_box(site):
    page = site.open("form-wrong")
    page.get_by_role("link", name="Enter a real date").click()
    expect(page.locator("[name=arrived_month]")).to_be_focused()


def test_what_belongs_to_an_answer_shows_when_it_is_chosen(site):
    page = site.open("form")
    why = page.get_by_label("Why not?")
    expect(why).to_be_hidden()
    page.get_by_role("group", name="Has the person been told?").get_by_label(
        "No", exact=True
    ).check()
    expect(why).to_be_visible()
    page.get_by_role("group", name="Has the person been told?").get_by_label("Yes").check()
    expect(why).to_be_hidden()


def test_without_scripts_everything_can_be_answered(site):
    page = site.open("form", scripts=False)
    for label in ("Why not?", "What else?"):
        expect(page.get_by_label(label)).to_be_visible()
    expect(page.get_by_role("button", name="Save and continue")).to_be_enabled()


def test_nothing_is_chosen_beforehand(site):
    page = site.open("form")
    assert page.locator("input:checked").count() == 0
    assert page.locator("select").input_value() == ""


def test_the_keyboard_reaches_the_content_first(site):
    page = site.open("tasks")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_wide_table_scrolls_in_a_box_that_the_keyboard_reaches(site):
    page = site.open("gallery", width=360)
    box = page.get_by_role("region", name="Wide")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0")


def test_a_table_stacks_on_a_phone_and_stays_a_table(site):
    page = site.open("gallery", width=360)
    table = page.get_by_role("table", name="Decisions that wait")
    expect(table.get_by_role("row")).to_have_count(3)
    cell = table.get_by_role("cell", name="20 November 2026")
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Signed"'


def test_the_suggestion_stands_beside_the_question_or_below_it(site):
    for width, beside in ((1280, True), (360, False)):
        page = site.open("question", width=width)
        panel = page.locator(".isd-suggestion").bounding_box()
        form = page.locator("main form").bounding_box()
        assert (panel["x"] > form["x"] + form["width"] - 1) is beside
        assert (panel["y"] > form["y"] + form["height"]) is not beside


def test_paper_shows_the_record_and_nothing_to_press(site):
    page = site.open("check")
    page.emulate_media(media="print")
    for hidden in (".isd-nav", ".govuk-button", ".govuk-summary-list__actions", ".isd-footer"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_text("Police", exact=True)).to_be_visible()
    expect(page.get_by_text("Larkfield Community School")).to_be_visible()


def test_the_typeface_is_ours_and_comes_from_here(site):
    page = site.open("question")
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson "
        "Hyperlegible Next\"'))"
    )
    family = page.locator("h1").evaluate("e => getComputedStyle(e).fontFamily")
    assert family.startswith('"Atkinson Hyperlegible Next"')


def test_a_button_pressed_twice_sends_once(site):
    page = site.open("form")
    page.evaluate(
        "() => { window.sent = 0; document.querySelector('main form').addEventListener('submit',"
        " (event) => { event.preventDefault(); window.sent += 1; }); }"
    )
    page.get_by_role("button", name="Save and continue").dblclick()
    assert page.evaluate("window.sent") == 1
