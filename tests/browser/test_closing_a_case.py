"""A case is closed to most and opened again; every change, and how it stood, can be read."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from infosharing.cases.domain.opening import name_on_case
from tests.factories import a_case

pytestmark = pytest.mark.browser


def test_the_dsl_restricts_a_case_opens_it_again_and_reads_what_was_changed(visit, cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    name_on_case(case=case, user=cast.deputy, reason="Stands in", by=cast.dsl, at=timezone.now())
    dsl = visit("dsl")
    dsl.opens(f"/cases/{case.public_id}/access/")
    dsl.page.get_by_label("Only the people named on this case will see it").check()
    dsl.page.locator("#id_restrict-reason").fill("The child of a colleague")
    dsl.presses("Restrict the case")
    dsl.follows("Open the case again to everybody who leads here")
    dsl.presses("Open it again")
    dsl.page.get_by_role("link", name="Say why, in a sentence").click()
    expect(dsl.page.locator("#id_reason")).to_be_focused()
    dsl.page.get_by_label("Everybody who leads here").check()
    dsl.page.get_by_label("Why?").fill("The colleague has left")
    dsl.presses("Open it again")
    dsl.opens(f"/cases/{case.public_id}/")
    dsl.follows("Every change, field by field")
    main = dsl.page.locator("main")
    expect(main).to_contain_text("The colleague has left")
    expect(main).to_contain_text("Designated safeguarding lead (DSL)")
    dsl.opens(f"/cases/{case.public_id}/")
    dsl.follows("How it stood on a day of the past")
    today = timezone.localdate()
    for part in ("day", "month", "year"):
        dsl.page.get_by_label(part.capitalize()).fill(str(getattr(today, part)))
    dsl.presses("Show how it stood")
    expect(main).to_contain_text("This is the past")
