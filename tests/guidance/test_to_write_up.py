"""What may wait in an emergency, and what the guidance says beside its codes (section 5)."""

import pytest

from infosharing.guidance.loading import default_pack
from tests.guidance.build import (
    ADULT_WITHOUT,
    YESTERDAY,
    bare,
    by_self,
    consent,
    given,
    guide,
    person,
    received,
    refusing,
    sharing,
)
from tests.guidance.drafted import GROUND, HARM, missing

# What may be written up


SHARE_NOW = {"immediate_danger": "yes"}


def test_in_an_emergency_only_the_bare_facts_hold_the_signature_back():
    request = received(channel="telephone", identity="not_verified")
    decision = {"outcome": "share_in_part", "items": [{}], "recipients": [{}]}
    facts = given(flow=SHARE_NOW, request=request, decision=decision)
    guidance = guide(facts, default_pack())
    assert guidance.suggestion == "share_now"
    assert list(guidance.missing) == [
        "reasons",
        "requester_identity",
        "call_back",
        "item:1:what",
        "recipient:1:name",
        "recipient:1:method",
    ]
    before = default_pack().questions_at("before")
    assert list(guidance.to_write_up) == [
        *(f"rule:{n}" for n in range(1, 8)),
        *(f"question:{question.code}" for question in before),
        "item:1:nature",
        "item:1:source",
        "recipient:1:need_to_know",
        "recipient:1:told_confidential",
        "recipient:1:intended_use",
        "lawful_basis",
        "special_category",
        "no_consent_because",
        "ground",
        "withheld",
        "person_informed",
        "advice:dsl",
    ]
    assert len(before) == 15


def test_in_an_emergency_items_and_recipients_hold_the_signature_back():
    facts = given(flow=SHARE_NOW, decision=sharing(items=[], recipients=[]))
    guidance = guide(facts)
    assert (guidance.missing, guidance.to_write_up) == (("items", "recipients"), ("ground",))


def test_in_an_emergency_the_reasons_for_going_without_consent_can_wait():
    decision = sharing(
        special_category=True,
        special_category_condition="safeguarding_of_children_and_individuals_at_risk",
    )
    guidance = guide(given(flow=SHARE_NOW, decision=decision))
    assert (guidance.missing, guidance.to_write_up) == ((), ("ground", "no_consent_reason"))
    decision = sharing(special_category=True, special_category_condition=None)
    guidance = guide(given(flow=SHARE_NOW, decision=decision))
    assert guidance.to_write_up == ("special_category_condition", "ground")


def test_in_an_emergency_a_refusal_waits_for_everything():
    facts = given(flow=SHARE_NOW, request=received(), decision={"outcome": "do_not_share"})
    pack = bare(rules=default_pack().rules[:1])
    assert missing(facts, pack) == ["reasons", "rule:1", "refusal_discussed", "override_reasons"]


def test_in_an_emergency_without_an_outcome_nothing_is_put_off():
    pack = bare(rules=default_pack().rules[:1])
    facts = given(flow=SHARE_NOW, decision={})
    assert missing(facts, pack) == ["outcome", "reasons", "rule:1"]


def test_a_hoax_caller_is_refused_in_a_minute():
    facts = given(flow={}, request=received(identity="failed", requester_kind="police"))
    facts["decision"] = {"outcome": "do_not_share"}
    assert missing(facts, default_pack()) == ["reasons"]
    facts["decision"]["reasons"] = "Nobody there knows him."
    assert missing(facts, default_pack()) == []


def test_a_hoax_caller_leaves_nothing_to_write_up():
    facts = given({"purpose": "not_sure"}, request=received(identity="failed"))
    facts["decision"] = refusing(advice_tried=[{"role": "dsl", "how": "Rang at five"}])
    assert missing(facts, default_pack()) == []


def test_sharing_with_a_hoax_caller_is_no_exception():
    facts = given(request=received(identity="failed"), decision={"outcome": "share"})
    assert len(missing(facts, default_pack())) > 20


def test_refusing_for_another_reason_is_no_exception():
    facts = given({"purpose": "no"}, request=received(), decision={"outcome": "do_not_share"})
    assert missing(facts) == ["reasons", "refusal_discussed"]


def test_a_hoax_caller_before_an_outcome_is_chosen():
    pack = bare(rules=default_pack().rules[:1])
    facts = given(request=received(identity="failed"), decision={})
    assert missing(facts, pack) == ["outcome", "reasons", "rule:1"]


# What the guidance says beside the codes


@pytest.mark.parametrize(
    ("answers", "records", "decision", "expected"),
    [
        ({}, [], None, (False, False, True)),
        ({}, [], {}, (False, False, True)),
        ({}, [], {"outcome": "do_not_share"}, (False, False, True)),
        ({}, [], {"outcome": "share"}, (True, True, True)),
        ({}, [], {"outcome": "share_in_part"}, (True, True, True)),
        ({}, [consent()], {"outcome": "share"}, (True, False, False)),
        ({"confidential": "no"}, [], {"outcome": "share"}, (True, False, False)),
        ({"identifiable": "no"}, [], {"outcome": "share"}, (True, False, False)),
        ({"confidential": "not_sure"}, [], {"outcome": "share"}, (True, True, True)),
    ],
)
def test_sharing_and_without_consent(answers, records, decision, expected):
    found = guide(given(answers, consents=records, decision=decision))
    assert (found.sharing, found.without_consent, found.consent_lacking) == expected


@pytest.mark.parametrize("answer", ["yes", "no", "not_sure", None])
def test_identifying_and_in_confidence(answer):
    for code, name in [("identifiable", "identifying"), ("confidential", "in_confidence")]:
        facts = given({code: answer}) if answer else given(without=[code])
        assert getattr(guide(facts), name) is (answer != "no")


def test_best_interests_does_not_stop_a_share_with_a_reason():
    facts = given(HARM, people=[person(**ADULT_WITHOUT)], **GROUND, decision=sharing())
    assert missing(facts) == []
    facts["people"] = [person(age_band="adult")]
    facts["consents"] = [by_self(on=YESTERDAY)]
    facts["decision"]["lawful_basis"] = "consent"
    assert missing(facts) == []
