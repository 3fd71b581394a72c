"""Somebody was asked and said no: which ground, which legal reason, which advice (R20, R28)."""

import html
import re

import pytest
from django.utils import timezone

from decisions.forms import pages_deciding, pages_sharing
from decisions.remarks import typed
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_draft,
    complete_pages,
    its_person,
    save,
    save_at_once,
)

SECOND = "After a no it is as a rule the second"


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _after(cast, said):
    """A decision to share, after a parent said yes, no, or took a yes back, about this sharing."""
    case = a_case(by=cast.dsl, organisation=cast.school)
    if said:
        a_consent(case=case, by=cast.dsl, status=said)
    draft = a_complete_draft(case=case, by=cast.dsl)
    if said:
        consent = case.consents.get()
        covers = {f"covers_{consent.public_id}_{one}": ["yes"] for one in typed.COVERS}
        save(draft, cast.dsl, {("consent", 0): covers})
    return draft


@pytest.mark.parametrize(("said", "told"), [("refused", True), (None, False)])
def test_the_pages_say_which_reason_and_ground_are_meant_for_a_no(cast, sign_in, said, told):
    draft, client = _after(cast, said), sign_in(cast.dsl)
    page = _text(client.get(f"/drafts/{draft.public_id}/no-consent/"))
    assert (SECOND in page) is told
    assert ("Say what weighs more than their no" in page) is told
    page = _text(client.get(f"/drafts/{draft.public_id}/grounds/"))
    assert ("A no is respected unless something weighs more" in page) is told


def test_each_legal_reason_says_when_it_is_chosen():
    field = pages_sharing.NoConsentForm().fields["no_consent_reason"]
    codes = [code for code, _words in field.choices]
    assert list(field.widget.hints) == codes
    assert "asked and said no" in field.widget.hints["cannot_reasonably_be_obtained"]


def test_public_duties_as_ground_and_as_basis_are_told_apart():
    ground = pages_deciding.GroundsForm().fields["grounds"].widget.hints["public_function"]
    basis = pages_sharing.BasisForm().fields["lawful_basis"].widget.hints["public_task"]
    assert "no reason once somebody has said no" in ground
    assert "another question" in ground
    assert "also after a no" in basis


# Advice that only the decision calls for


@pytest.fixture
def draft(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    pages = complete_pages(its_person(case))
    for undecided in (("outcome", 0), ("item", 1), ("recipient", 1)):
        del pages[undecided]
    save_at_once(draft=draft, pages=pages, by=cast.staff, at=timezone.now())
    return draft


def _at(draft, page):
    return f"/drafts/{draft.public_id}/{page}/"


def _decide(draft, client, outcome):
    return client.post(
        _at(draft, "outcome"), {"version": "0", "outcome": outcome, "reasons": "Because"}
    )


def test_where_it_is_decided_it_is_said_which_decision_calls_for_advice(cast, draft, sign_in):
    page = sign_in(cast.staff).get(_at(draft, "outcome"))
    assert page.context["advice_by_outcome"] == [
        {
            "when": "If you share it",
            "words": "ask the designated safeguarding lead (or deputy), or record that you tried.",
        }
    ]
    assert f'name="next" value="{_at(draft, "advice")}"' in page.content.decode()


def test_a_lead_who_decides_needs_nobody_elses_advice_and_is_told_nothing(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get(_at(draft, "outcome"))
    assert page.context["advice_by_outcome"] == []


def test_advice_asked_for_in_any_case_is_not_said_to_follow_from_the_decision(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    save(draft, cast.staff, {("purpose", 0): {"answer_purpose": ["not_sure"]}})
    page = sign_in(cast.staff).get(_at(draft, "outcome"))
    assert page.context["advice_by_outcome"] == []


def test_a_decision_that_calls_for_advice_leads_to_it_and_on_from_there(cast, draft, sign_in):
    client = sign_in(cast.staff)
    assert _decide(draft, client, "share").url == _at(draft, "advice")
    page = client.get(_at(draft, "advice"))
    assert "After what you have decided" in _text(page)
    assert page.context["continue_to"] == _at(draft, "item")
    assert page.context["back_url"] == _at(draft, "outcome")
    client.post(_at(draft, "advice") + "tried/", {"role": "dsl", "how": "Rang twice, no answer"})
    row = draft.pages.get(page="outcome")
    again = client.post(
        _at(draft, "outcome"),
        {"version": row.version, "outcome": "share", "reasons": "Because of this"},
    )
    assert again.url == _at(draft, "item")


def test_a_decision_that_calls_for_none_goes_on(cast, draft, sign_in):
    assert _decide(draft, sign_in(cast.staff), "do_not_share").url == _at(draft, "against")


def test_before_it_is_decided_advice_leads_to_the_decision(cast, draft, sign_in):
    page = sign_in(cast.staff).get(_at(draft, "advice"))
    assert page.context["continue_to"] == _at(draft, "outcome")


def test_the_law_page_says_what_the_checklist_was_answered(cast, sign_in):
    draft, client = _after(cast, None), sign_in(cast.dsl)
    words = "In the checklist you answered “Not sure”. Here the law decides"
    url = f"/drafts/{draft.public_id}/basis/"
    assert words not in _text(client.get(url))
    save(draft, cast.dsl, {("questions-right_to_share", 0): {"answer_sensitive": ["not_sure"]}})
    assert words in _text(client.get(url))
