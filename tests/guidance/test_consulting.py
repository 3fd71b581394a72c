"""Section 6 of the guide: whom to ask, and section 5's advice that was tried in vain."""

import pytest

from infosharing.guidance.codes import ROLES, codes_of
from infosharing.guidance.loading import shipped_packs
from tests.guidance.build import (
    ADULT_WITHOUT,
    SIXTEEN_WITHOUT,
    TODAY,
    TOMORROW,
    UNDER_16,
    YESTERDAY,
    advice,
    by_self,
    consent,
    consulting,
    father,
    given,
    guide,
    person,
    received,
    refusing,
    sharing,
)

HARM = {"significant_harm": "yes"}
GROUND = {"grounds": ["seeking_would_endanger"]}
ASKED = {"consents": [consent()]}
SHARED = given(HARM, **GROUND, decision=sharing())
JOINED = "head|data_protection_lead"


def asked(facts, *rules):
    """The advice codes that are missing; nothing may wait."""
    guidance = guide(facts, consulting(*rules))
    assert guidance.to_write_up == ()
    return [code for code in guidance.missing if code.startswith("advice:")]


def applies(facts, when):
    codes = asked(facts, ("manager", when))
    assert codes in ([], ["advice:manager"])
    return bool(codes)


def decided(facts, *outcomes):
    return [{**facts, "decision": decision} for decision in outcomes]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("share", True), ("share_in_part", True), ("do_not_share", False), (None, False)],
)
def test_sharing(outcome, expected):
    for facts in (given(), given(**ASKED), given({"identifiable": "no"})):
        facts["decision"] = sharing(outcome=outcome)
        assert applies(facts, "sharing") is expected


def test_without_consent():
    assert applies(SHARED, "without_consent") is True
    assert applies({**SHARED, **ASKED}, "without_consent") is False
    assert applies(given(decision=refusing()), "without_consent") is False
    assert applies(given(decision={}), "without_consent") is False
    for code in ("identifiable", "confidential"):
        assert applies(given({code: "no"}, decision=sharing()), "without_consent") is False
        assert applies(given({code: "not_sure"}, decision=sharing()), "without_consent") is True


@pytest.mark.parametrize("decision", [{}, sharing(), refusing()])
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (received(requester_kind="police"), True),
        (received(crime_investigation=True), True),
        (received(requester_kind="police", crime_investigation=True), True),
        (received(), False),
        ({"origin": "own_initiative"}, False),
    ],
)
def test_crime_request(request_, expected, decision):
    facts = given(request=request_, decision=decision)
    assert applies(facts, "crime_request") is expected


@pytest.mark.parametrize("decision", [{}, sharing(), refusing()])
@pytest.mark.parametrize(
    "code",
    ["immediate_danger", "purpose", "identifiable", "confidential", "significant_harm",
     "serious_crime", "legal_duty"],
)  # fmt: skip
def test_not_sure_of_the_flow(code, decision):
    assert applies(given({code: "not_sure"}, decision=decision), "not_sure") is True
    assert applies(given(decision=decision), "not_sure") is False


def test_not_sure_of_a_question_that_the_guide_never_reached():
    facts = given({"identifiable": "no", "legal_duty": "not_sure"}, decision=refusing())
    assert applies(facts, "not_sure") is True


@pytest.mark.parametrize("code", ["how_much", "person_aware"])
@pytest.mark.parametrize("answer", ["yes", "no", "not_applicable", "not_sure"])
def test_not_sure_of_a_question_before_or_after(code, answer):
    facts = given({code: answer}, decision=refusing())
    guidance = guide(facts, shipped_packs()["community-2016"])
    assert ("advice:manager" in guidance.missing) is (answer == "not_sure")


@pytest.mark.parametrize("decision", [{}, sharing(), refusing()])
@pytest.mark.parametrize(
    ("who", "records", "expected"),
    [
        (UNDER_16, [consent(understood=False)], True),
        (UNDER_16, [consent(understood=False, freely_given=False)], True),
        (UNDER_16, [by_self()], True),
        (SIXTEEN_WITHOUT, [by_self()], True),
        (ADULT_WITHOUT, [], True),
        (UNDER_16, [consent(), father(status="refused")], True),
        (UNDER_16, [], False),
        (UNDER_16, [consent()], False),
        (UNDER_16, [consent(status="refused")], False),
        (UNDER_16, [consent(freely_given=False)], False),
    ],
)
def test_consent_doubtful(who, records, expected, decision):
    facts = given(people=[person(**who)], consents=records, decision=decision)
    assert applies(facts, "consent_doubtful") is expected
    facts["people"].insert(0, person("p0"))
    assert applies(facts, "consent_doubtful") is expected


def test_consent_doubtful_looks_neither_at_confidence_nor_at_identity():
    for code in ("identifiable", "confidential"):
        facts = given({code: "no"}, consents=[consent(understood=False)], decision=refusing())
        assert applies(facts, "consent_doubtful") is True


