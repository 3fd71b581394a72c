"""Section 8, last paragraph: what does not fit the page is refused with its path."""

from copy import deepcopy

import pytest

from infosharing.guidance.errors import FactsError
from infosharing.guidance.loading import shipped_packs
from infosharing.guidance.reading import read_facts
from infosharing.guidance.writing import write_facts
from tests.guidance.build import (
    BARE,
    advice,
    bare,
    consent,
    given,
    item,
    received,
    recipient,
    sharing,
)

COMMUNITY = shipped_packs()["community-2016"]


def whole():
    """Facts in which every key of the contract is there."""
    decision = sharing(
        not_informed_because=None,
        refusal_not_discussed_because=None,
        rules_considered=[1, 7],
        advice_tried=[{"role": "dsl", "how": "Rang"}],
        items=[item(source_not_checked_because=None)],
        recipients=[recipient()],
    )
    return given(
        {"how_much": "yes"},
        request=received(call_back_source="Website"),
        people=[{"id": "p1", "born": "2012-02-29", "competent": None, "capacity": None}],
        consents=[consent()],
        grounds=["vital_interests"],
        advice=[advice()],
        decision=decision,
    )


def at(facts, path):
    """The object that holds the last key of a path, and that key."""
    *way, last = path
    for step in way:
        facts = facts[step]
    return facts, last


def dotted(path):
    text = "given"
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text


def refused(facts, pack=COMMUNITY):
    with pytest.raises(FactsError) as caught:
        read_facts(facts, pack)
    return caught.value.path


def changed(path, value):
    facts = whole()
    holder, last = at(facts, path)
    holder[last] = value
    return facts


def test_the_whole_is_read():
    facts = read_facts(whole(), COMMUNITY)
    assert facts.decision is not None
    assert facts.decision.advice_tried[0].how == "Rang"
    assert read_facts(write_facts(facts), COMMUNITY) == facts


OBJECTS = [
    (),
    ("request",),
    ("people", 0),
    ("consents", 0),
    ("consents", 0, "covers"),
    ("advice", 0),
    ("decision",),
    ("decision", "items", 0),
    ("decision", "recipients", 0),
    ("decision", "advice_tried", 0),
]


@pytest.mark.parametrize("path", OBJECTS, ids=dotted)
def test_an_unknown_key(path):
    facts = whole()
    holder = facts
    for step in path:
        holder = holder[step]
    holder["colour"] = None
    assert refused(facts) == dotted((*path, "colour"))


@pytest.mark.parametrize("path", [*OBJECTS[1:], ("answers",)], ids=dotted)
@pytest.mark.parametrize("value", ["text", 1, True, [], ["x"]])
def test_an_object_is_not_something_else(path, value):
    assert refused(changed(path, value)) == dotted(path)


@pytest.mark.parametrize("value", ["text", 1, None, []])
def test_the_facts_are_an_object(value):
    assert refused(value) == "given"


LISTS = [
    ("people",),
    ("consents",),
    ("consents", 0, "informed"),
    ("grounds",),
    ("advice",),
    ("decision", "items"),
    ("decision", "recipients"),
    ("decision", "rules_considered"),
    ("decision", "advice_tried"),
]


@pytest.mark.parametrize("path", LISTS, ids=dotted)
@pytest.mark.parametrize("value", ["text", 1, True, {}])
def test_a_list_is_not_something_else(path, value):
    assert refused(changed(path, value)) == dotted(path)


@pytest.mark.parametrize("path", LISTS, ids=dotted)
def test_null_is_not_in_a_list(path):
    assert refused(changed(path, [None])) == dotted((*path, 0))


