"""Section 3 of the guide: who decides, which records count, and every problem."""

from datetime import date

import pytest

from infosharing.guidance.facts import age_on
from tests.guidance.build import (
    ADULT,
    ADULT_WITHOUT,
    COMPETENT,
    ELSEWHERE,
    NOT_COMPETENT,
    SIXTEEN,
    SIXTEEN_WITHOUT,
    TODAY,
    TOMORROW,
    UNBORN,
    UNDER_16,
    YESTERDAY,
    by_attorney,
    by_self,
    consent,
    father,
    given,
    guide,
    person,
    problems,
)

NO = {"status": "refused"}
TAKEN_BACK = {"withdrawn_on": YESTERDAY}
ALL_FAULTS = {
    "until": YESTERDAY,
    "informed": [],
    "consequences_explained": False,
    "freely_given": False,
    "understood": False,
}

# Ages


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2010-11-20", "2026-11-19", 15),
        ("2010-11-20", "2026-11-20", 16),
        ("2010-11-20", "2026-11-21", 16),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-03-01", "2024-02-29", 15),
        ("2008-02-28", "2026-02-28", 18),
        ("2026-11-21", "2026-11-20", -1),
        ("2026-11-20", "2026-11-20", 0),
    ],
)
def test_age_in_whole_years(born, on, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("2010-11-20", "2026-11-19", []),
        ("2010-11-20", "2026-11-20", ["wrong_giver"]),
        ("2012-02-29", "2028-02-28", []),
        ("2012-02-29", "2028-02-29", ["wrong_giver"]),
    ],
)
def test_a_parent_decides_until_the_day_before_the_sixteenth_birthday(born, on, expected):
    assert problems({"born": born}, consent(), on=on) == expected


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("2008-02-29", "2026-02-28", []),
        ("2008-02-29", "2026-03-01", ["best_interests"]),
        ("2008-11-21", "2026-11-20", []),
        ("2008-11-20", "2026-11-20", ["best_interests"]),
    ],
)
def test_a_parent_may_decide_without_capacity_until_eighteen(born, on, expected):
    record = consent(on="2026-01-01")
    assert problems({"born": born, "capacity": False}, record, on=on) == expected


def test_somebody_born_after_the_day_is_a_child():
    assert problems({"born": TOMORROW}, consent()) == []


# Who decides, and whose answer it is not: every kind of person against every kind of giver

OWN = by_self()
HOLDER = consent()
NO_HOLDER = consent(given_by="carer", parental_responsibility=False)
ATTORNEY = by_attorney()
NO_PROOF = by_attorney(authority_evidenced=False)
ATTORNEY_HOLDER = by_attorney(authority_evidenced=False, parental_responsibility=True)
SELF_HOLDER = by_self(parental_responsibility=True, authority_evidenced=True)


