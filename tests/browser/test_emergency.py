"""An emergency at the door, told as a story: nine answers on one page; a hoax refused on one."""

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

WHY = "Her father is at the gate and wants to take her abroad."
WHAT = "She is here, and what he said."


def shares_now(sam: Visitor) -> None:
    sam.follows("Emergency: share now")
    sam.pages = sam.fields = sam.keys = 0
    if sam.page.get_by_label("Somebody not on this list").count():
        sam.chooses("Who is in danger?", "Somebody not on this list")
    sam.page.get_by_label("Their name", exact=True).first.fill("Ife")
    sam.fields, sam.keys = sam.fields + 1, sam.keys + len("Ife")
    sam.chooses("How old are they?", "Under 16")
    sam.types("What has happened, and why can it not wait?", WHY)
    sam.types("What do you tell them?", WHAT)
    sam.types("Who is told?", "999")
    sam.chooses("How?", "Telephone")
    sam.chooses("Have you told them already?", "Yes, it is done")
    sam.chooses("Did somebody ask you for it?", "No, we go to them")
    sam.ticks("Somebody is in danger now, and this cannot wait")
    sam.presses("Sign and record")


def test_a_newcomer_shares_in_an_emergency_with_nine_answers_and_the_dsl_sees_what_is_left(visit):
    sam = visit("staff")
    shares_now(sam)
    sam.sees("Signed. It is recorded as shared. Write up the rest by")
    sam.sees("999")
    assert (sam.pages, sam.fields) == (1, 9)
    assert sam.keys <= len(WHY) + len(WHAT) + 20
    dilys = visit("dsl")
    dilys.follows("Write up decision")
    dilys.sees("Choose the lawful basis")
    dilys.presses("Write it up")
    dilys.is_at("Writing up the rest")


def test_without_scripts_on_a_phone_errors_stand_beside_fields_and_nothing_is_lost(visit):
    sam = visit("staff", scripts=False, width=360)
    sam.follows("Emergency: share now")
    sam.types("What has happened, and why can it not wait?", WHY)
    sam.presses("Sign and record")
    sam.sees("Say who is told")
    assert sam.page.get_by_label("What has happened").first.input_value() == WHY
    assert sam.page.evaluate("document.documentElement.scrollWidth") <= 360
    sam.opens("/emergency/sheet/")
    sam.opens("/requests/refuse/")
    sam.chooses("How did they ask?", "Telephone")
    sam.chooses("Who did they say they were?", "Police")
    sam.types("The name they gave", "PC Smith")
    sam.types("Their name", "Ife", exact=True)
    sam.chooses("How old are they?", "Under 16")
    sam.types("What did they want to know", "Whether she is here")
    sam.chooses(
        "How did it come out that they are not who they said?",
        "Rang the real office on a number found independently",
    )
    sam.types("What did you check, and what did you find?", "The police do not know of it.")
    sam.types("Why are they told nothing?", "They are not the police.")
    sam.presses("Refuse and sign")
    sam.sees("Refused and signed. Tell them nothing.")
