"""What holds for any facts that fit the page."""

from datetime import date, timedelta

from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from infosharing.guidance import codes
from infosharing.guidance.codes import codes_of
from infosharing.guidance.guide import evaluate
from infosharing.guidance.loading import shipped_packs
from infosharing.guidance.missing_words import missing_topic, missing_words
from infosharing.guidance.reading import read_facts
from infosharing.guidance.words import consent_problem_words, suggestion_words
from infosharing.guidance.writing import write_facts

PACKS = list(shipped_packs().values())
DAY = date(2026, 11, 20)
FEW_DAYS = st.integers(-2, 2).map(lambda n: (DAY + timedelta(days=n)).isoformat())
ANY_DAY = st.dates(date(1930, 1, 1), date(2030, 1, 1)).map(date.isoformat)
TEXT = st.sampled_from(["", " ", "\u2003", "Something"])


def code(choices):
    return st.sampled_from(codes_of(choices))


def maybe(strategy):
    return st.none() | strategy


def person(number):
    common = {
        "id": st.just(f"p{number}"),
        "competent": maybe(st.booleans()),
        "capacity": maybe(st.booleans()),
    }
    return st.fixed_dictionaries({**common, "born": ANY_DAY}) | st.fixed_dictionaries(
        {**common, "age_band": code(codes.AGE_BANDS)}
    )


def consent(people):
    flag = st.booleans()
    common = {
        "person": st.sampled_from([p["id"] for p in people]),
        "on": FEW_DAYS,
        "until": maybe(FEW_DAYS),
        "given_by": code(codes.GIVEN_BY),
        "giver": st.sampled_from(["Mother", "Father", ""]),
        "parental_responsibility": flag,
        "authority_evidenced": flag,
        "informed": st.lists(code(codes.INFORMED)),
        "consequences_explained": flag,
        "freely_given": flag,
        "understood": flag,
        "covers": st.fixed_dictionaries({"purpose": flag, "recipients": flag, "information": flag}),
    }
    yes = {**common, "status": st.just("given"), "withdrawn_on": maybe(FEW_DAYS)}
    no = {**common, "status": st.just("refused")}
    return st.fixed_dictionaries(yes) | st.fixed_dictionaries(no)


REQUEST = st.just({"origin": "own_initiative"}) | st.fixed_dictionaries(
    {
        "origin": st.just("received"),
        "channel": code(codes.CHANNELS),
        "requester_kind": code(codes.REQUESTER_KINDS),
        "identity": code(codes.IDENTITIES),
        "call_back_source": maybe(TEXT),
        "crime_investigation": st.booleans(),
    }
)
ADVICE = st.fixed_dictionaries(
    {
        "from": code(codes.ROLES),
        "on": FEW_DAYS,
        "anonymous": st.booleans(),
        "advised": maybe(code(codes.OUTCOMES)),
    }
)
ITEM = st.fixed_dictionaries(
    {},
    optional={
        "what": maybe(TEXT),
        "nature": maybe(code(codes.NATURES)),
        "source_checked": maybe(st.booleans()),
        "source_not_checked_because": maybe(TEXT),
    },
)
RECIPIENT = st.fixed_dictionaries(
    {},
    optional={
        "name": maybe(TEXT),
        "method": maybe(code(codes.METHODS)),
        "need_to_know": maybe(st.booleans()),
        "told_confidential": maybe(st.booleans()),
        "intended_use": maybe(TEXT),
    },
)


def decision(pack):
    numbers = [rule.number for rule in pack.rules]
    return st.fixed_dictionaries(
        {"outcome": maybe(code(codes.OUTCOMES))},
        optional={
            "reasons": maybe(TEXT),
            "decided_by_role": maybe(code(codes.DECIDER_ROLES)),
            "lawful_basis": maybe(code(codes.LAWFUL_BASES)),
            "special_category": maybe(st.booleans()),
            "special_category_condition": maybe(code(codes.SPECIAL_CATEGORY_CONDITIONS)),
            "no_consent_because": maybe(TEXT),
            "no_consent_reason": maybe(code(codes.NO_CONSENT_REASONS)),
            "items": maybe(st.lists(ITEM, max_size=2)),
            "withheld": maybe(TEXT),
            "recipients": maybe(st.lists(RECIPIENT, max_size=2)),
            "person_informed": maybe(st.booleans()),
            "not_informed_because": maybe(TEXT),
            "refusal_discussed": maybe(st.booleans()),
            "refusal_not_discussed_because": maybe(TEXT),
            "override_reasons": maybe(TEXT),
            "rules_considered": maybe(
                st.lists(st.sampled_from(numbers)) if numbers else st.just([])
            ),
            "advice_tried": maybe(
                st.lists(
                    st.fixed_dictionaries(
                        {}, optional={"role": maybe(code(codes.ROLES)), "how": maybe(TEXT)}
                    ),
                    max_size=2,
                )
            ),
        },
    )