@pytest.mark.parametrize(
    ("who", "record", "expected"),
    [
        (UNDER_16, OWN, ["not_judged_competent"]),
        (UNDER_16, SELF_HOLDER, ["not_judged_competent"]),
        (UNDER_16, HOLDER, []),
        (UNDER_16, NO_HOLDER, ["no_parental_responsibility"]),
        (UNDER_16, ATTORNEY, ["no_parental_responsibility"]),
        (UNDER_16, ATTORNEY_HOLDER, []),
        (UNBORN, HOLDER, []),
        (UNBORN, OWN, ["not_judged_competent"]),
        (UNBORN, NO_HOLDER, ["no_parental_responsibility"]),
        (NOT_COMPETENT, OWN, ["not_judged_competent"]),
        (NOT_COMPETENT, HOLDER, []),
        (COMPETENT, OWN, []),
        (COMPETENT, HOLDER, ["wrong_giver"]),
        (COMPETENT, NO_HOLDER, ["no_parental_responsibility"]),
        (COMPETENT, ATTORNEY, ["no_parental_responsibility"]),
        ({**COMPETENT, "capacity": False}, OWN, []),
        (SIXTEEN, OWN, []),
        ({**SIXTEEN, "capacity": True}, OWN, []),
        ({**SIXTEEN, "competent": False}, OWN, []),
        (SIXTEEN, HOLDER, ["wrong_giver"]),
        (SIXTEEN, NO_HOLDER, ["wrong_giver"]),
        (SIXTEEN, ATTORNEY, ["capacity_not_lost"]),
        (SIXTEEN, NO_PROOF, ["capacity_not_lost"]),
        ({**SIXTEEN, "capacity": True}, ATTORNEY, ["capacity_not_lost"]),
        (SIXTEEN_WITHOUT, OWN, ["lacks_capacity"]),
        (SIXTEEN_WITHOUT, SELF_HOLDER, ["lacks_capacity"]),
        (SIXTEEN_WITHOUT, HOLDER, []),
        (SIXTEEN_WITHOUT, NO_HOLDER, ["wrong_giver"]),
        (SIXTEEN_WITHOUT, ATTORNEY, []),
        (SIXTEEN_WITHOUT, NO_PROOF, ["authority_not_evidenced"]),
        (SIXTEEN_WITHOUT, ATTORNEY_HOLDER, []),
        (SIXTEEN_WITHOUT, consent(given_by="carer", authority_evidenced=True), []),
        (ADULT, OWN, []),
        (ADULT, HOLDER, ["wrong_giver"]),
        (ADULT, ATTORNEY, ["capacity_not_lost"]),
        ({**ADULT, "capacity": True}, OWN, []),
        ({**ADULT, "competent": False}, OWN, []),
        (ADULT_WITHOUT, OWN, ["lacks_capacity"]),
        (ADULT_WITHOUT, SELF_HOLDER, ["lacks_capacity"]),
        (ADULT_WITHOUT, HOLDER, ["best_interests"]),
        (ADULT_WITHOUT, NO_HOLDER, ["best_interests"]),
        (ADULT_WITHOUT, consent(authority_evidenced=True), ["best_interests"]),
        (ADULT_WITHOUT, ATTORNEY, []),
        (ADULT_WITHOUT, NO_PROOF, ["authority_not_evidenced"]),
        (ADULT_WITHOUT, ATTORNEY_HOLDER, ["authority_not_evidenced"]),
    ],
)
def test_who_decides(who, record, expected):
    assert problems(who, record) == expected


@pytest.mark.parametrize(
    "given_by", ["parent", "guardian", "local_authority", "carer", "attorney_or_deputy", "other"]
)
def test_anybody_else_may_hold_parental_responsibility(given_by):
    assert problems(UNDER_16, consent(given_by=given_by)) == []
    without = consent(given_by=given_by, parental_responsibility=False)
    assert problems(UNDER_16, without) == ["no_parental_responsibility"]


# Which records count


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (UNDER_16, ["not_sought"]),
        (UNBORN, ["not_sought"]),
        (COMPETENT, ["not_sought"]),
        (SIXTEEN, ["not_sought"]),
        (SIXTEEN_WITHOUT, ["not_sought"]),
        (ADULT, ["not_sought"]),
        ({**ADULT, "capacity": True}, ["not_sought"]),
        (ADULT_WITHOUT, ["best_interests"]),
    ],
)
@pytest.mark.parametrize("records", [[], [consent(on=TOMORROW)]], ids=["none", "tomorrow's"])
def test_no_record_counts(who, records, expected):
    assert problems(who, *records) == expected


def test_a_record_of_the_day_counts():
    assert problems(UNDER_16, consent(on=TODAY)) == []


def test_somebody_elses_record_does_not_count():
    facts = given(people=[person("p1"), person("p2")], consents=[consent(person="p2")])
    assert guide(facts).consents == {"p1": ("not_sought",), "p2": ()}


def test_of_records_by_nobody_who_decides_the_latest_names_the_problem():
    early = by_self(on="2026-11-01")
    late = consent(on="2026-11-02", given_by="carer", parental_responsibility=False)
    assert problems(UNDER_16, early, late) == ["no_parental_responsibility"]
    assert problems(UNDER_16, late, early) == ["no_parental_responsibility"]
    assert problems(UNDER_16, {**late, "on": TOMORROW}, early) == ["not_judged_competent"]


