"""The main job, from a child at the door to a reviewed decision on paper."""

import re
from datetime import date, timedelta
from functools import partial

import pytest

from tests.browser.visitor import Visitor

CHILD = "Ife Adeyemi"


def records_what_was_seen(sam: Visitor, *, types_the_day: bool = True) -> None:
    today = date.today()  # noqa: DTZ011 - the browser's day
    sam.follows("Record a request")
    sam.chooses("What has happened?", "We are thinking of sharing it ourselves")
    if sam.page.get_by_label("A new case").count():  # asked of those who have cases already
        sam.chooses("Which case does it belong to?", "A new case")
    sam.presses("Continue")
    sam.types("Full name", CHILD)
    sam.chooses("How old are they?", "I know the date of birth")
    sam.types_date("Date of birth", 11, 4, 2017)
    sam.types("What is it about?", "Bruises on both arms, seen in PE.")
    sam.types("What are you thinking of sharing?", "What was seen and said, with dates")
    sam.types("What would it be for?", "So that social care can find out whether she is safe")
    if types_the_day:  # it stands there already
        sam.types_date("Which day did this come up?", today.day, today.month, today.year)


def answers_the_first_questions(sam: Visitor) -> None:
    sam.is_at("Danger now")
    sam.chooses("Is somebody in danger right now?", "No")
    sam.presses("Save and continue")
    sam.presses("Save and continue")
    sam.chooses("Is there a clear and proper reason to share this?", "Yes")
    sam.presses("Save and continue")
    sam.chooses("Could anybody be recognised from it?", "Yes")
    sam.chooses("Was it given in confidence?", "Yes")
    sam.presses("Save and continue")
    sam.chooses("Is somebody suffering significant harm, or likely to?", "Yes")
    sam.chooses("Would sharing help to prevent or detect a serious crime?", "No")
    sam.chooses("Does a court order or a law require you to share this?", "No")
    sam.presses("Save and continue")


def answers_every_question_of_the_page(sam: Visitor, answer: str = "Yes") -> None:
    for group in sam.page.locator("main form fieldset:has(input[value=not_applicable])").all():
        group.get_by_label(answer, exact=True).check()
        sam.fields += 1
    sam.presses("Save and continue")


def fills_in_what_goes_to_whom(sam: Visitor) -> None:
    sam.is_at("Your decision")
    sam.chooses("What do you decide?", "Share")
    sam.types("Why?", "The injuries do not fit the account given at home.")
    if sam.page.get_by_role("group", name="In which role do you decide?").count():
        sam.chooses("In which role do you decide?", "Practitioner")
    sam.presses("Save and continue")
    if sam.page.get_by_role("heading", level=1).inner_text() == "Advice":
        sam.sees("After what you have decided, your checklist wants this before you sign.")
        sam.presses("Continue")
    sam.is_at("Information")
    sam.types("What is it?", "What was seen and said in PE on Monday, with dates")
    assert sam.page.get_by_label(CHILD).first.is_checked()  # the only one it can be about
    sam.chooses("Is it fact or opinion?", "Fact")
    sam.chooses("Have you checked it with whoever told you or wrote it?", "Yes")
    sam.chooses("What happens to it?", "Share it")
    sam.presses("Save and continue")
    sam.is_at("Recipient")
    sam.types("Who gets it?", "Jo Hart")
    sam.types("Organisation or team", "Northfield Council, children's social care")
    sam.chooses("How will you send or tell it?", "Secure email")
    sam.chooses("Do they need it to protect or help the person?", "Yes")
    sam.chooses("Are they told that it is confidential, or will they be when you send it?", "Yes")
    sam.types("What will they do with it?", "Decide what help is needed")
    sam.presses("Save and continue")
    sam.is_at("The law")
    sam.chooses("Which lawful basis do you rely on?", "Part of our public duties")
    sam.chooses("Is any of it especially private, or about a crime?", "Yes")
    sam.chooses(
        "Which condition allows you to share it?", "Safeguarding children and people at risk"
    )
    sam.presses("Save and continue")
    sam.types("Why are you sharing without consent?", "Asking would warn whoever may have done it.")
    sam.chooses("Which of these is the reason?", "Asking would get in the way of protecting them")
    sam.presses("Save and continue")
    sam.chooses("Is the person told, or will they be?", "No")
    sam.types("Why not?", "Not before social care says it is safe.")
    sam.presses("Save and continue")


@pytest.mark.browser
def test_whatever_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(visit):
    sam = visit("staff")
    sam.follows("Record a request")
    sam.presses("Continue")
    sam.is_told_beside_the_field("Say whether somebody asked, or you thought of it yourselves")
    sam.chooses("What has happened?", "We are thinking of sharing it ourselves")
    sam.presses("Continue")
    sam.types("Full name", "Zoë ياسمين")
    sam.types_date("Which day did this come up?", 31, 2, 2026)
    sam.presses("Record it")
    sam.is_told_beside_the_field("Say how old they are, as far as you know")
    sam.is_told_beside_the_field("Say what you are thinking of sharing")
    assert sam.page.get_by_label("Full name").first.input_value() == "Zoë ياسمين"
    assert sam.page.title().startswith("Error: ")


@pytest.mark.browser
def test_a_page_left_invalid_is_kept_as_typed(visit):
    sam = visit("staff")
    records_what_was_seen(sam)
    sam.presses("Record it")
    sam.presses("Start the decision")
    sam.page.goto(sam.page.url.replace("/danger/", "/outcome/"))
    sam.types("Why?", "Half a thought")
    sam.presses("Save and continue")
    sam.is_at("Your decision")
    sam.page.reload()
    assert sam.page.get_by_label("Why?").input_value() == "Half a thought"


