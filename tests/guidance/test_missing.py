"""Section 5 of the guide: every code, there and not there, and what may wait."""

from dataclasses import replace

import pytest

from infosharing.guidance.loading import default_pack, shipped_packs
from tests.guidance.build import (
    bare,
    consent,
    given,
    guide,
    item,
    person,
    received,
    recipient,
    refusing,
    sharing,
)
from tests.guidance.drafted import ABSENT, GROUND, HARM, missing

CONSENTED = {"consents": [consent()]}


def shared_after_harm(facts=None, /, **changes):
    """What a decision to share without consent lacks, after a change."""
    return missing(given(HARM, **GROUND, **(facts or {}), decision=sharing(**changes)))


def shared_with_consent(**changes):
    return missing(given(**CONSENTED, decision=sharing(**changes)))


def test_nothing_is_missing_from_the_decisions_these_tests_start_from():
    assert shared_after_harm() == []
    assert shared_with_consent() == []
    assert missing(given(decision=refusing())) == []
    assert missing(given(request=received(), decision=refusing())) == []


@pytest.mark.parametrize("none", [{}, {"decision": None}])
def test_without_a_decision_nothing_is_missing(none):
    guidance = guide(given(**none), default_pack())
    assert (guidance.missing, guidance.to_write_up) == ((), ())


@pytest.mark.parametrize("key", ["reasons"])
@pytest.mark.parametrize("absent", ABSENT)
def test_reasons_whatever_the_outcome(key, absent):
    assert shared_after_harm(**{key: absent}) == [key]
    assert missing(given(decision=refusing(**{key: absent}))) == [key]


def test_an_empty_draft_lacks_outcome_and_reasons():
    assert missing(given(decision={})) == ["outcome", "reasons"]
    assert missing(given(HARM, request=received(), decision={})) == ["outcome", "reasons"]


def test_outcome_alone():
    assert shared_after_harm(outcome=None) == ["outcome"]


# rule:<n>


def test_every_rule_must_be_considered_whatever_the_outcome():
    pack = bare(rules=default_pack().rules)
    left = [f"rule:{n}" for n in (1, 3, 4, 5, 7)]
    for decision in (sharing, refusing):
        facts = given(**CONSENTED, decision=decision(rules_considered=[6, 2], override_reasons="x"))
        assert missing(facts, pack) == left
        facts["decision"]["rules_considered"] = None
        assert missing(facts, pack) == [f"rule:{n}" for n in range(1, 8)]
        facts["decision"]["rules_considered"] = [7, 6, 5, 4, 3, 2, 1, 1]
        assert missing(facts, pack) == []


@pytest.mark.parametrize(
    ("code", "rules"),
    [("statutory-2024", 7), ("provider-2008", 7), ("school-2018", 0), ("trust-2015", 10),
     ("community-2016", 7), ("partner-2018", 9)],
)  # fmt: skip
def test_the_rules_of_each_pack(code, rules):
    pack = replace(shipped_packs()[code], sections=(), consult=())
    facts = given(decision=refusing())
    assert missing(facts, pack) == [f"rule:{n}" for n in range(1, rules + 1)]


# question:<code>


def test_every_question_before_must_be_answered_whatever_the_outcome():
    pack = bare(sections=shipped_packs()["community-2016"].sections)
    answers = {"how_much": "not_applicable", "right_person": "no", "secure_way": "not_sure"}
    for decision in ({}, refusing()):
        facts = given(answers, decision=decision)
        assert [c for c in missing(facts, pack) if c.startswith("question:")] == [
            "question:fact_from_opinion"
        ]


def test_a_question_after_is_the_follow_ups_business():
    pack = bare(sections=shipped_packs()["school-2018"].sections)
    facts = given({"information_type": "yes", "sharing_method": "yes"}, decision=refusing())
    assert missing(facts, pack) == []


@pytest.mark.parametrize("code", ["immediate_danger", "purpose", "identifiable", "confidential"])
def test_the_question_the_guide_stopped_at(code):
    facts = given(without=[code], decision=refusing())
    assert missing(facts) == [f"question:{code}"]


def test_only_the_first_question_that_stopped_the_guide():
    assert missing(given(flow={}, decision=refusing())) == ["question:immediate_danger"]


def test_at_rule_9_each_unanswered_one_of_the_three():
    facts = given(without=["significant_harm", "legal_duty"], decision=refusing())
    assert missing(facts) == ["question:significant_harm", "question:legal_duty"]