def test_of_the_same_day_the_one_later_in_the_list_is_later():
    own, carers = by_self(), consent(given_by="carer", parental_responsibility=False)
    assert problems(UNDER_16, own, carers) == ["no_parental_responsibility"]
    assert problems(UNDER_16, carers, own) == ["not_judged_competent"]
    assert problems(SIXTEEN, by_self(), by_self(**NO)) == ["refused"]
    assert problems(SIXTEEN, by_self(**NO), by_self()) == []


def test_a_record_by_somebody_who_decides_hides_a_later_one_by_somebody_who_does_not():
    assert problems(UNDER_16, consent(on="2026-11-01"), by_self(on="2026-11-10")) == []
    assert problems(COMPETENT, by_self(**NO), consent(on="2026-11-10")) == ["refused"]


# Scope stands before time


@pytest.mark.parametrize("part", ["purpose", "recipients", "information"])
def test_a_record_about_something_else_is_looked_at_only_alone(part):
    other = consent(on="2026-11-10", covers={part: False}, **NO)
    assert problems(UNDER_16, consent(on="2026-11-01"), other) == []
    assert problems(UNDER_16, other) == ["outside_scope"]


def test_a_no_about_this_is_not_undone_by_a_later_yes_about_something_else():
    assert problems(SIXTEEN, by_self(**NO), by_self(on=TODAY, **ELSEWHERE)) == ["refused"]


def test_a_fault_about_this_is_not_undone_by_a_later_yes_about_something_else():
    early = consent(freely_given=False)
    assert problems(UNDER_16, early, consent(on=TODAY, **ELSEWHERE)) == ["not_freely_given"]


def test_another_givers_yes_about_something_else_is_not_looked_at():
    assert problems(UNDER_16, consent(**NO), father(**ELSEWHERE)) == ["refused"]
    assert problems(UNDER_16, consent(), father(**NO, **ELSEWHERE)) == []


def test_scope_of_those_who_do_not_decide_does_not_matter():
    assert problems(UNDER_16, by_self(), consent(**ELSEWHERE)) == ["outside_scope"]


@pytest.mark.parametrize("no", [NO, TAKEN_BACK, {"withdrawn_on": TODAY}])
def test_a_no_about_something_else_gives_outside_scope_alone(no):
    assert problems(UNDER_16, consent(**ALL_FAULTS, **no, **ELSEWHERE)) == ["outside_scope"]


def test_a_yes_about_something_else_has_all_its_faults():
    assert problems(UNDER_16, consent(**ALL_FAULTS, **ELSEWHERE)) == [
        "expired",
        "not_informed",
        "consequences_not_explained",
        "not_freely_given",
        "not_understood",
        "outside_scope",
    ]


def test_a_withdrawal_to_come_about_something_else_has_all_its_faults():
    record = consent(freely_given=False, withdrawn_on=TOMORROW, **ELSEWHERE)
    assert problems(UNDER_16, record) == ["not_freely_given", "outside_scope"]


# The person decides: the latest record


def test_the_latest_record_of_the_person_is_taken():
    no, yes = by_self(on="2026-11-01", **NO), by_self(on="2026-11-02")
    assert problems(SIXTEEN, no, yes) == []
    assert problems(SIXTEEN, yes, no) == []
    assert problems(SIXTEEN, {**no, "on": "2026-11-03"}, yes) == ["refused"]


def test_the_person_has_one_voice_under_whatever_name():
    yes, no = by_self(giver="Sam"), by_self(giver="Samantha", on="2026-11-03", **NO)
    assert problems(SIXTEEN, yes, no) == ["refused"]
    assert problems(ADULT, yes, no) == ["refused"]
    assert problems(COMPETENT, yes, no) == ["refused"]