REQUIRED = [
    ("on",),
    ("request",),
    ("people",),
    ("answers",),
    ("consents",),
    ("grounds",),
    ("advice",),
    ("request", "origin"),
    ("request", "channel"),
    ("request", "requester_kind"),
    ("request", "identity"),
    ("request", "crime_investigation"),
    ("people", 0, "id"),
    ("consents", 0, "person"),
    ("consents", 0, "status"),
    ("consents", 0, "on"),
    ("consents", 0, "given_by"),
    ("consents", 0, "giver"),
    ("consents", 0, "parental_responsibility"),
    ("consents", 0, "authority_evidenced"),
    ("consents", 0, "informed"),
    ("consents", 0, "consequences_explained"),
    ("consents", 0, "freely_given"),
    ("consents", 0, "understood"),
    ("consents", 0, "covers"),
    ("consents", 0, "covers", "purpose"),
    ("consents", 0, "covers", "recipients"),
    ("consents", 0, "covers", "information"),
    ("advice", 0, "from"),
    ("advice", 0, "on"),
    ("advice", 0, "anonymous"),
]


@pytest.mark.parametrize("path", REQUIRED, ids=dotted)
def test_a_required_key_may_neither_be_left_out_nor_be_null(path):
    facts = whole()
    holder, last = at(facts, path)
    del holder[last]
    assert refused(facts) == dotted(path)
    assert refused(changed(path, None)) == dotted(path)


OPTIONAL = [
    ("decision",),
    ("request", "call_back_source"),
    ("people", 0, "competent"),
    ("people", 0, "capacity"),
    ("consents", 0, "until"),
    ("consents", 0, "withdrawn_on"),
    ("advice", 0, "advised"),
    *(("decision", key) for key in whole()["decision"]),
    *(("decision", "items", 0, key) for key in whole()["decision"]["items"][0]),
    *(("decision", "recipients", 0, key) for key in recipient()),
    ("decision", "advice_tried", 0, "role"),
    ("decision", "advice_tried", 0, "how"),
]


@pytest.mark.parametrize("path", OPTIONAL, ids=dotted)
def test_a_key_whose_value_may_be_null_may_be_left_out(path):
    facts = whole()
    holder, last = at(facts, path)
    del holder[last]
    assert read_facts(facts, COMMUNITY) == read_facts(changed(path, None), COMMUNITY)


def test_the_decision_of_these_tests_has_every_key():
    assert len(whole()["decision"]) == 18


