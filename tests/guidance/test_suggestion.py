"""Section 2 of the guide, rule by rule: a truth table."""

from itertools import product

import pytest

from infosharing.guidance.codes import FLOW, GROUNDS, codes_of
from tests.guidance.build import (
    ADULT_WITHOUT,
    FLOW_NO,
    NOT_COMPETENT,
    SIXTEEN,
    by_self,
    consent,
    father,
    given,
    guide,
    person,
    received,
)

FAILED = received(identity="failed")
REFUSED = consent(status="refused")
WITHDRAWN = consent(withdrawn_on="2026-11-19")


def said(facts):
    guidance = guide(facts)
    return guidance.suggestion, guidance.rule


# Rule 1


def test_1_a_failed_identity_comes_before_everything():
    facts = given({"immediate_danger": "yes", "legal_duty": "yes"}, request=FAILED)
    assert said(facts) == ("do_not_share", "2.1")


def test_1_needs_no_answer_at_all():
    assert said(given(flow={}, request=FAILED)) == ("do_not_share", "2.1")


@pytest.mark.parametrize("identity", ["verified", "not_verified"])
def test_1_only_failed_counts(identity):
    facts = given({"immediate_danger": "yes"}, request=received(identity=identity))
    assert said(facts) == ("share_now", "2.2")


# Rule 2


def test_2_immediate_danger_needs_no_other_answer():
    assert said(given(flow={"immediate_danger": "yes"})) == ("share_now", "2.2")


def test_2_comes_before_an_unclear_purpose():
    facts = given({"immediate_danger": "yes", "purpose": "no"})
    assert said(facts) == ("share_now", "2.2")


@pytest.mark.parametrize("answer", ["no", "not_sure"])
def test_2_only_yes_counts(answer):
    facts = given({"immediate_danger": answer, "identifiable": "no"})
    assert said(facts) == ("may_share", "2.4")


# Rule 3


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("no", ("do_not_share", "2.3")),
        ("not_sure", ("seek_advice", "2.3")),
        ("yes", ("may_share", "2.4")),
    ],
)
def test_3_purpose(answer, expected):
    assert said(given({"purpose": answer, "identifiable": "no"})) == expected


def test_3_comes_before_a_legal_duty():
    assert said(given({"purpose": "no", "legal_duty": "yes"})) == ("do_not_share", "2.3")


# Rules 4 and 5


def test_4_nobody_can_be_identified():
    assert said(given({"identifiable": "no"}, people=[])) == ("may_share", "2.4")


def test_4_needs_nothing_further():
    flow = {"immediate_danger": "no", "purpose": "yes", "identifiable": "no"}
    assert said(given(flow=flow)) == ("may_share", "2.4")


def test_5_not_in_confidence():
    assert said(given({"confidential": "no", "legal_duty": "yes"})) == ("may_share", "2.5")


def test_5_needs_nothing_further():
    flow = {code: FLOW_NO[code] for code in FLOW[:3]} | {"confidential": "no"}
    assert said(given(flow=flow)) == ("may_share", "2.5")


@pytest.mark.parametrize("code", ["identifiable", "confidential"])
def test_4_and_5_not_sure_counts_as_yes(code):
    assert said(given({code: "not_sure"})) == ("seek_consent", "2.12")


# Rule 6


def test_6_the_law_requires_it_even_with_consent_and_harm():
    facts = given({"legal_duty": "yes", "significant_harm": "yes"}, consents=[consent()])
    assert said(facts) == ("required_by_law", "2.6")


def test_6_needs_neither_of_the_other_two():
    facts = given({"legal_duty": "yes"}, without=["significant_harm", "serious_crime"])
    assert said(facts) == ("required_by_law", "2.6")


# Rule 7


def test_7_everybodys_consent_can_be_relied_on():
    assert said(given(consents=[consent()])) == ("may_share", "2.7")


def test_7_comes_before_the_last_three_are_answered():
    facts = given(consents=[consent()], without=["significant_harm", "serious_crime", "legal_duty"])
    assert said(facts) == ("may_share", "2.7")


def test_7_comes_before_harm():
    assert said(given({"significant_harm": "yes"}, consents=[consent()])) == ("may_share", "2.7")


def test_7_one_person_without_is_enough():
    facts = given(people=[person("p1"), person("p2")], consents=[consent()])
    assert said(facts) == ("seek_consent", "2.12")
    facts["consents"].append(consent(person="p2"))
    assert said(facts) == ("may_share", "2.7")


# Rule 8


@pytest.mark.parametrize("code", ["significant_harm", "serious_crime"])
def test_8_harm_or_crime_even_with_the_others_unanswered(code):
    others = [c for c in ("significant_harm", "serious_crime", "legal_duty") if c != code]
    facts = given({code: "yes"}, without=others)
    assert said(facts) == ("may_share_without_consent", "2.8")


