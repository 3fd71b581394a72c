"""A newcomer's first decision, told only the story: counted, as docs/first-decision.md says."""

import re
from pathlib import Path

import pytest

from tests.browser.test_main_job import (
    answers_every_question_of_the_page,
    answers_the_first_questions,
    fills_in_what_goes_to_whom,
    records_what_was_seen,
)

pytestmark = pytest.mark.browser

COUNTS = Path(__file__).parents[2] / "docs" / "first-decision.md"
# Seconds, a yardstick after the keystroke-level model (Card, Moran and Newell): to take in a page
# and press its button; to decide on a field and point at it; to press a key.
PAGE, FIELD, KEY = 3.0, 2.4, 0.2


def test_from_request_to_signature_takes_five_minutes_and_as_much_as_is_written_down(visit):
    dilys = visit("dsl", checks=False)
    dilys.pages = dilys.fields = dilys.keys = 0
    records_what_was_seen(dilys, types_the_day=False)
    dilys.presses("Record it and start the decision")
    answers_the_first_questions(dilys)
    dilys.ticks("Just asking could bring somebody serious harm")
    dilys.presses("Save and continue")
    for _section in range(3):
        answers_every_question_of_the_page(dilys)
    for box in dilys.page.locator("main form input[type=checkbox]").all():
        box.check()
        dilys.fields += 1
    dilys.presses("Save and continue")
    fills_in_what_goes_to_whom(dilys)
    dilys.is_at("Check")
    dilys.presses("Sign")
    dilys.sees("Signed by Dilys Morgan")
    written = [int(n) for n in re.findall(r"^\| \w+ \| (\d+) \|", COUNTS.read_text(), re.M)]
    assert [dilys.pages, dilys.fields, dilys.keys] == written
    assert dilys.pages * PAGE + dilys.fields * FIELD + dilys.keys * KEY <= 5 * 60