def test_against_law():
    by_law = given({"legal_duty": "yes"})
    refused, shared, drafted = decided(by_law, refusing(), sharing(), {})
    assert applies(refused, "against_law") is True
    assert applies(shared, "against_law") is False
    assert applies(drafted, "against_law") is False
    assert applies(given(decision=refusing()), "against_law") is False


@pytest.mark.parametrize("decision", [{}, sharing(), refusing()])
def test_always(decision):
    assert applies(given(decision=decision), "always") is True


# Who satisfies it


@pytest.mark.parametrize("role", codes_of(ROLES))
@pytest.mark.parametrize("other", codes_of(ROLES))
def test_the_role_advised(role, other):
    facts = {**SHARED, "advice": [advice(other, advised=None)]}
    expected = [] if role == other else [f"advice:{role}"]
    assert asked(facts, (role, "always")) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(YESTERDAY, []), (TODAY, []), (TOMORROW, ["advice:dsl"])],
)
def test_advised_on_or_before_the_day(on, expected):
    facts = {**SHARED, "advice": [advice("dsl", on=on)]}
    assert asked(facts, ("dsl", "always")) == expected


@pytest.mark.parametrize("decider", [*codes_of(ROLES), "practitioner", None])
def test_the_role_decided(decider):
    facts = given(HARM, **GROUND, decision=sharing(decided_by_role=decider))
    expected = [] if decider == "dsl" else ["advice:dsl"]
    assert asked(facts, ("dsl", "always")) == expected


@pytest.mark.parametrize("role", [*codes_of(ROLES), None])
def test_joined_roles_are_satisfied_by_any_one(role):
    expected = [] if role in ("head", "data_protection_lead") else [f"advice:{JOINED}"]
    heard = [] if role is None else [advice(role)]
    assert asked({**SHARED, "advice": heard}, (JOINED, "always")) == expected
    decided_by = given(HARM, **GROUND, decision=sharing(decided_by_role=role))
    assert asked(decided_by, (JOINED, "always")) == expected


def test_one_code_for_a_role_however_many_rules_apply():
    assert asked(SHARED, ("dsl", "always"), ("head", "always"), ("dsl", "sharing")) == [
        "advice:dsl",
        "advice:head",
    ]


def test_joined_and_single_roles_are_different_codes():
    facts = {**SHARED, "advice": [advice("data_protection_lead")]}
    assert asked(facts, (JOINED, "always"), ("head", "always")) == ["advice:head"]


# Tried in vain


def tried(facts, pack, *attempts):
    facts = {**facts, "decision": {**facts["decision"], "advice_tried": list(attempts)}}
    guidance = guide(facts, pack)
    return list(guidance.missing), list(guidance.to_write_up)


DSL = consulting(("dsl", "always"))


@pytest.mark.parametrize(
    "facts",
    [
        SHARED,
        given({"immediate_danger": "yes"}, **GROUND, decision=sharing()),
        given({"legal_duty": "yes"}, **GROUND, decision=sharing()),
        given(**ASKED, decision=sharing()),
        given(decision=refusing()),
        given(**GROUND, decision=refusing(override_reasons="x")),
    ],
)
def test_tried_in_vain_is_written_up_whatever_the_suggestion(facts):
    assert tried(facts, DSL, {"role": "dsl", "how": "Rang twice"}) == ([], ["advice:dsl"])


@pytest.mark.parametrize("how", [None, "", "\u2003\n"])
def test_tried_without_saying_how_is_not_tried(how):
    assert tried(SHARED, DSL, {"role": "dsl", "how": how}) == (["advice:dsl"], [])
    assert tried(SHARED, DSL, {"role": "dsl"}) == (["advice:dsl"], [])
    again = {"role": "dsl", "how": "Rang twice"}
    assert tried(SHARED, DSL, {"role": "dsl", "how": how}, again) == ([], ["advice:dsl"])


@pytest.mark.parametrize("role", ["head", None])
def test_tried_another_role_is_not_tried(role):
    assert tried(SHARED, DSL, {"role": role, "how": "Rang twice"}) == (["advice:dsl"], [])


@pytest.mark.parametrize("role", ["head", "data_protection_lead"])
def test_one_of_the_joined_roles_was_tried(role):
    pack = consulting((JOINED, "always"))
    expected = ([], [f"advice:{JOINED}"])
    assert tried(SHARED, pack, {"role": role, "how": "Rang twice"}) == expected


def test_each_code_goes_by_its_own_roles():
    pack = consulting((JOINED, "always"), ("dsl", "always"), ("head", "always"))
    assert tried(SHARED, pack, {"role": "head", "how": "Rang twice"}) == (
        ["advice:dsl"],
        [f"advice:{JOINED}", "advice:head"],
    )


def test_tried_and_then_advised_leaves_nothing():
    facts = {**SHARED, "advice": [advice("dsl")]}
    assert tried(facts, DSL, {"role": "dsl", "how": "Rang twice"}) == ([], [])


def test_only_advice_can_be_put_off_by_trying():
    facts = given(HARM, **GROUND, decision=sharing(reasons=None))
    assert tried(facts, DSL, {"role": "dsl", "how": "x"}) == (["reasons"], ["advice:dsl"])