def test_every_key_is_either_required_or_optional():
    seen = set(REQUIRED) | set(OPTIONAL) | {("people", 0, "born")}
    found = set()

    def walk(value, path):
        if isinstance(value, dict):
            for key, child in value.items():
                if path != ("answers",):
                    found.add((*path, key))
                walk(child, (*path, key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            walk(value[0], (*path, 0))

    walk(whole(), ())
    assert found == seen


TEXTS = [
    ("request", "call_back_source"),
    ("people", 0, "id"),
    ("consents", 0, "person"),
    ("consents", 0, "giver"),
    ("decision", "reasons"),
    ("decision", "no_consent_because"),
    ("decision", "withheld"),
    ("decision", "not_informed_because"),
    ("decision", "refusal_not_discussed_because"),
    ("decision", "override_reasons"),
    ("decision", "items", 0, "what"),
    ("decision", "items", 0, "source_not_checked_because"),
    ("decision", "recipients", 0, "name"),
    ("decision", "recipients", 0, "intended_use"),
    ("decision", "advice_tried", 0, "how"),
]
CODES = [
    ("request", "origin"),
    ("request", "channel"),
    ("request", "requester_kind"),
    ("request", "identity"),
    ("people", 0, "age_band"),
    ("answers", "purpose"),
    ("answers", "how_much"),
    ("consents", 0, "status"),
    ("consents", 0, "given_by"),
    ("consents", 0, "informed", 0),
    ("grounds", 0),
    ("advice", 0, "from"),
    ("advice", 0, "advised"),
    ("decision", "outcome"),
    ("decision", "decided_by_role"),
    ("decision", "lawful_basis"),
    ("decision", "special_category_condition"),
    ("decision", "no_consent_reason"),
    ("decision", "items", 0, "nature"),
    ("decision", "recipients", 0, "method"),
    ("decision", "advice_tried", 0, "role"),
]


@pytest.mark.parametrize("path", TEXTS + CODES, ids=dotted)
@pytest.mark.parametrize("value", [1, 1.5, True, [], {}])
def test_text_is_not_something_else(path, value):
    assert refused(changed(path, value)) == dotted(path)


@pytest.mark.parametrize("path", CODES, ids=dotted)
@pytest.mark.parametrize("value", ["", "gossip", "Yes", "yes "])
def test_an_unknown_code(path, value):
    assert refused(changed(path, value)) == dotted(path)


BOOLS = [
    ("request", "crime_investigation"),
    ("people", 0, "competent"),
    ("people", 0, "capacity"),
    *(
        ("consents", 0, key)
        for key in ("parental_responsibility", "authority_evidenced", "consequences_explained",
                    "freely_given", "understood")
    ),
    *(("consents", 0, "covers", key) for key in ("purpose", "recipients", "information")),
    ("advice", 0, "anonymous"),
    ("decision", "special_category"),
    ("decision", "person_informed"),
    ("decision", "refusal_discussed"),
    ("decision", "items", 0, "source_checked"),
    ("decision", "recipients", 0, "need_to_know"),
    ("decision", "recipients", 0, "told_confidential"),
]  # fmt: skip


@pytest.mark.parametrize("path", BOOLS, ids=dotted)
@pytest.mark.parametrize("value", [0, 1, "true", "yes", [], {}])
def test_true_and_false_are_nothing_else(path, value):
    assert refused(changed(path, value)) == dotted(path)


DATES = [
    ("on",),
    ("people", 0, "born"),
    ("consents", 0, "on"),
    ("consents", 0, "until"),
    ("consents", 0, "withdrawn_on"),
    ("advice", 0, "on"),
]


@pytest.mark.parametrize("path", DATES, ids=dotted)
@pytest.mark.parametrize(
    "value",
    ["", "20261120", "2026-W47-5", "2026-11-20T00:00:00", "2026-11-20\n", " 2026-11-20",
     "2026-1-2", "2026-13-01", "2026-02-29", "2026-11-31", "0000-01-01", "20-11-2026",
     "٢٠٢٦-11-20", "2026–11–20", "today", 20261120, 1.5, True, [], {}],
)  # fmt: skip
def test_a_date_is_written_in_one_way(path, value):
    assert refused(changed(path, value)) == dotted(path)


def test_a_leap_day_is_a_date():
    assert read_facts(changed(("on",), "2028-02-29"), COMMUNITY).on.isoformat() == "2028-02-29"


# Codes that depend on something else


def test_a_question_of_another_pack():
    facts = given({"receipt_confirmed": "yes"})
    assert refused(facts) == "given.answers.receipt_confirmed"
    assert read_facts(facts, shipped_packs()["school-2018"]).answers["receipt_confirmed"] == "yes"


def test_not_applicable_is_no_answer_to_the_flow():
    assert refused(changed(("answers", "purpose"), "not_applicable")) == "given.answers.purpose"
    read_facts(changed(("answers", "how_much"), "not_applicable"), COMMUNITY)


def test_null_is_no_answer():
    assert refused(changed(("answers", "how_much"), None)) == "given.answers.how_much"


def test_practitioner_decides_but_does_not_advise():
    read_facts(changed(("decision", "decided_by_role"), "practitioner"), COMMUNITY)
    assert refused(changed(("advice", 0, "from"), "practitioner")) == "given.advice[0].from"
    path = ("decision", "advice_tried", 0, "role")
    assert refused(changed(path, "practitioner")) == dotted(path)
    assert refused(changed(path, "head|data_protection_lead")) == dotted(path)


@pytest.mark.parametrize("value", [0, 8, -1, 1.0, True, "1", None, [1]])
def test_a_rule_that_the_pack_does_not_have(value):
    path = ("decision", "rules_considered", 1)
    assert refused(changed(path, value)) == dotted(path)


def test_a_pack_without_rules_has_no_rule_1():
    facts = given(decision={"rules_considered": [1]})
    assert refused(facts, BARE) == "given.decision.rules_considered[0]"


def test_a_method_that_the_pack_adds():
    path = ("decision", "recipients", 0, "method")
    facts = changed(path, "carrier_pigeon")
    assert refused(facts) == dotted(path)
    del facts["decision"]["rules_considered"], facts["answers"]["how_much"]
    pack = bare(extra_methods=(("carrier_pigeon", "Carrier pigeon"),))
    assert read_facts(facts, pack).decision.recipients[0].method == "carrier_pigeon"


@pytest.mark.parametrize(
    "key", ["channel", "requester_kind", "identity", "call_back_source", "crime_investigation"]
)
def test_the_rest_of_a_request_belongs_to_received_ones_only(key):
    facts = given(request={"origin": "own_initiative", key: received()[key]})
    assert refused(facts) == f"given.request.{key}"


def test_born_and_age_band_together():
    facts = changed(("people", 0, "age_band"), "under_16")
    assert refused(facts) == "given.people[0].age_band"


def test_born_or_age_band_is_needed():
    facts = changed(("people", 0, "born"), None)
    assert refused(facts) == "given.people[0].age_band"
    del facts["people"][0]["born"]
    assert refused(facts) == "given.people[0].age_band"
    facts["people"][0]["age_band"] = None
    assert refused(facts) == "given.people[0].age_band"


@pytest.mark.parametrize("band", ["unborn", "under_16", "16_or_17", "adult"])
def test_an_age_band_goes_with_born_null_or_left_out(band):
    facts = changed(("people", 0, "born"), None)
    facts["people"][0]["age_band"] = band
    left_out = deepcopy(facts)
    del left_out["people"][0]["born"]
    assert read_facts(facts, COMMUNITY) == read_facts(left_out, COMMUNITY)


def test_a_person_twice():
    facts = whole()
    facts["people"] += [{"id": "p2", "age_band": "adult"}, {"id": "p1", "age_band": "adult"}]
    assert refused(facts) == "given.people[2].id"


def test_a_consent_for_nobody():
    facts = whole()
    facts["consents"].append(consent(person="P1"))
    assert refused(facts) == "given.consents[1].person"


def test_withdrawn_on_of_a_no():
    facts = changed(("consents", 0), consent(status="refused", withdrawn_on="2026-11-03"))
    assert refused(facts) == "given.consents[0].withdrawn_on"
    read_facts(changed(("consents", 0), consent(status="refused", until="2026-11-03")), COMMUNITY)


@pytest.mark.parametrize("answer", ["yes", "not_sure", None])
def test_no_person_although_somebody_may_be_identified(answer):
    facts = given(people=[])
    del facts["answers"]["identifiable"]
    if answer:
        facts["answers"]["identifiable"] = answer
    assert refused(facts) == "given.people"


def test_nobody_and_somebody_where_nobody_is_identified():
    assert read_facts(given({"identifiable": "no"}, people=[]), BARE).people == ()
    assert len(read_facts(given({"identifiable": "no"}), BARE).people) == 1


def test_what_is_there_twice_in_a_set_is_there_once():
    facts = whole()
    facts["consents"][0]["informed"] = ["why", "why"]
    facts["grounds"] = ["vital_interests", "vital_interests"]
    assert read_facts(facts, COMMUNITY).consents[0].informed == {"why"}


def test_a_key_that_is_not_text():
    facts = whole()
    facts["answers"][1] = "yes"
    assert refused(facts) == "given.answers.1"


def test_the_error_names_path_and_reason():
    with pytest.raises(FactsError) as caught:
        read_facts(changed(("grounds", 0), "gossip"), COMMUNITY)
    assert str(caught.value).startswith('given.grounds[0]: "gossip" is not one of legal_obligation')
