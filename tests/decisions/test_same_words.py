"""What a page asks and what the record shows of it are the same words, page by page."""

import pytest

from decisions import facts
from decisions.forms import pages_deciding, pages_recipient, pages_sharing
from decisions.packs import shipped
from decisions.signed_body import prepare
from decisions.summary.decided import outcome_section
from tests.factories import a_case, a_draft, complete_pages, its_person, save_at_once

# Fields whose words stand beside another's, as its note.
NOTES = {
    "source_not_checked_because",
    "handling_reason",
    "history_when",
    "others_done",
    "organisation",
    "address",
    "telling_plan",
    "onward_limits",
}
PACK = shipped("statutory-2024")
FORMS = {
    "item-1": pages_sharing.ItemForm(people=[("a", "A")]),
    "recipient-1": pages_recipient.RecipientForm(methods=PACK.methods),
    "basis": pages_sharing.BasisForm(),
    "no-consent": pages_sharing.NoConsentForm(),
    "telling": pages_sharing.TellingForm(),
    "withheld": pages_sharing.WithheldForm(),
}


@pytest.fixture
def sections(cast, db):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_draft(case=case, by=cast.dsl)
    pages = complete_pages(its_person(case))
    pages["outcome", 0]["outcome"] = ["share_in_part"]
    pages["withheld", 0] = {"withheld": ["The neighbour"]}
    pages["item", 1] |= {"handling": ["redact"], "handling_reason": ["x"], "others": ["no"]}
    pages["recipient", 1] |= {
        "address_source": ["Their website"],
        "onward": ["named"],
        "onward_limits": ["Their team"],
    }
    save_at_once(draft=draft, pages=pages, by=cast.dsl, at=draft.started_at)
    material = facts.material_of(draft, PACK, draft.started_at.date())
    return {one.code: one for one in prepare(material).sections}


@pytest.mark.parametrize("code", FORMS)
def test_the_record_uses_the_words_of_the_page(sections, code):
    asked = {str(field.label) for name, field in FORMS[code].fields.items() if name not in NOTES}
    shown = {row.label for row in sections[code].rows}
    assert asked - shown == set()


def test_going_against_the_guide_has_the_words_of_its_page():
    words = str(pages_deciding.AgainstForm().fields["override_reasons"].label)
    drafted = {"outcome": "share", "reasons": "x", "override_reasons": "y"}

    class Nobody:
        role = None
        contrary_advice = ()
        pages = {}

    found = outcome_section(Nobody(), drafted)
    assert words in [row.label for row in found.rows]