@pytest.mark.browser
def test_the_journey_starts_and_saves_without_scripts(visit):
    sam = visit("staff", scripts=False)
    records_what_was_seen(sam)
    sam.presses("Record it")
    sam.presses("Start the decision")
    answers_the_first_questions(sam)
    sam.sees("You may share without consent")


@pytest.mark.browser
def test_staff_share_with_the_dsls_advice_a_deputy_reviews_and_an_auditor_takes_it_away(visit):
    the_whole_main_job(visit)


@pytest.mark.browser_postgres
def test_the_main_job_on_postgresql(visit):
    """How its pages are made was checked above, and does not hang on the database."""
    the_whole_main_job(partial(visit, checks=False))


def the_whole_main_job(visit) -> None:
    sam = visit("staff")
    records_what_was_seen(sam)
    sam.presses("Record it")
    sam.presses("Start the decision")
    answers_the_first_questions(sam)
    sam.sees("You may share without consent")
    sam.sees("Nobody has said yes or no to sharing yet.")
    sam.sees("There is another reason to share it, so nobody has to agree.")
    sam.ticks("Just asking could bring somebody serious harm")
    sam.presses("Save and continue")
    for _section in range(3):
        answers_every_question_of_the_page(sam)
    for box in sam.page.locator("main form input[type=checkbox]").all():
        box.check()
    sam.presses("Save and continue")
    fills_in_what_goes_to_whom(sam)
    sam.is_at("Check")
    sam.follows(re.compile("Ask the designated safeguarding lead"))
    asks_the_dsl(sam)

    dilys = visit("dsl")
    answers_the_question(dilys)

    signs(sam)
    sam.sees("Signed by Sam Okafor")
    decision = sam.page.url

    dilys.page.goto(decision)
    assert dilys.page.get_by_role("link", name="Review this decision").count() == 0
    tomasz = visit("deputy")
    reviews(tomasz)

    sends_and_has_it_confirmed(sam, decision)
    tells_why_not(sam, decision)

    aisha = visit("auditor")
    takes_it_away(aisha)

    stella = visit("stranger")
    stella.page.goto(decision)
    assert stella.page.get_by_role("heading", level=1).inner_text() == "Page not found"
    stella.does_not_see(CHILD)


def asks_the_dsl(sam: Visitor) -> None:
    sam.follows("Ask a colleague")
    sam.chooses("Whom do you ask?", "Dilys Morgan, Designated safeguarding lead (DSL)")
    sam.types("What do you ask?", f"{CHILD} has bruises that do not fit. Share with social care?")
    sam.chooses("Does your colleague learn who it is about?", "No: take the identity out")
    sam.presses("Show me what they will see")
    sam.sees("Person A has bruises that do not fit. Share with social care?")
    sam.presses("Ask")
    sam.sees("Waiting for Dilys Morgan")


def answers_the_question(dilys: Visitor) -> None:
    dilys.follows("Answer Sam Okafor’s question")
    dilys.does_not_see(CHILD)
    dilys.chooses("What do you advise?", "Share")
    dilys.types("In your words", "Yes. Ring first, then write. Do not ask the parents.")
    dilys.presses("Give this advice")


def signs(sam: Visitor) -> None:
    sam.follows("All pages")
    sam.follows("Check what you have written")
    sam.sees("What was seen and said in PE on Monday, with dates")
    sam.presses("Sign")


def reviews(tomasz: Visitor) -> None:
    tomasz.follows(re.compile("^Review decision"))
    tomasz.sees("The injuries do not fit the account given at home.")
    tomasz.chooses("What do you say to this decision?", "I agree")
    tomasz.presses("Record the review")
    tomasz.sees("Reviewed: agreed")


def sends_and_has_it_confirmed(sam: Visitor, decision: str) -> None:
    today = date.today()  # noqa: DTZ011 - the browser's day
    sam.page.goto(decision)
    sam.follows("Record what was sent")
    sam.ticks("What was seen and said in PE on Monday, with dates")
    sam.types_date("On which day was it sent?", today.day, today.month, today.year)
    sam.chooses("How was it sent?", "Secure email")
    sam.types("Who sent it?", "Sam Okafor")
    sam.chooses("Were they told that it is confidential?", "Yes")
    sam.presses("Save")
    sam.sees("Receipt not confirmed")
    sam.follows("Record whether it arrived")
    sam.chooses("Has it reached who it was meant for?", "Yes, they confirmed it")
    sam.types("Who confirmed it?", "Jo Hart")
    sam.types_date("On which day did you learn this, or ask?", today.day, today.month, today.year)
    sam.presses("Save")
    sam.is_at("Decision")
    sam.sees("Jo Hart")


def tells_why_not(sam: Visitor, decision: str) -> None:
    today = date.today()  # noqa: DTZ011 - the browser's day
    sam.page.goto(decision)
    sam.follows("Say when to look at telling again")
    sam.chooses("Have they been told what was shared?", "No")
    sam.types("Why have they not been told?", "Social care will say when it is safe.")
    soon = today + timedelta(days=7)
    sam.types_date("When will you look at this again?", soon.day, soon.month, soon.year)
    sam.presses("Save")
    sam.is_at("Decision")
    sam.sees("Social care will say when it is safe.")


def takes_it_away(aisha: Visitor) -> None:
    aisha.opens("/decisions/")
    aisha.page.locator("main table a").first.click()
    with aisha.page.expect_download() as download:
        aisha.page.get_by_role("button", name="Take it away as PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")