@pytest.mark.parametrize("ground", codes_of(GROUNDS))
@pytest.mark.parametrize("consents", [[], [consent(freely_given=False)]], ids=["none", "unfree"])
def test_8_every_ground_counts_while_nobody_refused(ground, consents):
    facts = given(grounds=[ground], consents=consents)
    assert said(facts) == ("may_share_without_consent", "2.8")


@pytest.mark.parametrize("no", [REFUSED, WITHDRAWN], ids=["refused", "withdrawn"])
@pytest.mark.parametrize("ground", codes_of(GROUNDS))
def test_8_every_ground_but_public_function_outweighs_a_no(ground, no):
    facts = given(grounds=[ground], consents=[no])
    if ground == "public_function":
        assert said(facts) == ("do_not_share", "2.11")
    else:
        assert said(facts) == ("may_share_without_consent", "2.8")


def test_8_public_function_counts_for_nobody_where_one_of_two_refused():
    people = [person("p1"), person("p2")]
    facts = given(grounds=["public_function"], people=people, consents=[REFUSED])
    assert said(facts) == ("do_not_share", "2.11")


def test_8_public_function_beside_another_ground_is_no_harm():
    facts = given(grounds=["public_function", "vital_interests"], consents=[REFUSED])
    assert said(facts) == ("may_share_without_consent", "2.8")


def test_8_public_function_counts_where_holders_disagree():
    consents = [consent(), father(status="refused")]
    facts = given(grounds=["public_function"], consents=consents)
    assert said(facts) == ("may_share_without_consent", "2.8")


@pytest.mark.parametrize("elsewhere", [{"status": "refused"}, {"withdrawn_on": "2026-11-19"}])
def test_8_public_function_counts_where_the_no_was_about_something_else(elsewhere):
    no = consent(covers={"purpose": False}, **elsewhere)
    facts = given(grounds=["public_function"], consents=[no])
    assert said(facts) == ("may_share_without_consent", "2.8")


# Rule 9


@pytest.mark.parametrize(
    "answers",
    [a for a in product(["no", "not_sure"], repeat=3) if "not_sure" in a],
)
def test_9_not_sure(answers):
    three = dict(zip(["significant_harm", "serious_crime", "legal_duty"], answers, strict=True))
    assert said(given(three)) == ("seek_advice", "2.9")


def test_9_comes_before_a_refusal():
    assert said(given({"legal_duty": "not_sure"}, consents=[REFUSED])) == ("seek_advice", "2.9")


# Rule 10


def test_10_doubts():
    for who, records, problem in [
        ({"age_band": "under_16"}, [consent(understood=False)], "not_understood"),
        (NOT_COMPETENT, [by_self()], "not_judged_competent"),
        ({**SIXTEEN, "capacity": False}, [by_self()], "lacks_capacity"),
        (ADULT_WITHOUT, [], "best_interests"),
        ({"age_band": "under_16"}, [consent(), father(status="refused")], "holders_disagree"),
    ]:
        facts = given(people=[person(**who)], consents=records)
        assert guide(facts).consents == {"p1": (problem,)}
        assert said(facts) == ("seek_advice", "2.10")


def test_10_a_doubt_beside_something_else_is_no_doubt():
    facts = given(consents=[consent(understood=False, freely_given=False)])
    assert guide(facts).consents == {"p1": ("not_freely_given", "not_understood")}
    assert said(facts) == ("seek_consent", "2.12")


def test_10_one_person_in_doubt_is_enough_even_beside_a_refusal():
    facts = given(
        people=[person("p1"), person("p2")],
        consents=[REFUSED, consent(person="p2", understood=False)],
    )
    assert said(facts) == ("seek_advice", "2.10")


def test_10_a_person_without_problems_is_not_in_doubt():
    facts = given(people=[person("p1"), person("p2")], consents=[consent()])
    assert said(facts) == ("seek_consent", "2.12")


# Rule 11


@pytest.mark.parametrize("no", [REFUSED, WITHDRAWN], ids=["refused", "withdrawn"])
def test_11_a_refusal_is_respected(no):
    assert said(given(consents=[no])) == ("do_not_share", "2.11")


def test_11_one_of_two_is_enough():
    people = [person("p1"), person("p2")]
    facts = given(people=people, consents=[consent(person="p2"), REFUSED])
    assert said(facts) == ("do_not_share", "2.11")


# Rule 12


@pytest.mark.parametrize(
    "records",
    [
        [],
        [consent(freely_given=False)],
        [consent(until="2026-11-19")],
        [consent(given_by="carer", parental_responsibility=False)],
        [consent(covers={"information": False})],
    ],
)
def test_12_otherwise(records):
    assert said(given(consents=records)) == ("seek_consent", "2.12")


# Unfinished