def test_an_expired_yes_of_the_person_is_not_set_aside_for_an_earlier_one():
    early, late = by_self(giver="Sam"), by_self(on="2026-11-03", until=YESTERDAY)
    assert problems(SIXTEEN, early, late) == ["expired"]


# Others decide: the latest record of each giver


def test_the_latest_of_each_giver_is_taken():
    assert problems(UNDER_16, consent(**NO), consent(on="2026-11-03")) == []
    assert problems(UNDER_16, consent(on="2026-11-03"), consent(**NO)) == []
    assert problems(UNDER_16, consent(), consent(on="2026-11-03", **NO)) == ["refused"]


@pytest.mark.parametrize("name", ["mother", "Mother ", " Mother", "Mother\u00a0", "Mum"])
def test_givers_are_compared_as_they_stand(name):
    records = [consent(), consent(giver=name, on="2026-11-03", **NO)]
    assert problems(UNDER_16, *records) == ["holders_disagree"]


def test_a_blank_giver_is_one_giver():
    records = [consent(giver=""), consent(giver="", on="2026-11-03", **NO)]
    assert problems(UNDER_16, *records) == ["refused"]


def test_attorneys_and_holders_are_givers_alike():
    assert problems(SIXTEEN_WITHOUT, consent(), by_attorney(**NO)) == ["holders_disagree"]
    assert problems(ADULT_WITHOUT, by_attorney(), by_attorney(giver="Son", **NO)) == [
        "holders_disagree"
    ]


def test_a_holder_has_no_say_for_an_adult():
    assert problems(ADULT_WITHOUT, consent(**NO), by_attorney()) == []


# An expired yes is set aside while another giver's record remains


def test_an_expired_yes_is_set_aside_for_another_givers_no():
    records = [consent(until=YESTERDAY), father(**NO)]
    assert problems(UNDER_16, *records) == ["refused"]


def test_an_expired_yes_is_set_aside_for_another_givers_yes():
    records = [father(), consent(on=TODAY, until=YESTERDAY)]
    assert problems(UNDER_16, *records) == []
    records[0]["freely_given"] = False
    assert problems(UNDER_16, *records) == ["not_freely_given"]


def test_an_expired_yes_is_set_aside_before_it_can_disagree():
    records = [consent(until=YESTERDAY), father(withdrawn_on=YESTERDAY)]
    assert problems(UNDER_16, *records) == ["withdrawn"]


def test_a_yes_that_ends_today_is_not_set_aside():
    assert problems(UNDER_16, consent(until=TODAY), father(**NO)) == ["holders_disagree"]


def test_a_no_is_never_set_aside():
    records = [consent(until=YESTERDAY, **NO), father()]
    assert problems(UNDER_16, *records) == ["holders_disagree"]


def test_an_expired_yes_that_was_taken_back_is_set_aside_like_any_other():
    records = [consent(until=YESTERDAY, **TAKEN_BACK), father()]
    assert problems(UNDER_16, *records) == []


def test_expired_yeses_alone_stay():
    assert problems(UNDER_16, consent(until=YESTERDAY), father(until=YESTERDAY)) == ["expired"]
    late = father(on="2026-11-03", until=YESTERDAY, understood=False)
    assert problems(UNDER_16, late, consent(until=YESTERDAY)) == ["expired", "not_understood"]


def test_only_the_latest_of_a_giver_can_be_set_aside():
    records = [consent(), consent(on="2026-11-03", until=YESTERDAY), father(**NO)]
    assert problems(UNDER_16, *records) == ["refused"]


# Refused, withdrawn, disagreeing


def test_refused():
    assert problems(UNDER_16, consent(**NO)) == ["refused"]
    assert problems(UNDER_16, consent(**NO, **ALL_FAULTS)) == ["refused"]


@pytest.mark.parametrize(
    ("withdrawn_on", "expected"),
    [(YESTERDAY, ["withdrawn"]), (TODAY, ["withdrawn"]), (TOMORROW, [])],
)
def test_withdrawn(withdrawn_on, expected):
    assert problems(UNDER_16, consent(withdrawn_on=withdrawn_on)) == expected


