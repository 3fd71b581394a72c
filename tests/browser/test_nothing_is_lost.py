"""What was typed survives the ways of a hurried person, with scripts and without."""

import pytest

from tests.browser.test_main_job import records_what_was_seen
from tests.browser.visitor import Visitor

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
