"""The wizard's pages: nothing typed is lost, nothing foreign gets in, nobody else gets through."""

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.domain import drafting
from decisions.models import Draft, DraftPage
from tests.decisions.at_the_wizard import at, page, sign_it, typed
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_draft,
    a_request,
    its_person,
    save,
)


@pytest.fixture
def case(cast):
    return a_case(by=cast.dsl, organisation=cast.school)


@pytest.fixture
def draft(cast, case):
    return a_draft(case=case, by=cast.dsl)


@pytest.fixture
def dsl(cast, sign_in):
    return sign_in(cast.dsl)


# Starting


def test_deciding_starts_a_draft_once(cast, case, dsl):
    request = a_request(case=case, by=cast.dsl)
    url = reverse("decisions:decide", args=[request.public_id])
    first, second = dsl.post(url), dsl.post(url)
    draft = Draft.objects.get()
    assert (first.status_code, first.url) == (302, page(draft, "danger"))
    assert second.url == at(draft)
    assert "first questions" in dsl.get(first.url).content.decode()


def test_deciding_what_is_signed_leads_to_the_decision(cast, case, dsl):
    draft = a_complete_draft(case=case, by=cast.dsl)
    sign_it(dsl, draft)
    url = reverse("decisions:decide", args=[draft.decision.request.public_id])
    decision = reverse("decisions:decision", args=[draft.decision.public_id])
    assert dsl.post(url).url == decision
    for place in (at(draft), page(draft, "danger"), at(draft, "draft-check")):
        assert dsl.get(place).url == decision


# Keeping what was typed


def test_a_page_in_order_is_kept_and_leads_on(draft, dsl):
    response = dsl.post(page(draft, "purpose"), {"answer_purpose": "yes", "version": "0"})
    assert (response.status_code, response.url) == (302, page(draft, "identifying"))
    assert typed(draft, "purpose") == {"answer_purpose": ["yes"]}


def test_a_page_not_in_order_is_kept_too_and_shown_again(draft, dsl):
    response = dsl.post(
        page(draft, "outcome"), {"reasons": "  As she said \n so. ", "version": "0"}
    )
    assert response.status_code == 422
    assert typed(draft, "outcome") == {"reasons": ["  As she said \n so. "]}
    text = response.content.decode()
    assert "Saved. One thing needs another look." in text
    assert "You decide as Designated safeguarding lead (DSL)." in text
    assert response.context["carry"]["version"] == 1
    assert "As she said" in text
    assert [item.message for item in response.context["form"].error_summary()] == [
        "Choose what you decide",
    ]


def test_the_panel_follows_the_save_even_of_a_page_not_in_order(draft, dsl):
    response = dsl.post(page(draft, "identifying"), {"answer_identifiable": "no", "version": "0"})
    assert response.status_code == 422
    assert "whether somebody is in danger" in response.content.decode()
    response = dsl.post(page(draft, "danger"), {"answer_immediate_danger": "yes", "version": "0"})
    shown = dsl.get(response.url).context["panel"]
    assert (shown.words, shown.tone) == ("Share now", "go")


def test_saving_and_leaving_keeps_even_what_is_not_in_order(draft, dsl):
    response = dsl.post(page(draft, "outcome"), {"reasons": "x", "then": "leave", "version": "0"})
    assert (response.status_code, response.url) == (302, at(draft))
    assert typed(draft, "outcome") == {"reasons": ["x"]}


def test_who_came_from_checking_goes_back_there(draft, dsl):
    shown = dsl.get(page(draft, "purpose") + "?from=check")
    assert shown.context["carry"] == {"version": 0, "from": "check"}
    response = dsl.post(
        page(draft, "purpose"), {"answer_purpose": "yes", "version": "0", "from": "check"}
    )
    assert response.url == at(draft, "draft-check")


def test_nobody_is_sent_elsewhere_by_a_forged_from(draft, dsl):
    response = dsl.post(
        page(draft, "purpose"),
        {"answer_purpose": "yes", "version": "0", "from": "https://elsewhere.example/"},
    )
    assert response.url == page(draft, "identifying")


def test_fields_of_other_pages_are_ignored(draft, dsl):
    forged = {"answer_purpose": "yes", "outcome": "share", "signed_by": "1", "answer_harm": "no"}
    dsl.post(page(draft, "purpose"), {**forged, "version": "0"})
    assert typed(draft, "purpose") == {"answer_purpose": ["yes"]}
    assert not DraftPage.objects.filter(page="outcome").exists()


def test_an_answer_that_is_not_offered_counts_as_none(draft, dsl):
    response = dsl.post(
        page(draft, "danger"), {"answer_immediate_danger": "not_applicable", "version": "0"}
    )
    assert response.status_code == 422
    assert dsl.get(at(draft)).context["panel"].words == "Not finished yet"


