"""Consent asked for with a leaflet, given, taken back; the decision that relied on it says so."""

from datetime import date, timedelta

import pytest

from consent.models import ConsentRecord
from tests.factories import a_case


@pytest.mark.browser
def test_a_mother_is_asked_with_a_leaflet_and_takes_a_part_of_her_yes_back(visit, cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    sam, today = visit("staff"), date.today()  # noqa: DTZ011 - the browser's day
    sam.opens(f"/cases/{case.public_id}/")
    sam.follows("What was said about sharing, in order: Ife Adeyemi")
    sam.follows("Ask, with a leaflet")
    sam.types("Whom do you ask?", "Grace Adeyemi")
    sam.chooses("In what standing?", "A parent")
    sam.types("Which information would be shared?", "How she speaks in class")
    sam.types("With whom?", "The speech service\nThe school nurse")
    sam.types("What for?", "To find a speech therapist")
    sam.types("Whom may they tell in turn?", "Nobody")
    sam.types("What follows if they say yes?", "They ring you.")
    sam.types("What follows if they say no?", "Nothing changes at school.")
    sam.chooses("Have you asked them yet?", "Not yet")
    later = today + timedelta(days=7)
    group = "When will you look whether they have answered?"
    sam.types_date(group, later.day, later.month, later.year)
    sam.presses("Save, and go to the leaflet")
    sam.follows("See and print the leaflet")
    sam.is_at("May we share this?")
    sam.sees("Signature:")
    sam.follows("The record")
    sam.follows("Record their answer")
    sam.is_at("Record what was said about sharing")
    assert sam.page.locator("input[type=radio]:checked").count() == 0
    sam.chooses("What was said?", "Yes, they agreed")
    sam.presses("Continue")
    sam.is_at("They agreed")
    assert sam.page.locator("input[type=radio]:checked").count() == 0
    assert ConsentRecord.objects.count() == 0
