"""Nobody answers: it is pressed for in stages, corrected with its reason, and closed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from decisions.models import SignedVersion
from tests.browser.visitor import Visitor
from tests.decisions.afterwards import a_decision, everything_followed

pytestmark = pytest.mark.browser


def test_what_nobody_acts_on_is_pressed_for_in_stages_and_then_closed(visit, cast):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    dilys = visit("dsl")
    dilys.opens(reverse("decisions:decision", args=[decision.public_id]))
    dilys.follows("Record a reply, or press for one")
    dilys.types("What was said or done?", "She will ring on Monday.")
    dilys.presses("Save")
    dilys.page.locator(".govuk-error-summary").wait_for()
    dilys.still_reads("What was said or done?", "She will ring on Monday.")
    _presses(dilys, "Raised with the recipient’s manager", "Ann Reed, team manager")
    dilys.sees("Ann Reed, team manager")
    dilys.sees("She will ring on Monday.")

    dilys.follows("Close this decision")
    dilys.presses("Close it")
    dilys.page.locator(".govuk-error-summary").wait_for()
    dilys.types("Why can it be closed?", "Social care looks after her now.")
    dilys.presses("Close it")
    dilys.sees("Social care looks after her now.")


def _presses(dilys: Visitor, kind: str, who: str) -> None:
    dilys.chooses("What happened?", kind)
    dilys.types("Who was it?", who)
    today = date.today()  # noqa: DTZ011 - the browser's day
    later = today + timedelta(days=3)
    dilys.types_date("On which day?", today.day, today.month, today.year)
    dilys.types_date("When will you look at this again?", later.day, later.month, later.year)
    dilys.presses("Save")


def test_a_correction_says_why_and_the_first_version_stays(visit, cast):
    decision = a_decision(cast)
    dilys = visit("dsl")
    address = reverse("decisions:decision", args=[decision.public_id])
    dilys.opens(address)
    dilys.follows("Start a new version")
    dilys.presses("Start the new version")
    dilys.page.locator(".govuk-error-summary").wait_for()
    dilys.types("Why is a new version needed?", "The day was wrong.")
    dilys.presses("Start the new version")
    dilys.sees("The day was wrong.")
    dilys.opens(address)
    dilys.sees("The injuries do not fit the account given at home.")
    version = SignedVersion.objects.get()  # the new one is a draft
    assert (version.decision.version, version.draft.reason) == (version, "")
    assert [one.reason for one in decision.drafts.filter(closed_at=None)] == ["The day was wrong."]