def test_a_flow_question_that_stopped_nothing_is_not_missing():
    facts = given(HARM, without=["serious_crime", "legal_duty"], **GROUND, decision=sharing())
    assert missing(facts) == []


# requester_identity, call_back


@pytest.mark.parametrize("outcome", ["share", "share_in_part"])
@pytest.mark.parametrize("identity", ["not_verified", "failed"])
def test_requester_identity(identity, outcome):
    facts = {"request": received(identity=identity)}
    changes = {"outcome": outcome, "withheld": "x", "override_reasons": "x"}
    assert shared_after_harm(facts, **changes) == ["requester_identity"]


def test_requester_identity_is_no_matter_when_nothing_is_shared():
    facts = given(request=received(identity="not_verified"), decision=refusing())
    assert missing(facts) == []
    facts["decision"] = {"reasons": "x"}
    assert missing(facts) == ["outcome"]


@pytest.mark.parametrize("absent", ABSENT)
def test_call_back(absent):
    by_telephone = received(channel="telephone", call_back_source=absent)
    assert shared_after_harm({"request": by_telephone}) == ["call_back"]
    by_email = received(call_back_source=absent)
    assert shared_after_harm({"request": by_email}) == []
    facts = given(request=by_telephone, decision=refusing())
    assert missing(facts) == []


def test_called_back():
    request = received(channel="telephone", call_back_source="Their website")
    assert shared_after_harm({"request": request}) == []


# items, recipients


@pytest.mark.parametrize("none", [[], None])
@pytest.mark.parametrize("key", ["items", "recipients"])
def test_items_and_recipients(key, none):
    assert shared_after_harm(**{key: none}) == [key]
    assert missing(given(decision=refusing(**{key: none}))) == []


@pytest.mark.parametrize("absent", ABSENT)
def test_what_an_item_is(absent):
    items = [item(), item(what=absent)]
    assert shared_after_harm(items=items) == ["item:2:what"]
    assert missing(given(decision=refusing(items=items))) == []


def test_nature_of_an_item():
    assert shared_after_harm(items=[item(nature=None), item()]) == ["item:1:nature"]
    for nature in ("fact", "opinion", "both"):
        assert shared_after_harm(items=[item(nature=nature)]) == []


@pytest.mark.parametrize("checked", [None, False])
@pytest.mark.parametrize("absent", ABSENT)
def test_source_of_an_item(checked, absent):
    unchecked = item(source_checked=checked, source_not_checked_because=absent)
    assert shared_after_harm(items=[unchecked]) == ["item:1:source"]
    unchecked["source_not_checked_because"] = "She is away"
    assert shared_after_harm(items=[unchecked]) == []


def test_an_empty_item_and_an_empty_recipient():
    assert shared_after_harm(items=[{}], recipients=[recipient(), {}]) == [
        "item:1:what",
        "item:1:nature",
        "item:1:source",
        "recipient:2:name",
        "recipient:2:method",
        "recipient:2:need_to_know",
        "recipient:2:told_confidential",
        "recipient:2:intended_use",
    ]


@pytest.mark.parametrize(
    ("key", "absent"),
    [("name", a) for a in ABSENT]
    + [("intended_use", a) for a in ABSENT]
    + [("method", None)]
    + [(key, a) for key in ("need_to_know", "told_confidential") for a in (None, False)],
)
def test_what_a_recipient_lacks(key, absent):
    recipients = [recipient(**{key: absent})]
    assert shared_after_harm(recipients=recipients) == [f"recipient:1:{key}"]
    assert missing(given(decision=refusing(recipients=recipients))) == []


# The law


def test_lawful_basis_absent():
    assert shared_after_harm(lawful_basis=None) == ["lawful_basis"]
    assert shared_with_consent(lawful_basis=None) == ["lawful_basis"]
    assert missing(given(decision=refusing(lawful_basis=None))) == []


def test_lawful_basis_consent_needs_everybodys():
    assert shared_with_consent(lawful_basis="consent") == []
    assert shared_after_harm(lawful_basis="consent") == ["lawful_basis"]
    people = [person("p1"), person("p2")]
    facts = {**CONSENTED, "people": people}
    assert shared_after_harm(facts, lawful_basis="consent") == ["lawful_basis"]


def test_lawful_basis_consent_where_it_is_not_in_confidence():
    facts = given({"confidential": "no"}, decision=sharing(lawful_basis="consent"))
    assert missing(facts) == ["lawful_basis"]


def test_special_category_not_answered():
    assert shared_after_harm(special_category=None) == ["special_category"]
    assert shared_with_consent(special_category=None) == ["special_category"]


