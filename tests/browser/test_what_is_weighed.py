"""What is judged, held back, advised otherwise, returned and opened again: right and wrong."""

import re
from datetime import date

import pytest
from django.utils import timezone

from decisions.domain import advising
from infosharing.accounts.roles import Role
from tests.browser.visitor import Visitor
from tests.decisions.afterwards import a_decision, a_refusal
from tests.factories import a_case, a_complete_draft

pytestmark = pytest.mark.browser
CHECKED = "The school nurse saw a second injury."


def _today(somebody: Visitor, question: str) -> None:
    today = date.today()  # noqa: DTZ011 - the browser's day
    somebody.types_date(question, today.day, today.month, today.year)


def test_a_child_is_judged_answer_by_answer_and_a_court_order_is_kept(visit, cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    sam = visit("staff")
    sam.opens(f"/cases/{case.public_id}/")
    sam.follows("Record a judgement of competence")
    sam.types("What was to be decided?", "Whether we tell her GP")
    answers = (
        ("Do they understand what would be shared, with whom and why?", "Yes"),
        ("Can they keep it in mind for long enough to decide?", "Yes"),
        ("Can they weigh up what speaks for it and what against it", "No"),
        ("Can they say what they decide, in any way?", "Yes"),
        ("Is it their own view, free from pressure?", "Yes"),
        ("Can they decide this themselves?", "Yes"),
    )
    for question, answer in answers:
        sam.chooses(question, answer)
    sam.types("What did they say or do that shows it?", "She could not say what may follow.")
    sam.types("Who judged it?", "Dilys Morgan, DSL")
    _today(sam, "Which day?")
    sam.presses("Record the judgement")
    sam.is_told_beside_the_field(
        "You answered No to one of the questions above. Somebody who can decide this can do all "
        "of it. Check both"
    )
    assert sam.page.get_by_label("Who judged it?").input_value() == "Dilys Morgan, DSL"
    sam.chooses("Can they decide this themselves?", "No")
    sam.presses("Record the judgement")
    sam.sees("She could not say what may follow.")

    sam.follows("Record a court order")
    sam.presses("Record the order")
    sam.is_told_beside_the_field("Say what the order says")
    sam.chooses("What kind of order is it?", "Prohibited steps or specific issue order")
    sam.types("What does it say?", "Her father may not take her from school.")
    sam.presses("Record the order")
    sam.sees("Her father may not take her from school.")


def test_what_is_held_back_has_its_reason_and_is_not_in_what_goes_out(visit, cast):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    dilys = visit("dsl")
    dilys.opens(f"/drafts/{draft.public_id}/item/2/")
    dilys.types("What is it?", "Who rang us about it")
    dilys.chooses("What happens to it?", "Hold it back")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/item/2/")
    dilys.is_told_beside_the_field("Say what is left out, and why")
    dilys.types(
        "If it is not shared whole: what is left out, and why?", "She asked not to be named"
    )
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/item/1/")
    dilys.chooses("What happens to it?", "Share it with parts taken out")
    dilys.types("If it is not shared whole: what is left out, and why?", "The neighbour’s name")
    dilys.types("How does it read with those parts taken out?", "A neighbour saw it on Monday")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/outcome/")
    dilys.chooses("What do you decide?", "Share part of it")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/withheld/")
    dilys.types("What are you holding back, and why?", "Who rang us: they asked for it.")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/check/")
    dilys.sees("Who rang us about it")
    dilys.presses("Sign")
    dilys.follows("See and print what goes out")
    dilys.sees("A neighbour saw it on Monday")
    for kept in ("Who rang us", "She asked not to be named", "What was seen and said, with dates"):
        dilys.does_not_see(kept)


def test_going_against_advice_says_why_before_it_is_signed(visit, cast):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    advising.report_advice(
        decision=draft.decision,
        adviser=cast.deputy.name,
        role=Role.DEPUTY_DSL,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="do_not_share",
        words="Wait until Friday.",
        by=cast.dsl,
        at=timezone.now(),
    )
    dilys = visit("dsl")
    dilys.opens(f"/drafts/{draft.public_id}/check/")
    dilys.sees(f"Say why you go against the advice of {cast.deputy.name}.")
    dilys.sees("It can be signed once nothing is left on the list above.")
    dilys.opens(f"/drafts/{draft.public_id}/against/")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/against/")
    dilys.is_told_beside_the_field("Say why you are not doing what you were advised")
    dilys.types("Why do you go against the advice?", "On Friday she is back with him.")
    dilys.presses("Save and continue")
    dilys.opens(f"/drafts/{draft.public_id}/check/")
    dilys.presses("Sign")
    dilys.sees("On Friday she is back with him.")
    dilys.sees("Wait until Friday.")


def test_a_returned_decision_is_answered_and_its_first_version_stays(visit, cast):
    decision = a_decision(cast)
    tomasz = visit("deputy")
    tomasz.opens(f"/decisions/{decision.public_id}/review/")
    tomasz.chooses("What do you say to this decision?", "I return it, with what to change")
    tomasz.presses("Record the review")
    tomasz.is_told_beside_the_field(
        "Say what should change, or ask a question beside the part it is about"
    )
    _opens_what_is_folded(tomasz)
    tomasz.types("Your question about “Information 1”", "Who saw it?")
    tomasz.presses("Record the review")
    tomasz.sees("Who saw it?")

    dilys = visit("dsl")
    dilys.opens(f"/decisions/{decision.public_id}/")
    dilys.follows("Make the changes asked for")
    dilys.types("Why is a new version needed?", "The deputy asks who saw it")
    dilys.presses("Start the new version")
    dilys.page.goto(dilys.page.url + "item/1/")
    dilys.sees("asks about this page")
    dilys.types("What is it?", "What Mr Cole saw and said, with dates")
    dilys.types("Your answer", "Mr Cole, in PE.")
    dilys.presses("Save and continue")
    dilys.page.goto(re.sub(r"(/drafts/[^/]+/).*", r"\1check/", dilys.page.url))
    dilys.presses("Sign")
    dilys.sees("What Mr Cole saw and said, with dates")
    dilys.opens(f"/decisions/{decision.public_id}/versions/1/")
    dilys.sees("Not in force.")
    dilys.sees("What was seen and said, with dates")


def test_a_refusal_is_opened_again_on_what_is_new(visit, cast):
    decision = a_refusal(cast)
    dilys = visit("dsl")
    dilys.opens(f"/decisions/{decision.public_id}/")
    dilys.follows("Start a new version")
    dilys.chooses("Why do you take it up again?", "Something new is known: open the refusal again")
    dilys.types("From whom do you know it?", "The school nurse")
    dilys.presses("Start the new version")
    dilys.page.locator(".govuk-error-summary").wait_for()
    assert dilys.page.get_by_label("From whom do you know it?").input_value() == "The school nurse"
    dilys.types("What is new?", CHECKED)
    _today(dilys, "Since when is it known?")
    dilys.presses("Start the new version")
    dilys.sees(CHECKED)
    dilys.opens(f"/decisions/{decision.public_id}/")
    dilys.sees("Do not share")  # in force until the new version is signed


def _opens_what_is_folded(somebody: Visitor) -> None:
    somebody.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
