"""What a history calls fields, pages and answers: the words of the product, not of its tables."""

from datetime import datetime

import pytest
from django.db import models
from django.utils import timezone

from decisions.domain import following, requesting
from decisions.forms.pages_people import COVERS
from infosharing.audit.changes import tracked_fields, tracked_models
from infosharing.casefile.presenters import page_words
from infosharing.casefile.presenters.field_words import (
    FIELDS,
    is_named_for_readers,
    words_of_field,
)
from infosharing.casefile.presenters.histories import INNER, SILENT, _parent, case_arms
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import NewPerson
from infosharing.journeys.templatetags.british import LONDON
from tests.decisions.afterwards import a_decision, a_disclosure
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_request,
    a_signed_decision,
    its_person,
    save,
)

NOW = timezone.now


def _shown(case, user):
    """Every model and field that a history of a case may show."""
    for arm in case_arms(case, user):
        label = arm.model._meta.label_lower
        for field in tracked_fields(arm.model):
            left_out = SILENT | INNER.get(label, frozenset()) | {_parent(arm.model), "typed"}
            if field.name not in left_out:
                yield arm.model, field


def _changes(client, case):
    return client.get(f"/cases/{case.public_id}/history/").context["changes"]


def _said(change):
    return {line.label: line.after for line in change.lines}


def test_somebody_has_thought_of_what_every_field_is_called(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    shown = list(_shown(case, cast.dsl))
    assert len(shown) > 200
    assert [
        f"{model._meta.label_lower}.{field.name}"
        for model, field in shown
        if not is_named_for_readers(field, model)
    ] == []


def test_a_field_that_nobody_has_thought_of_would_be_found():
    planted = models.CharField()
    planted.set_attributes_from_name("legal_power_kind_code")
    model = next(model for model, _past in tracked_models())
    assert not is_named_for_readers(planted, model)
    assert words_of_field(planted, model) == "Legal power kind code"


def test_no_words_are_kept_for_a_field_that_is_not_there():
    known = {
        model._meta.label_lower: {field.name for field in tracked_fields(model)}
        for model, _past in tracked_models()
    }
    assert [
        f"{label}.{name}" for label, words in FIELDS.items() for name in set(words) - known[label]
    ] == []


def test_two_fields_of_one_record_are_never_called_the_same(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    found = {}
    for model, field in _shown(case, cast.dsl):
        found.setdefault(model._meta.label_lower, []).append(words_of_field(field, model))
    assert {label: words for label, words in found.items() if len(words) != len(set(words))} == {}


@pytest.mark.parametrize("page", sorted(page_words.FORMS))
def test_everything_asked_on_a_page_of_the_wizard_has_its_words(page):
    for key in page_words.FORMS[page].base_fields:
        if key not in ("who",):  # asked by other forms of the emergency page, never kept
            assert page_words.asked_words(page, key, {}), key


def test_questions_notes_and_reviewers_questions_are_told_in_full():
    code, words = next(iter(page_words._questions().items()))
    assert page_words.asked_words("danger", f"answer_{code}", {}) == words
    assert page_words.asked_words("danger", f"note_{code}", {}) == f"Note: {words}"
    assert (
        page_words.asked_words("item", "review_answer_2", {})
        == "Answer to question 2 of the reviewer"
    )
    assert page_words.asked_words("item", "nothing_known", {}) == ""


def test_a_page_says_what_it_is_called_and_which_of_several_it_is():
    assert page_words.page_title("recipient", 2) == "Recipient, number 2"
    assert page_words.page_title("outcome", 0) == "Your decision"
    assert page_words.page_title("emergency", 0) == "Sharing in an emergency"
    assert page_words.page_title("gone", 0) == ""


def test_what_is_said_of_a_consent_names_its_record_and_no_other(cast, sign_in):
    case, other = (a_case(by=cast.staff, organisation=cast.school) for _ in range(2))
    consent, foreign = (a_consent(case=one, by=cast.staff) for one in (case, other))
    draft = a_complete_draft(case=case, by=cast.dsl)
    person = its_person(case)
    save(
        draft,
        cast.dsl,
        {
            ("consent", 0): {
                f"covers_{consent.public_id}_purpose": ["yes"],
                f"covers_{foreign.public_id}_purpose": ["no"],
            },
            ("people", 0): {
                "people": [person.public_id],
                f"judgement_{person.public_id}": ["none"],
            },
        },
    )
    found = {}
    for change in _changes(sign_in(cast.dsl), case):
        if change.which in ("Consent", "Whom the information is about"):
            found = _said(change) | found
    asked = dict(COVERS)["purpose"]
    assert found[f"{asked} (what was said, record {consent.spoken_reference})"] == "Yes"
    assert found[asked] == "No"
    assert (
        found[f"Has somebody judged whether {person.name} can decide this?"]
        == "None that is recorded is about this matter"
    )
    page = sign_in(cast.dsl).get(f"/cases/{case.public_id}/history/").content.decode()
    assert foreign.public_id not in page
    assert foreign.spoken_reference not in page


def test_care_taken_is_told_as_it_was_ticked(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl, taken=following.Taken(checks=["address_checked"]))
    changes = _changes(sign_in(cast.dsl), decision.case)
    sent = next(_said(one) for one in changes if one.title == "Sending recorded")
    assert sent["Care taken, as ticked"] == (
        "The address was read back letter by letter before sending"
    )


def test_a_term_is_the_end_of_its_day_and_a_fingerprint_is_called_one(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    by_when = datetime(2026, 12, 4, 23, 59, tzinfo=LONDON)
    a_request(case=case, by=cast.staff, by_when=by_when)
    a_signed_decision(case=case, by=cast.dsl)
    said = {change.title: _said(change) for change in _changes(sign_in(cast.dsl), case)}
    signed = said["Signed version recorded"]
    assert "Fingerprint of what was signed (SHA-256)" in signed
    terms = [words["To be decided by"] for words in said.values() if "To be decided by" in words]
    assert terms == ["The end of 4 December 2026"]


def test_a_correction_says_what_stood_there_and_what_stands_there_now(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    request = a_request(case=case, by=cast.staff)
    asked = requesting.Asked(
        asked_for="Why she left school",
        purpose=request.purpose,
        happened_on=request.happened_on,
    )
    requesting.correct_request(
        request=request,
        asked=asked,
        requester=None,
        about=[],
        reason="Misheard",
        by=cast.staff,
        at=NOW(),
    )
    changes = _changes(sign_in(cast.dsl), case)
    said = next(_said(one) for one in changes if one.title == "Correction of the request recorded")
    assert f"{request.asked_for}, corrected to: Why she left school" in said["What was corrected"]
    assert said["Why it was corrected"] == "Misheard"


def test_a_change_says_of_which_record_it_is(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    person = its_person(case)
    change_person(
        case=case,
        person=person,
        details=NewPerson(name=person.name, age_band="under_16"),
        reason="The certificate",
        by=cast.dsl,
        at=NOW(),
    )
    changed = _changes(sign_in(cast.dsl), case)[0]
    assert (changed.title, changed.which) == ("Person changed", "Ife Adeyemi")
    page = sign_in(cast.dsl).get(f"/cases/{case.public_id}/history/").content.decode()
    assert "Which: <bdi>Ife Adeyemi</bdi>" in page
