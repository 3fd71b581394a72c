"""Whom details must not reach is said wherever something is chosen, checked, sent or handed out."""

import pytest

from decisions.domain import signing
from infosharing.cases.names import may_be
from tests.decisions.afterwards import a_decision
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_protection,
    a_question,
    its_person,
    save,
)

FATHER = "Dean Cole, her father"
PLAIN = "Details of Ife Adeyemi must not reach Dean Cole, her father."
MEANT = f"{PLAIN} This may be them: Dean Cole. Make sure before anything leaves your hands."


def _text(page):
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("somebody", "from_whom", "meant"),
    [
        ("Dean Cole", FATHER, True),
        ("Mr D Cole", FATHER, True),
        ("COLE, Déan", FATHER, True),
        ("Dean", FATHER, True),
        ("Mr Dean Cole and partners", FATHER, True),
        ("Grace Cole", FATHER, False),
        ("Jo Hart", FATHER, False),
        ("Her father", FATHER, False),
        ("", FATHER, False),
        ("Dean Cole", "", False),
    ],
)
def test_who_may_be_meant(somebody, from_whom, meant):
    assert may_be(somebody, from_whom) is meant


@pytest.fixture
def case(cast):
    found = a_case(by=cast.dsl, organisation=cast.school)
    a_protection(case=found, by=cast.dsl, from_whom=FATHER)
    return found


def _draft(cast, case, **recipient):
    draft = a_complete_draft(case=case, by=cast.dsl)
    typed = draft.pages.get(page="recipient").typed
    save(draft, cast.dsl, {("recipient", 1): {**typed, **recipient}})
    return draft


REMARK = "Recipient 1 may be Dean Cole, her father: details of Ife Adeyemi must not reach them."


@pytest.mark.parametrize(
    ("recipient", "said"),
    [
        ({"name": ["Dean Cole"]}, True),
        ({"name": ["The office"], "organisation": ["Dean Cole Ltd"]}, True),
        ({"name": ["Jo Hart"]}, False),
    ],
)
def test_a_recipient_who_may_be_meant_is_pointed_out_where_chosen_checked_and_signed(
    cast, sign_in, case, recipient, said
):
    draft = _draft(cast, case, **recipient)
    client = sign_in(cast.dsl)
    for place in ("recipient/1/", "check/"):
        text = _text(client.get(f"/drafts/{draft.public_id}/{place}"))
        assert (REMARK in text) is said
        assert "Not to reach Dean Cole, her father." in text
    sections = signing.prepared_draft(draft, draft.started_at, cast.dsl).sections
    rows = [row.value for section in sections for row in section.rows]
    assert (REMARK in rows) is said
    assert FATHER in rows


def test_the_sheet_that_goes_out_warns_beside_it_and_not_on_it(cast, sign_in, case):
    decision = a_decision(cast, case=case, recipient_1={"name": ["Dean Cole"]})
    page = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/goes-out/1/")
    assert page.context["guarded"] == [MEANT]
    before, sheet = page.content.decode().split("<article")
    assert "must not reach" in before
    assert "isd-no-print" in before
    assert "must not reach" not in sheet


def test_the_sheet_of_a_case_without_a_mark_says_nothing_of_it(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/goes-out/1/")
    assert page.context["guarded"] == []


@pytest.mark.parametrize(("whom", "words"), [("Dean Cole", MEANT), ("Grace Adeyemi", PLAIN)])
def test_a_leaflet_warns_beside_it_and_not_on_it(cast, sign_in, case, whom, words):
    question = a_question(case=case, by=cast.dsl, whom=whom)
    page = sign_in(cast.dsl).get(f"/consent-steps/{question.public_id}/leaflet/")
    assert page.context["guarded"] == [words]
    before, leaflet = page.content.decode().split("<article")
    assert "must not reach" in before
    assert "must not reach" not in leaflet


def test_a_copy_of_a_yes_warns_of_those_it_names(cast, sign_in, case):
    consent = a_consent(case=case, by=cast.dsl, scope_recipients="The nurse\nDean Cole")
    page = sign_in(cast.dsl).get(f"/consents/{consent.public_id}/leaflet/")
    assert page.context["guarded"] == [MEANT]


def test_whoever_asks_is_told_before_they_ask(cast, sign_in, case):
    url = f"/cases/{case.public_id}/people/{its_person(case).public_id}/consent/ask/"
    assert PLAIN in _text(sign_in(cast.dsl).get(url))