@pytest.mark.parametrize(
    ("code", "rule"),
    [("immediate_danger", "2.2"), ("purpose", "2.3"), ("identifiable", "2.4"),
     ("confidential", "2.5")],
)  # fmt: skip
def test_unfinished_at_the_first_rule_that_needs_its_answer(code, rule):
    facts = given({"legal_duty": "yes"}, without=[code], consents=[consent()])
    guidance = guide(facts)
    assert (guidance.suggestion, guidance.rule) == ("unfinished", rule)
    assert guidance.stopped_at == (code,)


def test_unfinished_stops_at_one_question_although_more_are_open():
    guidance = guide(given(flow={}))
    assert (guidance.suggestion, guidance.rule) == ("unfinished", "2.2")
    assert guidance.stopped_at == ("immediate_danger",)


@pytest.mark.parametrize(
    "answers",
    [a for a in product(["no", "not_sure", None], repeat=3) if None in a],
)
def test_unfinished_at_9_whatever_the_answered_ones_say(answers):
    three = dict(zip(["significant_harm", "serious_crime", "legal_duty"], answers, strict=True))
    facts = given(without=list(three), consents=[REFUSED])
    facts["answers"].update({code: a for code, a in three.items() if a is not None})
    guidance = guide(facts)
    assert (guidance.suggestion, guidance.rule) == ("unfinished", "2.9")
    assert guidance.stopped_at == tuple(code for code, answer in three.items() if answer is None)


def test_finished_ones_stop_at_nothing():
    assert guide(given()).stopped_at == ()
    assert guide(given({"immediate_danger": "yes"})).stopped_at == ()


# Reasons


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        (
            given(request=FAILED),
            (
                "2.1",
                "The check showed that whoever is asking is not who they say.",
                "If you fear for somebody, ring the real agency yourself on a number you have "
                "found, and record that as your own decision to share.",
            ),
        ),
        (
            given({"immediate_danger": "yes"}),
            ("2.2", "Somebody is in danger now. Nothing waits for consent, or for this form."),
        ),
        (given({"purpose": "no"}), ("2.3", "There is no clear and proper reason to share.")),
        (
            given({"purpose": "not_sure"}),
            ("2.3", "You are not sure that there is a clear and proper reason to share."),
        ),
        (given({"identifiable": "no"}), ("2.4", "Nobody can be recognised from it.")),
        (given({"confidential": "no"}), ("2.5", "It was not given in confidence.")),
        (
            given({"legal_duty": "yes"}),
            (
                "2.6",
                "A court order or a law requires this.",
                "It is not a matter of choice. If you refuse all the same, you must say why.",
            ),
        ),
        (
            given(consents=[consent()]),
            ("2.7", "The person it is about has a consent that can be relied on."),
        ),
        (
            given(people=[person("p1"), person("p2")], consents=[consent(), consent(person="p2")]),
            ("2.7", "Everybody it is about has a consent that can be relied on."),
        ),
        (
            given(
                {"significant_harm": "yes", "serious_crime": "yes"},
                grounds=["public_function", "vital_interests", "vital_interests"],
            ),
            (
                "2.8",
                "Somebody is suffering significant harm, or is likely to.",
                "Sharing would help to prevent or detect a serious crime.",
                "It is part of our public duties.",
                "To protect somebody's life.",
                "With such a reason, sharing does not wait for consent.",
            ),
        ),
        (
            given({"significant_harm": "yes"}, grounds=["public_function"], consents=[REFUSED]),
            (
                "2.8",
                "Somebody is suffering significant harm, or is likely to.",
                "With such a reason, sharing does not wait for consent.",
            ),
        ),
        (
            given({"serious_crime": "not_sure", "legal_duty": "not_sure"}),
            (
                "2.9",
                "You are not sure whether sharing would help to prevent or detect a serious crime.",
                "You are not sure whether a court order or a law requires this.",
            ),
        ),
        (
            given(consents=[consent(understood=False)]),
            ("2.10", "They did not understand what they were asked."),
        ),
        (
            given(consents=[WITHDRAWN], grounds=["public_function"]),
            (
                "2.11",
                "Consent was given and then taken back.",
                "There is no other reason to share, so this is respected.",
                "Our public duties alone do not outweigh a refusal.",
            ),
        ),
        (
            given(people=[person("p1"), person("p2")]),
            (
                "2.12",
                "Nobody has said yes or no to sharing yet.",
                "There is no other reason to share, so ask for consent first.",
            ),
        ),
        (
            given(without=["serious_crime", "legal_duty"]),
            (
                "2.9",
                "Still to be answered: whether sharing would help to prevent or detect a serious "
                "crime.",
                "Still to be answered: whether a court order or a law requires this.",
            ),
        ),
    ],
)
def test_the_reasons_start_with_the_rule_and_name_what_was_found(facts, because):
    assert guide(facts).because == because
