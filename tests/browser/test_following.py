"""What was sent reaches the wrong person, and is dealt with until it is closed."""

from datetime import date

import pytest

from tests.browser.visitor import Visitor
from tests.decisions.afterwards import a_decision
from tests.factories import a_contact


def _today(somebody: Visitor, question: str) -> None:
    today = date.today()  # noqa: DTZ011 - the browser's day
    somebody.types_date(question, today.day, today.month, today.year)


def records(somebody: Visitor, what: str, who: str, words: str, risk: str = "") -> None:
    somebody.follows("Record a step")
    somebody.chooses("What do you record?", what)
    if risk:
        somebody.chooses("What may come of it for the people?", risk)
    somebody.types("Who?", who)
    _today(somebody, "On which day?")
    somebody.types("At what time?", "00:00")
    somebody.types("What was done or decided, and why?", words)
    somebody.presses("Save")


@pytest.mark.browser
def test_a_letter_to_the_wrong_house_is_a_breach_until_everything_is_done(visit, cast):
    decision = a_decision(cast, recipient_1={"address": ["jo.hart@northfield.example"]})
    a_contact(organisation=cast.school, by=cast.dsl)
    dilys = visit("dsl")
    dilys.opens(f"/decisions/{decision.public_id}/")
    dilys.follows("Record what was sent")
    dilys.ticks("What was seen and said, with dates")
    dilys.chooses("How was it sent?", "Recorded post")
    dilys.ticks("The address on the envelope was checked")
    dilys.types("Tracking number", "RM 1234")
    dilys.types("Which address or number was used?", "2 Marsh Lane")
    dilys.chooses("Were they told that it is confidential?", "Yes")
    dilys.presses("Save")
    dilys.is_told_beside_the_field(
        "Not as planned: the way it was sent and the number or address. Say why, or correct it "
        "above"
    )
    dilys.types("If it was not sent as planned: why?", "Their mailbox was full.")
    dilys.presses("Save")
    dilys.sees("RM 1234")
    dilys.sees("Not as planned")

    dilys.follows("Record whether it arrived")
    dilys.chooses("Has it reached who it was meant for?", "No, it reached the wrong person")
    dilys.types("Whom did it reach?", "The family at number 3")
    dilys.types("At what time did you learn this?", "00:00")
    _today(dilys, "On which day did you learn this, or ask?")
    dilys.presses("Save")
    dilys.is_at("Breach")
    dilys.sees("What is still to be done")
    records(dilys, "Done to contain it", "Dilys Morgan", "Fetched it back, unopened.")
    records(dilys, "Data protection lead told", "Dana Whitlock", "Rang her.")

    dana = visit("dpl")
    dana.follows("Deal with breach")
    records(dana, "Risk assessed", "Dana Whitlock", "Unopened.", "Harm to anybody is unlikely")
    records(
        dana,
        "Decided not to tell the Information Commissioner",
        "Dana Whitlock",
        "Harm is unlikely.",
    )
    records(dana, "Person told", "Ife’s grandmother", "Told on the telephone.")
    dana.follows("Record a step, or close it")
    dana.chooses("What do you record?", "Closed")
    _today(dana, "On which day?")
    dana.types("At what time?", "00:00")
    dana.types("What was done or decided, and why?", "Addresses are read back from now on.")
    dana.presses("Save")
    dana.sees("Closed on")
