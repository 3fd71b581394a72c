"""What was typed survives the ways of a hurried person, with scripts and without."""

import re

import pytest

from tests.browser.test_main_job import records_what_was_seen
from tests.browser.visitor import Visitor
from tests.people import PASSWORD

WORDS = "She said it was the second time"


def on_the_decision(sam: Visitor) -> str:
    records_what_was_seen(sam)
    sam.presses("Record it")
    sam.presses("Start the decision")
    sam.page.goto(sam.page.url.replace("/danger/", "/outcome/"))
    return sam.page.url


@pytest.mark.browser
def test_typing_then_leaving_by_any_link_loses_nothing(visit):
    sam = visit("staff")
    page = on_the_decision(sam)
    sam.types("Why?", WORDS)
    sam.follows("Cases")  # in the header
    sam.is_at("Cases")
    sam.opens(page.removeprefix(sam.address))
    assert sam.page.get_by_label("Why?").input_value() == WORDS
    sam.types("Why?", f"{WORDS}, she thought")
    sam.presses("Back")
    sam.opens(page.removeprefix(sam.address))
    assert sam.page.get_by_label("Why?").input_value() == f"{WORDS}, she thought"
    in_two_tabs_both_texts_are_shown(sam, page)
    back_from_an_error_it_is_offered(sam)
    signed_out_in_another_tab_it_is_there_after_signing_in(sam, page)


def in_two_tabs_both_texts_are_shown(sam: Visitor, page: str) -> None:
    other = Visitor(sam.page.context.new_page(), sam.address)
    other.opens(page.removeprefix(sam.address))
    other.types("Why?", "Her aunt rang")
    other.presses("Save and continue")
    sam.types("Why?", "Her teacher rang")
    sam.presses("Save and continue")
    sam.sees("Her aunt rang")
    assert sam.page.get_by_label("Why?").input_value() == "Her teacher rang"
    sam.presses("Save this tab’s instead")
    other.opens(page.removeprefix(sam.address))
    assert other.page.get_by_label("Why?").input_value() == "Her teacher rang"
    other.page.close()


def back_from_an_error_it_is_offered(sam: Visitor) -> None:
    sam.opens("/requests/new/?origin=received")
    sam.types("What do they want to know?", WORDS)
    sam.presses("Record it")
    sam.sees("Say how they asked")
    sam.page.go_back()
    sam.sees("You filled this page in before")
    assert sam.page.get_by_label("What do they want to know?").input_value() == ""
    sam.presses("Go on with what I typed")
    sam.sees("Say how they asked")
    assert sam.page.get_by_label("What do they want to know?").input_value() == WORDS


def signed_out_in_another_tab_it_is_there_after_signing_in(sam: Visitor, page: str) -> None:
    sam.opens(page.removeprefix(sam.address))
    sam.types("Why?", "Both rang")
    other = Visitor(sam.page.context.new_page(), sam.address, checks=False)
    other.opens("/")
    other.presses("Sign out")
    other.page.close()
    sam.presses("Save and continue")
    sam.is_at("You are signed out")
    sam.does_not_see("Both rang")
    sam.follows("Sign in")
    sam.page.get_by_label(re.compile("^User name", re.I)).fill("staff")
    sam.page.get_by_label("Password", exact=True).fill(PASSWORD)
    sam.presses("Sign in")
    sam.is_at("What you typed is here")
    sam.presses("Send it again")
    sam.opens(page.removeprefix(sam.address))
    assert sam.page.get_by_label("Why?").input_value() == "Both rang"


@pytest.mark.browser
def test_without_scripts_the_ways_off_the_page_keep_it(visit):
    sam = visit("staff", scripts=False)
    page = on_the_decision(sam)
    sam.types("Why?", WORDS)
    sam.presses("All pages")
    sam.is_at("Deciding whether to share")
    sam.page.goto(page)
    assert sam.page.get_by_label("Why?").input_value() == WORDS
    sam.page.goto(page.replace("/outcome/", "/item/1/"))
    sam.page.get_by_label("What is it?").fill("A note")
    sam.presses("Back")
    sam.page.goto(page.replace("/outcome/", "/item/1/"))
    assert sam.page.get_by_label("What is it?").input_value() == "A note"