def test_withdrawn_and_nothing_else():
    assert problems(UNDER_16, consent(**ALL_FAULTS, **TAKEN_BACK)) == ["withdrawn"]


def test_several_refuse_by_status_in_at_least_one():
    assert problems(UNDER_16, consent(**NO), father(**NO)) == ["refused"]
    assert problems(UNDER_16, consent(**NO), father(**TAKEN_BACK)) == ["refused"]
    assert problems(UNDER_16, consent(**TAKEN_BACK), father(**NO)) == ["refused"]
    assert problems(UNDER_16, consent(**TAKEN_BACK), father(**TAKEN_BACK)) == ["withdrawn"]


def test_holders_disagree_whatever_the_faults():
    assert problems(UNDER_16, consent(), father(**NO)) == ["holders_disagree"]
    assert problems(UNDER_16, consent(), father(**TAKEN_BACK)) == ["holders_disagree"]
    assert problems(UNDER_16, consent(understood=False), father(**NO)) == ["holders_disagree"]
    three = [consent(), father(), consent(giver="Council", **NO)]
    assert problems(UNDER_16, *three) == ["holders_disagree"]


def test_a_giver_who_comes_round_no_longer_disagrees():
    assert problems(UNDER_16, father(), consent(**NO), consent(on="2026-11-03")) == []


# Faults


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"until": YESTERDAY}, "expired"),
        ({"informed": ["what_happens", "who_is_told", "onward_sharing"]}, "not_informed"),
        ({"informed": ["what_happens", "who_is_told", "why"]}, "not_informed"),
        ({"informed": ["what_happens", "onward_sharing", "why"]}, "not_informed"),
        ({"informed": ["who_is_told", "onward_sharing", "why"]}, "not_informed"),
        ({"informed": []}, "not_informed"),
        ({"consequences_explained": False}, "consequences_not_explained"),
        ({"freely_given": False}, "not_freely_given"),
        ({"understood": False}, "not_understood"),
        ({"covers": {"purpose": False}}, "outside_scope"),
        ({"covers": {"recipients": False}}, "outside_scope"),
        ({"covers": {"information": False}}, "outside_scope"),
    ],
)
def test_one_fault(change, problem):
    assert problems(UNDER_16, consent(**change)) == [problem]
    assert problems(SIXTEEN, by_self(**change)) == [problem]
    assert problems(ADULT_WITHOUT, by_attorney(**change)) == [problem]


@pytest.mark.parametrize("until", [TODAY, TOMORROW, None])
def test_until_is_the_last_day(until):
    assert problems(UNDER_16, consent(until=until)) == []


def test_one_sound_record_among_those_taken_is_enough():
    faulty = father(on="2026-11-10", understood=False)
    assert problems(UNDER_16, consent(), faulty) == []
    assert problems(UNDER_16, faulty, consent()) == []


def test_the_faults_are_those_of_the_latest_taken():
    mothers = consent(on="2026-11-05", understood=False)
    fathers = father(on="2026-11-04", freely_given=False, informed=[])
    assert problems(UNDER_16, mothers, fathers) == ["not_understood"]
    fathers["on"] = "2026-11-05"
    assert problems(UNDER_16, mothers, fathers) == ["not_informed", "not_freely_given"]
    assert problems(UNDER_16, fathers, mothers) == ["not_understood"]


def test_the_latest_taken_goes_by_the_list_and_not_by_when_a_giver_first_appears():
    early_mother = consent(on="2026-11-01")
    fathers = father(freely_given=False)
    late_mother = consent(understood=False)
    assert problems(UNDER_16, early_mother, fathers, late_mother) == ["not_understood"]


def test_every_person_is_asked_about():
    facts = given(people=[person("b"), person("a")], consents=[consent(person="a")])
    guidance = guide(facts)
    assert list(guidance.consents.items()) == [("b", ("not_sought",)), ("a", ())]
    assert guidance.without_reliable_consent == ("b",)
