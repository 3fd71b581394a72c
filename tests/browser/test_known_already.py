"""A child somebody knows already is in an emergency as a new name; evidence is kept with a yes."""

from datetime import date

import pytest
from playwright.sync_api import expect

from infosharing.cases.domain.opening import NewPerson
from tests.factories import a_case

pytestmark = pytest.mark.browser


def test_an_emergency_is_signed_first_and_then_asks_whether_the_child_is_known(visit, cast):
    ife = NewPerson(name="Ife Adeyemi", born=date(2014, 5, 1))
    a_case(by=cast.staff, organisation=cast.school, people=[ife])
    sam = visit("staff")
    sam.opens("/emergency/")
    page = sam.page
    page.get_by_label("Somebody not on this list").check()
    page.get_by_label("Their name", exact=True).fill("Ife Adeyemi")
    page.get_by_label("Under 16").check()
    page.get_by_label("What has happened").fill("Her father is at the gate.")
    page.get_by_label("What do you tell them?").fill("That she is here.")
    page.get_by_label("Who is told?").fill("999, police control room")
    page.get_by_label("Telephone").first.check()
    page.get_by_label("No, I do it now").check()
    page.get_by_label("No, we go to them").check()
    page.get_by_label("Somebody is in danger now").check()
    sam.presses("Sign and record")
    expect(page.locator("main")).to_contain_text("tell them first")
    sam.presses("Save the answers")
    page.get_by_role("link", name="Say whether Ife Adeyemi is somebody you already know").click()
    page.get_by_label("Yes: Ife Adeyemi, 12 years old").check()
    sam.presses("Save the answers")
    expect(page.locator("main")).to_contain_text("What comes next")
    page.locator("main").get_by_role("link", name="Case ").first.click()
    expect(page.locator("main")).to_contain_text("Also recorded as")