def test_special_category_condition():
    key = "special_category_condition"
    assert shared_with_consent(special_category=True) == [key]
    assert shared_with_consent(special_category=True, **{key: "explicit_consent"}) == []
    assert shared_after_harm(special_category=True) == [key]
    assert shared_after_harm(special_category=True, **{key: "explicit_consent"}) == [key]
    assert shared_after_harm(special_category=True, **{key: "vital_interests"}) == []
    assert shared_after_harm(special_category=False, **{key: "explicit_consent"}) == []
    assert shared_after_harm(special_category=None, **{key: "explicit_consent"}) == [
        "special_category"
    ]


def test_the_law_asks_nothing_of_what_identifies_nobody():
    decision = sharing(
        lawful_basis=None, special_category=None, person_informed=None, no_consent_because=None
    )
    assert missing(given({"identifiable": "no"}, decision=decision)) == []
    assert missing(given({"identifiable": "no"}, people=[], decision=decision)) == []


@pytest.mark.parametrize("identifiable", ["yes", "not_sure"])
def test_not_sure_whether_it_identifies_counts_as_yes(identifiable):
    facts = given({**HARM, "identifiable": identifiable}, decision=sharing(lawful_basis=None))
    assert missing(facts) == ["lawful_basis", "ground"]


# Without consent


@pytest.mark.parametrize("absent", ABSENT)
def test_no_consent_because(absent):
    assert shared_after_harm(no_consent_because=absent) == ["no_consent_because"]
    assert shared_with_consent(no_consent_because=absent) == []


def test_ground():
    assert missing(given(HARM, decision=sharing())) == ["ground"]
    assert missing(given(**CONSENTED, decision=sharing())) == []


@pytest.mark.parametrize("confidential", ["yes", "not_sure"])
def test_without_consent_in_confidence_only(confidential):
    decision = sharing(no_consent_because=None)
    facts = given({**HARM, "confidential": confidential}, decision=decision)
    assert missing(facts) == ["no_consent_because", "ground"]
    facts["answers"]["confidential"] = "no"
    assert missing(facts) == []


def test_without_consent_where_one_of_two_is_without():
    facts = given(HARM, people=[person("p1"), person("p2")], **CONSENTED, decision=sharing())
    assert missing(facts) == ["ground"]


def test_without_consent_where_the_law_requires_it():
    assert missing(given({"legal_duty": "yes"}, decision=sharing())) == ["ground"]


def test_not_without_consent_where_nothing_is_shared():
    assert missing(given(decision=refusing(no_consent_because=None))) == []


def test_no_consent_reason():
    safeguarding = {
        "special_category": True,
        "special_category_condition": "safeguarding_of_children_and_individuals_at_risk",
    }
    assert shared_after_harm(**safeguarding) == ["no_consent_reason"]
    assert shared_after_harm(**safeguarding, no_consent_reason="cannot_be_given") == []
    assert shared_with_consent(**safeguarding) == []
    other = {**safeguarding, "special_category_condition": "legal_claims"}
    assert shared_after_harm(**other) == []


# withheld, person_informed, refusal_discussed


@pytest.mark.parametrize("absent", ABSENT)
def test_withheld(absent):
    assert shared_after_harm(outcome="share_in_part", withheld=absent) == ["withheld"]
    assert shared_after_harm(outcome="share", withheld=absent) == []
    assert shared_after_harm(outcome="share_in_part", withheld="His notes") == []


@pytest.mark.parametrize("told", [None, False])
@pytest.mark.parametrize("absent", ABSENT)
def test_person_informed(told, absent):
    changes = {"person_informed": told, "not_informed_because": absent}
    assert shared_after_harm(**changes) == ["person_informed"]
    assert shared_with_consent(**changes) == ["person_informed"]
    assert shared_after_harm(person_informed=told, not_informed_because="Not safe") == []
    assert missing(given(decision=refusing(**changes))) == []


@pytest.mark.parametrize("discussed", [None, False])
@pytest.mark.parametrize("absent", ABSENT)
def test_refusal_discussed(discussed, absent):
    changes = {"refusal_discussed": discussed, "refusal_not_discussed_because": absent}
    facts = given(request=received(), decision=refusing(**changes))
    assert missing(facts) == ["refusal_discussed"]
    facts["request"] = {"origin": "own_initiative"}
    assert missing(facts) == []
    assert shared_after_harm({"request": received()}, **changes) == []
    changes["refusal_not_discussed_because"] = "He hung up"
    assert missing(given(request=received(), decision=refusing(**changes))) == []
