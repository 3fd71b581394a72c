"""Facts that were built by hand and never read: the guide still goes by its page."""

from dataclasses import replace
from datetime import date

from infosharing.guidance.facts import Decision, Facts, Person, Request
from infosharing.guidance.guide import evaluate
from tests.guidance.build import BARE, FLOW_NO, consulting

OWN = Request(
    origin="own_initiative",
    channel="telephone",
    requester_kind="police",
    identity="failed",
    crime_investigation=True,
)
FACTS = Facts(
    on=date(2026, 11, 20),
    request=OWN,
    people=(Person(id="p1", age_band="adult"),),
    answers={**FLOW_NO, "confidential": "no"},
    decision=Decision(outcome="share", reasons="x"),
)


def test_what_belongs_to_received_requests_is_not_looked_at_in_others():
    guidance = evaluate(FACTS, consulting(("dsl", "crime_request")))
    assert guidance.rule == "2.5"
    left = {"requester_identity", "call_back", "advice:dsl"}
    assert left.isdisjoint(guidance.missing)
    received = replace(FACTS, request=replace(OWN, origin="received"))
    guidance = evaluate(received, consulting(("dsl", "crime_request")))
    assert guidance.rule == "2.1"
    assert left.issubset(guidance.missing)


def test_a_refusal_on_own_initiative_is_no_refusal_of_a_caller():
    facts = replace(FACTS, decision=Decision(outcome="do_not_share"))
    assert evaluate(facts, BARE).missing == ("reasons", "override_reasons")


def test_nobody_is_not_everybody():
    facts = replace(FACTS, people=(), answers=FLOW_NO)
    assert evaluate(facts, BARE).rule == "2.12"


def test_a_person_of_no_known_age_is_treated_as_a_child():
    assert Person(id="p1").under_16_on(FACTS.on)


def test_an_answer_to_a_question_of_another_pack_is_not_looked_at():
    facts = replace(FACTS, answers={**FACTS.answers, "gossip": "not_sure"})
    assert "advice:dsl" not in evaluate(facts, consulting(("dsl", "not_sure"))).missing