@st.composite
def cases(draw):
    """A pack, and facts as JSON that fit it."""
    pack = draw(st.sampled_from(PACKS))
    answers = {
        question: draw(code(codes.FLOW_ANSWERS if question in codes.FLOW else codes.ANSWERS))
        for question in pack.by_code
        if draw(st.integers(0, 6))
    }
    fewest = 0 if answers.get("identifiable") == "no" else 1
    people = [draw(person(n)) for n in range(draw(st.integers(fewest, 2)))]
    facts = {
        "on": DAY.isoformat(),
        "request": draw(REQUEST),
        "people": people,
        "answers": answers,
        "consents": draw(st.lists(consent(people), max_size=4)) if people else [],
        "grounds": draw(st.lists(code(codes.GROUNDS), max_size=2)),
        "advice": draw(st.lists(ADVICE, max_size=3)),
    }
    if draw(st.booleans()):
        facts["decision"] = draw(maybe(decision(pack)))
    return pack, facts


@settings(max_examples=400, deadline=None)
@any_of(cases())
def test_the_guide_answers_whatever_fits_and_in_known_codes(case):
    pack, data = case
    facts = read_facts(data, pack)
    guidance = evaluate(facts, pack)
    assert evaluate(read_facts(data, pack), pack) == guidance
    suggestion_words(guidance.suggestion)
    assert guidance.because[0] in {f"2.{n}" for n in range(1, 13)}
    assert len(guidance.because) > 1
    assert (guidance.suggestion == "unfinished") == bool(guidance.stopped_at)
    assert list(guidance.consents) == [person["id"] for person in data["people"]]
    for problems in guidance.consents.values():
        assert len(set(problems)) == len(problems)
        for problem in problems:
            consent_problem_words(problem)
    listed = [*guidance.missing, *guidance.to_write_up]
    assert len(set(listed)) == len(listed)
    for one in listed:
        missing_words(one, pack)
        missing_topic(one, pack)
    if data.get("decision") is None:
        assert listed == []


@settings(max_examples=200, deadline=None)
@any_of(cases())
def test_what_is_written_reads_the_same(case):
    pack, data = case
    facts = read_facts(data, pack)
    assert read_facts(write_facts(facts), pack) == facts


@settings(max_examples=200, deadline=None)
@any_of(cases())
def test_the_suggestion_does_not_look_at_the_draft_or_at_the_advice(case):
    pack, data = case
    bare = {**data, "decision": None, "advice": []}
    with_draft = evaluate(read_facts(data, pack), pack)
    without = evaluate(read_facts(bare, pack), pack)
    assert (with_draft.because, with_draft.consents) == (without.because, without.consents)


@settings(max_examples=200, deadline=None)
@any_of(cases())
def test_what_is_not_dated_yet_changes_nothing_about_consent(case):
    pack, data = case
    now = {**data, "consents": [c for c in data["consents"] if c["on"] <= data["on"]]}
    before = evaluate(read_facts(data, pack), pack)
    assert evaluate(read_facts(now, pack), pack).consents == before.consents


@settings(max_examples=200, deadline=None)
@any_of(cases())
def test_lack_of_consent_never_blocks_what_has_another_reason(case):
    pack, data = case
    answers = {**data["answers"], "significant_harm": "yes", "purpose": "yes"}
    answers["immediate_danger"] = "no"
    answers.setdefault("identifiable", "yes")
    answers.setdefault("confidential", "yes")
    if data["people"] and data["request"].get("identity") != "failed":
        facts = read_facts({**data, "answers": answers}, pack)
        assert evaluate(facts, pack).suggestion in (
            "may_share", "may_share_without_consent", "required_by_law"
        )  # fmt: skip