def test_people_of_other_cases_cannot_be_chosen(cast, draft, dsl):
    other = a_case(by=cast.dsl, organisation=cast.school)
    response = dsl.post(
        page(draft, "people"), {"people": its_person(other).public_id, "version": "0"}
    )
    assert response.status_code == 422
    shown = dsl.get(at(draft, "draft-check")).context["missing"]
    assert "Say whom the information is about." in [mend.text for mend in shown]


# Pages and entries that there are not


@pytest.mark.parametrize("key", ["nonsense", "request", "questions-afterwards", "items"])
def test_a_page_that_there_is_not(draft, dsl, key):
    url = page(draft, key)
    assert (dsl.get(url).status_code, dsl.post(url, {"version": "0"}).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("key", "index"), [("item", 2), ("item", 10**12), ("purpose", 1), ("outcome", 3)]
)
def test_an_entry_that_there_is_not(draft, dsl, key, index):
    url = page(draft, key, index)
    posted = dsl.post(url, {"what": "x", "version": "0"})
    assert (dsl.get(url).status_code, posted.status_code) == (404, 404)
    assert not DraftPage.objects.exists()


def test_a_page_that_repeats_takes_no_post_without_an_index(draft, dsl):
    assert dsl.post(page(draft, "item"), {"what": "x", "version": "0"}).status_code == 404


def test_the_first_entry_opens_at_once_then_they_are_listed(draft, dsl):
    assert dsl.get(page(draft, "item")).url == page(draft, "item", 1)
    response = dsl.post(page(draft, "item", 1), {"what": "Dates", "version": "0", "then": "leave"})
    assert response.status_code == 302
    shown = dsl.get(page(draft, "item"))
    assert [row["words"] for row in shown.context["rows"]] == ["Dates"]
    assert shown.context["add"] == page(draft, "item", 2)


WHOLE = {
    "what": "Dates",
    "nature": "fact",
    "source_checked": "yes",
    "handling": "share",
    "version": "0",
}


def test_a_single_entry_leads_on_and_several_are_listed(cast, case, draft, dsl):
    save(draft, cast.dsl, {("outcome", 0): {"outcome": ["share"], "reasons": ["Because"]}})
    shown = dsl.get(page(draft, "item", 1)).content.decode()
    assert "Save and add another" in shown
    another = dsl.post(page(draft, "item", 1), {**WHOLE, "then": "another"})
    assert another.url == page(draft, "item", 2)
    row = DraftPage.objects.get(draft=draft, page="item", index=1)
    again = dsl.post(page(draft, "item", 1), {**WHOLE, "version": row.version})
    assert again.url == page(draft, "recipient")
    assert dsl.post(page(draft, "item", 2), WHOLE).url == page(draft, "item")
    wrong = dsl.post(page(draft, "item", 3), {"version": "0", "then": "another"})
    assert wrong.status_code == 422


def test_from_checking_a_further_entry_can_be_added_and_otherwise_leads_back(cast, draft, dsl):
    save(draft, cast.dsl, {("outcome", 0): {"outcome": ["share"], "reasons": ["Because"]}})
    back = dsl.post(page(draft, "item", 1), {**WHOLE, "from": "check"})
    assert back.url == at(draft, "draft-check")
    more = dsl.post(page(draft, "item", 2), {**WHOLE, "from": "check", "then": "another"})
    assert more.url == page(draft, "item", 3)


def test_where_nobody_said_anything_and_it_may_be_shared_the_reason_comes_next(cast, draft, dsl):
    calm = {"answer_significant_harm": "yes", "answer_serious_crime": "no"}
    save(
        draft,
        cast.dsl,
        {
            ("danger", 0): {"answer_immediate_danger": ["no"]},
            ("purpose", 0): {"answer_purpose": ["yes"]},
            ("identifying", 0): {"answer_identifiable": ["yes"], "answer_confidential": ["yes"]},
        },
    )
    harm = {**calm, "answer_legal_duty": "no", "version": "0"}
    assert dsl.post(page(draft, "harm"), harm).url == page(draft, "grounds")
    shown = dsl.get(page(draft, "grounds")).content.decode()
    assert "Nothing is recorded of what anybody said about sharing." in shown
    assert "so nobody has to agree" in shown
    assert f"next={page(draft, 'grounds')}" in shown
    a_consent(case=draft.decision.case, by=cast.dsl)
    shown = dsl.get(page(draft, "grounds")).content.decode()
    assert "so nobody has to agree" not in shown
    row = DraftPage.objects.get(draft=draft, page="harm")
    again = dsl.post(page(draft, "harm"), {**harm, "version": row.version})
    assert again.url == page(draft, "consent")


