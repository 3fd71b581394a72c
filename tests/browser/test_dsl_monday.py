"""The DSL's Monday: what waits, what she reviews, who stands in for her, who sees what, figures."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from infosharing.cases.domain.opening import NewPerson, name_on_case
from tests.browser.visitor import Visitor
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_refusal,
    shared_at_once,
)
from tests.factories import a_case, a_draft, a_request

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
WHAT = "What do you say to this decision?"


def _counted(somebody: Visitor) -> dict[str, int]:
    return {
        one.get_by_role("link").inner_text(): int(one.locator(".isd-stat__number").inner_text())
        for one in somebody.page.locator(".isd-stat").all()
    }


def _lines(somebody: Visitor) -> list[str]:
    return somebody.page.locator("main .govuk-task-list__link").all_inner_texts()


# What waits


def test_the_desk_counts_what_waits_and_each_line_is_one_step_from_done(visit, cast):
    a_decision(cast, cast.deputy, "deputy_dsl")
    a_disclosure(a_decision(cast), cast.dsl)
    shared_at_once(cast)
    case = a_case(by=cast.staff, organisation=cast.school)
    a_request(case=case, by=cast.staff, by_when=timezone.now() - 3 * DAY)
    a_question(a_draft(case=case, by=cast.staff).decision, cast.dsl, cast.staff)

    dilys = visit("dsl")
    counted = _counted(dilys)
    assert counted["Requests to decide"] == counted["Advice asked of you"] == 1
    assert counted["Reviews"] == 2
    assert sum(counted.values()) == len(_lines(dilys))
    dilys.sees("The time for these has passed: take them first.")
    for kind in ("Reviews", "Receipts to confirm"):
        dilys.follows(kind)
        dilys.sees(f"Only: {kind}")
        assert len(_lines(dilys)) == counted[kind]

    she_asks_whether_it_arrived(dilys)
    dilys.opens("/")
    assert _counted(dilys) == {k: n for k, n in counted.items() if k != "Receipts to confirm"}
    she_looks_back_at_the_emergency(dilys)


def she_asks_whether_it_arrived(dilys: Visitor) -> None:
    arrived = "Has it reached who it was meant for?"
    learnt = "On which day did you learn this, or ask?"
    dilys.follows("Ask Jo Hart whether it arrived")
    dilys.types_day(learnt, later=1)
    dilys.presses("Save")
    dilys.is_told_beside_the_field(f"Answer the question “{arrived}”")
    dilys.is_told_beside_the_field("This day has not come yet")
    dilys.chooses(arrived, "Yes, they confirmed it")
    dilys.types("Who confirmed it?", "Jo Hart")
    dilys.types_day(learnt)
    dilys.presses("Save")
    dilys.is_at("Decision")


def she_looks_back_at_the_emergency(dilys: Visitor) -> None:
    dilys.follows("Look back at emergency")
    dilys.types("What should be done differently next time?", "Leave the address out.")
    dilys.presses("Record what you find")
    dilys.is_told_beside_the_field("Answer the question “What do you find, looking back?”")
    dilys.is_told_beside_the_field("Say why you find this")
    dilys.still_reads("What should be done differently next time?", "Leave the address out.")
    dilys.chooses("What do you find, looking back?", "It was right to share at once")
    dilys.types("Why?", "He was at the gate.")
    dilys.presses("Record what you find")
    dilys.sees("The look back is recorded.")
    dilys.sees("Leave the address out.")


# What she reviews


def test_she_returns_one_and_does_not_agree_with_another_and_both_come_back_to_their_author(
    visit, cast
):
    decision, other = (a_decision(cast, cast.deputy, "deputy_dsl") for _ in range(2))
    dilys = visit("dsl")
    she_returns_what_she_read_and_not_what_came_meanwhile(dilys, cast, decision)
    she_does_not_agree_and_the_decision_stands(dilys, other)

    tomasz = visit("deputy")
    tomasz.follows(f"Make the changes to decision {decision.spoken_reference}")
    tomasz.sees("Say since when.")
    tomasz.sees("Who saw it?")
    tomasz.opens("/")
    tomasz.follows("Read why Dilys Morgan does not agree")
    tomasz.sees("I would have asked her mother first.")
    tomasz.types("What do you say to it?", "She was not to be reached.")
    tomasz.presses("I have read this")
    tomasz.sees("It is on record that you have read it.")
    tomasz.sees("She was not to be reached.")


def she_returns_what_she_read_and_not_what_came_meanwhile(dilys: Visitor, cast, decision) -> None:
    dilys.follows(f"Review decision {decision.spoken_reference}")
    dilys.chooses(WHAT, "I return it, with what to change")
    dilys.presses("Record the review")
    dilys.is_told_beside_the_field(
        "Say what should change, or ask a question beside the part it is about"
    )
    dilys.types("What should change?", "Say since when.")
    a_disclosure(decision, cast.deputy)  # in another tab, by Tomasz
    dilys.presses("Record the review")
    dilys.sees("Something has come to this decision since you opened it")
    dilys.sees("Ticket 4711")
    dilys.chooses(WHAT, "I return it, with what to change")
    dilys.still_reads("What should change?", "Say since when.")
    dilys.unfolds("Ask about this part: Information 1")
    dilys.types("Your question about “Information 1”", "Who saw it?")
    dilys.presses("Record the review")
    dilys.sees("The decision is returned. Whoever signed it finds it in their work.")
    dilys.sees("Tomasz Łęcki is asked to. If you do, somebody else reviews it.")
    dilys.does_not_see("Make the changes asked for")


def she_does_not_agree_and_the_decision_stands(dilys: Visitor, decision) -> None:
    dilys.opens(f"/decisions/{decision.public_id}/review/")
    dilys.chooses(WHAT, "I do not agree, and the decision stands")
    dilys.presses("Record the review")
    dilys.is_told_beside_the_field("Say why you do not agree")
    dilys.types("Why do you not agree?", "I would have asked her mother first.")
    dilys.presses("Record the review")
    dilys.sees("Your review is recorded: not agreed. The decision stands")
    dilys.sees("I would have asked her mother first.")


def test_where_the_school_wants_two_the_second_reviewer_is_another_person(visit, cast):
    alex = visit("admin")
    alex.follows("Which decisions are reviewed")
    alex.chooses("Which decisions are reviewed?", "Only decisions where…")
    alex.types("Within how many working days", "31")
    alex.presses("Save from now on")
    alex.is_told_beside_the_field("Choose at least one, or every decision")
    alex.is_told_beside_the_field("Enter 30 or fewer")
    alex.is_told_beside_the_field("Say why you change it")
    alex.chooses("A decision is reviewed where any of this holds", "The person is not told")
    alex.chooses("Which of them are reviewed by a second person too?", "Every decision")
    alex.types("Within how many working days", "3")
    alex.types("Why do you change it?", "Agreed with the governors.")
    alex.presses("Save from now on")
    alex.sees("Saved. It holds for what is signed from now on, not before.")
    alex.sees("A decision is reviewed where the person is not told.")
    alex.sees("A second person reviews every decision too.")

    decision = a_decision(cast, cast.deputy, "deputy_dsl")
    dilys = visit("dsl")
    dilys.follows(f"Review decision {decision.spoken_reference}")
    dilys.chooses(WHAT, "I agree")
    dilys.presses("Record the review")
    dilys.sees("Your review is recorded: agreed. Somebody else reviews it too.")
    assert dilys.page.get_by_role("link", name="Review this decision").count() == 0
    dilys.opens(f"/decisions/{decision.public_id}/review/")
    dilys.sees("You reviewed this first, so somebody else is the second reviewer.")

    helen = visit("head")
    helen.follows(f"Review decision {decision.spoken_reference}")
    helen.sees("What the first reviewer said")
    helen.page.get_by_role("link", name="Go straight to your review").focus()
    helen.uses_the_keyboard("Enter", "Tab", "Space")  # I agree
    helen.uses_the_keyboard("Tab", *"Careful", "Tab", "Enter")
    helen.sees("Your review is recorded: agreed.")
    helen.sees("Careful")
    helen.sees("Reviewed: agreed")


# While she is away


def test_while_she_is_away_somebody_acts_in_her_place_and_it_says_so_for_good(visit, cast):
    decision = a_decision(cast, cast.deputy, "deputy_dsl")
    dilys = visit("dsl")
    dilys.follows("Who stands in for you")
    dilys.picks("Who stands in?", "Priya Nair (colleague)")
    dilys.types_day("First day", later=-1)
    dilys.types_day("Last day", later=2)
    dilys.presses("Let them stand in")
    dilys.is_told_beside_the_field("Say why, for example: away on a course")
    dilys.types("Why?", "A course in Leeds.")
    dilys.presses("Let them stand in")
    dilys.is_told_beside_the_field("The first day has gone. Choose today or later.")
    dilys.still_reads("Why?", "A course in Leeds.")
    dilys.types_day("First day")
    dilys.presses("Let them stand in")
    dilys.sees("Saved. It begins and ends by itself.")

    priya = visit("colleague")
    priya.sees("You stand in for Dilys Morgan at Marsh Lane School until")
    priya.follows(f"Review decision {decision.spoken_reference}")
    priya.chooses(WHAT, "I agree")
    priya.presses("Record the review")

    dilys.presses(re.compile("^End it now"))
    dilys.sees("Ended. From now on nobody acts in that place.")
    priya.finds_nothing_at(f"/decisions/{decision.public_id}/")
    dilys.opens(f"/decisions/{decision.public_id}/")
    dilys.sees("by Priya Nair, Deputy safeguarding lead, in place of Dilys Morgan")


# Who sees what


def test_a_case_is_restricted_another_kept_from_somebody_and_neither_leaves_a_trace(visit, cast):
    restricted, kept = (
        a_case(
            by=cast.staff,
            organisation=cast.school,
            people=[NewPerson(name=name, age_band="under_16")],
        )
        for name in ("Ife Adeyemi", "Ada Adeyemi")
    )
    dilys = visit("dsl")
    dilys.opens(f"/cases/{restricted.public_id}/")
    dilys.follows("See who is named")
    part = "Restrict it to the people named"
    dilys.types("Why?", "It is about a colleague.", part=part)
    dilys.presses("Restrict the case")
    dilys.is_told_beside_the_field("Tick the box if only the people named are to see it")
    dilys.still_reads("Why?", "It is about a colleague.", part=part)
    dilys.ticks("Only the people named on this case will see it from now on")
    dilys.presses("Restrict the case")
    dilys.sees("Only the people named on the case see it now.")

    dilys.opens(f"/cases/{kept.public_id}/access/")
    dilys.presses("Keep them from it")
    dilys.is_told_beside_the_field("Choose who must not see this case")
    dilys.is_told_beside_the_field("Say why, in a sentence")
    dilys.chooses("Who must not see this case?", "Helen Achebe, Head")
    dilys.types("Why?", "She is her aunt.", part="Keep somebody from it")
    dilys.presses("Keep them from it")
    dilys.sees("Helen Achebe does not see this case any more.")

    helen = visit("head")
    helen.follows("Cases")
    helen.does_not_see("Adeyemi")
    helen.types("Name, reference or words", "Adeyemi")
    helen.presses("Search")
    helen.sees("No case that you can see is like this")
    for case in (restricted, kept):
        helen.finds_nothing_at(f"/cases/{case.public_id}/")


def test_a_restricted_note_is_for_those_named_on_it(visit, cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    name_on_case(
        case=case, user=cast.colleague, reason="Form tutor", by=cast.staff, at=timezone.now()
    )
    dilys = visit("dsl")
    dilys.opens(f"/cases/{case.public_id}/")
    dilys.follows("Notes for those named on them alone")
    dilys.follows("Write a restricted note")
    dilys.presses("Keep the note")
    dilys.is_told_beside_the_field("Write the note")
    dilys.types("The note", "Her father works in our kitchen.")
    dilys.chooses("Who else may read it?", "Sam Okafor, Practitioner")
    dilys.presses("Keep the note")
    dilys.sees("The note is kept. Only those named on it see it.")
    address = dilys.page.url.removeprefix(dilys.address)

    sam = visit("staff", scripts=False)
    sam.opens(f"/cases/{case.public_id}/notes/")
    sam.follows("Note of")
    sam.sees("Her father works in our kitchen.")

    priya = visit("colleague", scripts=False)
    priya.opens(f"/cases/{case.public_id}/notes/")
    priya.sees("You are not named on a note of this case.")
    priya.finds_nothing_at(address)


# How the term went


def test_figures_stand_in_tables_and_each_number_leads_to_the_rows_it_counts(visit, cast):
    refused = a_refusal(cast)
    a_decision(cast)
    dilys = visit("dsl")
    dilys.follows("Figures")
    table = dilys.page.get_by_role("table", name="What was decided: decisions")
    row = table.get_by_role("row").filter(has_text="Do not share")
    assert row.get_by_role("link").inner_text().startswith("1")
    row.get_by_role("link").click()
    dilys.sees("1 decision with this filter")
    dilys.sees(refused.spoken_reference)
    dilys.page.go_back()
    dilys.unfolds("Choose other dates")
    dilys.types_day("Signed from", later=1)
    dilys.types_day("Signed until")
    dilys.presses("Show these")
    dilys.is_told_beside_the_field("The last day must not be before the first day")
