"""Section 5 of the guide: every code, there and not there, and what may wait."""

from dataclasses import replace

import pytest

from infosharing.guidance.loading import default_pack, shipped_packs
from tests.guidance.build import (
    ADULT_WITHOUT,
    BARE,
    TOMORROW,
    YESTERDAY,
    advice,
    bare,
    by_self,
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

HARM = {"significant_harm": "yes"}
GROUND = {"grounds": ["seeking_would_endanger"]}
BLANK = ["", " ", "\t\n", "\u00a0", "\u2003\u3000", "\u2028\x1f\x85"]
ABSENT = [None, *BLANK]
CONSENTED = {"consents": [consent()]}


def missing(facts, pack=BARE):
    guidance = guide(facts, pack)
    assert guidance.to_write_up == ()
    return list(guidance.missing)


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


# override_reasons

SUGGESTED = {
    "share_now": given({"immediate_danger": "yes"}),
    "do_not_share": given(consents=[consent(status="refused")]),
    "may_share": given(consents=[consent()]),
    "required_by_law": given({"legal_duty": "yes"}),
    "may_share_without_consent": given(HARM),
    "seek_advice": given({"legal_duty": "not_sure"}),
    "seek_consent": given(),
    "unfinished": given(without=["legal_duty"]),
}


def overridden(suggestion, outcome, **changes):
    facts = SUGGESTED[suggestion] | {
        "decision": {**(refusing() if outcome == "do_not_share" else sharing()), **changes}
    }
    facts["decision"]["outcome"] = outcome
    guidance = guide(facts)
    assert guidance.suggestion == suggestion
    return "override_reasons" in (*guidance.missing, *guidance.to_write_up)


@pytest.mark.parametrize(
    ("suggestion", "sharing_against", "not_sharing_against"),
    [
        ("share_now", False, True),
        ("do_not_share", True, False),
        ("may_share", False, True),
        ("required_by_law", False, True),
        ("may_share_without_consent", False, True),
        ("seek_advice", True, True),
        ("seek_consent", True, False),
        ("unfinished", False, False),
    ],
)
@pytest.mark.parametrize("absent", ABSENT)
def test_override_reasons(suggestion, sharing_against, not_sharing_against, absent):
    for outcome in ("share", "share_in_part"):
        assert overridden(suggestion, outcome, override_reasons=absent) is sharing_against
    against = overridden(suggestion, "do_not_share", override_reasons=absent)
    assert against is not_sharing_against
    for outcome in ("share", "share_in_part", "do_not_share"):
        assert not overridden(suggestion, outcome, override_reasons="Because")
    assert not overridden(suggestion, None, override_reasons=absent)


def test_override_reasons_at_rule_1():
    facts = given(request=received(identity="failed"), **GROUND, decision=sharing())
    assert missing(facts) == ["requester_identity", "override_reasons"]


def unsure(outcome, *heard):
    """Whether override reasons are missing where only advice can say what to do."""
    decision = refusing() if outcome == "do_not_share" else sharing(outcome=outcome, withheld="x")
    facts = given(consents=[consent(understood=False)], advice=list(heard), decision=decision)
    found = guide(facts)
    assert found.suggestion == "seek_advice"
    assert set(found.missing) <= {"ground", "override_reasons"}
    return "override_reasons" in found.missing


@pytest.mark.parametrize("advised", ["share", "share_in_part", "do_not_share", None])
@pytest.mark.parametrize("outcome", ["share", "share_in_part", "do_not_share"])
def test_at_seek_advice_unless_the_latest_advice_says_the_same(outcome, advised):
    same = advised is not None and (advised == "do_not_share") == (outcome == "do_not_share")
    assert unsure(outcome, advice(advised=advised)) is not same


def test_at_seek_advice_only_advice_of_the_day_or_before_counts():
    assert unsure("share") is True
    assert unsure("share", advice(advised="share", on=TOMORROW)) is True
    assert unsure("share", advice(advised="share", on="2026-11-20")) is False
    late_no = advice(advised="do_not_share", on=TOMORROW)
    assert unsure("share", advice(advised="share"), late_no) is False


def test_at_seek_advice_the_latest_advice_counts():
    early, late = advice(advised="share", on="2026-11-01"), advice("head", "do_not_share")
    assert unsure("share", early, late) is True
    assert unsure("share", late, early) is True
    assert unsure("do_not_share", late, early) is False
    assert unsure("share", early, advice(advised=None)) is True


def test_at_seek_advice_of_the_same_day_the_one_later_in_the_list_counts():
    yes, no = advice(advised="share"), advice("head", "do_not_share")
    assert unsure("share", no, yes) is False
    assert unsure("share", yes, no) is True


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