def test_an_entry_is_taken_off_after_asking(draft, dsl):
    dsl.post(page(draft, "item", 1), {"what": "Dates", "version": "0"})
    url = at(draft, "draft-entry-remove", "item", 1)
    asked = dsl.get(url)
    assert "Dates" in asked.content.decode()
    assert dsl.post(url, {"version": asked.context["version"]}).url == page(draft, "item")
    assert dsl.get(page(draft, "item", 1)).status_code == 404
    assert dsl.get(page(draft, "item")).url == page(draft, "item", 2)
    assert dsl.get(url).url == page(draft, "item")


def test_an_entry_changed_meanwhile_is_not_taken_off_unseen(cast, draft, dsl):
    save(draft, cast.dsl, {("item", 1): {"what": ["Dates"]}})
    save(draft, cast.dsl, {("item", 1): {"what": ["Dates and places"]}})
    response = dsl.post(at(draft, "draft-entry-remove", "item", 1), {"version": "1"})
    assert response.status_code == 409
    assert "Dates and places" in response.content.decode()
    assert response.context["version"] == 2


# Two people on one page


def test_two_texts_stand_side_by_side_and_none_is_lost(cast, draft, dsl):
    save(draft, cast.deputy, {("outcome", 0): {"reasons": ["Theirs"], "outcome": ["share"]}})
    response = dsl.post(page(draft, "outcome"), {"reasons": "Mine", "version": "0"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Theirs" in text
    assert "Mine" in text
    assert cast.deputy.name in text
    assert typed(draft, "outcome") == {"reasons": ["Theirs"], "outcome": ["share"]}
    assert "There is a problem" not in text
    assert response.context["carry"]["version"] == 1
    response = dsl.post(page(draft, "outcome"), {"reasons": "Mine", "version": "1"})
    assert typed(draft, "outcome") == {"reasons": ["Mine"]}


def test_an_entry_begun_at_the_same_moment_becomes_a_further_one(cast, draft, dsl):
    save(draft, cast.deputy, {("item", 1): {"what": ["Theirs"]}})
    response = dsl.post(page(draft, "item", 1), {"what": "Mine", "version": "0"})
    assert response.status_code == 409
    assert response.context["action"] == page(draft, "item", 2)
    dsl.post(response.context["action"], {"what": "Mine", "version": "0"})
    assert (typed(draft, "item", 1), typed(draft, "item", 2)) == (
        {"what": ["Theirs"]},
        {"what": ["Mine"]},
    )


def test_what_was_typed_on_an_entry_taken_off_meanwhile_can_be_put_back(cast, draft, dsl):
    save(draft, cast.dsl, {("item", 1): {"what": ["Dates"]}})
    drafting.remove_entry(
        draft=draft, page="item", index=1, version=1, by=cast.deputy, at=timezone.now()
    )
    response = dsl.post(page(draft, "item", 1), {"what": "Dates, corrected", "version": "1"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "took this off the list" in text
    assert "Dates, corrected" in text
    dsl.post(
        page(draft, "item", 1),
        {"what": "Dates, corrected", "version": response.context["carry"]["version"]},
    )
    assert DraftPage.objects.get(page="item").removed is False


def test_a_double_click_on_save_is_no_conflict(draft, dsl):
    typed_twice = {"answer_purpose": "yes", "version": "0"}
    for _click in range(2):
        assert dsl.post(page(draft, "purpose"), typed_twice).status_code == 302


# Not applicable as a whole


def test_a_section_is_not_applicable_as_a_whole_when_nothing_is_sent(cast, draft, dsl):
    save(draft, cast.dsl, {("outcome", 0): {"outcome": ["do_not_share"]}})
    url = page(draft, "questions-information")
    assert "Not applicable: nothing is being sent" in dsl.get(url).content.decode()
    response = dsl.post(
        url, {"then": "not-applicable", "note_how_much": "None of it.", "version": "0"}
    )
    assert response.url == page(draft, "questions-recipient")
    assert typed(draft, "questions-information") == {
        "note_how_much": ["None of it."],
        "answer_how_much": ["not_applicable"],
        "answer_fact_from_opinion": ["not_applicable"],
        "answer_check_source": ["not_applicable"],
    }


def test_that_is_never_offered_while_something_may_be_sent(cast, draft, dsl):
    url = page(draft, "questions-information")
    assert "nothing is being sent" not in dsl.get(url).content.decode()
    assert dsl.post(url, {"then": "not-applicable", "version": "0"}).status_code == 422
    assert typed(draft, "questions-information") == {}
