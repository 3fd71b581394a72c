"""Section 7 of the guide: the six packs that ship are what the table says."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from infosharing.guidance.codes import FLOW, METHODS
from infosharing.guidance.errors import PackError
from infosharing.guidance.loading import FOLDER, SHIPPED, default_pack, load_pack, shipped_packs
from infosharing.guidance.pack import Pack
from tests.guidance.build import BARE, bare

PACKS = shipped_packs()
RIGHT = ["have_consent", "sensitive", "need_consent", "duty_or_power", "whose_consent",
         "seeking_harms", "giver_understands", "harm_balance"]  # fmt: skip
INFORMATION = ["how_much", "fact_from_opinion", "check_source"]
RECIPIENT = ["right_person", "secure_way", "told_confidential", "their_use"]
SEVENTEEN = [
    ("before", RIGHT),
    ("before", INFORMATION),
    ("before", RECIPIENT),
    ("after", ["person_aware", "recorded"]),
]
DSL = ("dsl",)

TABLE = {
    "statutory-2024": (
        7,
        SEVENTEEN,
        [
            (DSL, "without_consent"),
            (DSL, "crime_request"),
            (DSL, "not_sure"),
            (DSL, "consent_doubtful"),
            (("data_protection_lead",), "against_law"),
        ],
    ),
    "provider-2008": (
        7,
        [("before", ["knows_what_happens", "knows_who_is_told", "knows_onward", "knows_why"])],
        [(("manager",), "not_sure")],
    ),
    "school-2018": (
        0,
        [("before", ["information_type", "sharing_method"]), ("after", ["receipt_confirmed"])],
        [(DSL, "crime_request"), (DSL, "consent_doubtful")],
    ),
    "trust-2015": (10, SEVENTEEN, [(("head", "data_protection_lead"), "sharing")]),
    "community-2016": (
        7,
        [
            ("before", ["how_much", "fact_from_opinion", "right_person", "secure_way"]),
            ("after", ["person_aware"]),
        ],
        [(("manager",), "without_consent"), (("manager",), "not_sure")],
    ),
    "partner-2018": (9, SEVENTEEN, [(DSL, "sharing")]),
}


def test_six_ship_the_first_as_the_default():
    assert list(PACKS) == list(SHIPPED) == list(TABLE)
    assert default_pack() is PACKS["statutory-2024"]


@pytest.mark.parametrize("code", TABLE)
def test_rules_questions_and_consult_rules(code):
    pack = PACKS[code]
    rules, sections, consult = TABLE[code]
    assert [rule.number for rule in pack.rules] == list(range(1, rules + 1))
    assert [(s.stage, [q.code for q in s.questions]) for s in pack.sections] == sections
    assert [(rule.roles, rule.when) for rule in pack.consult] == consult
    assert [question.code for question in pack.flow] == list(FLOW)
    assert pack.methods == METHODS


def test_the_joined_code():
    assert [rule.code for rule in PACKS["trust-2015"].consult] == [
        "advice:head|data_protection_lead"
    ]


def test_the_seventeen_are_the_same_in_three_packs():
    sections = PACKS["statutory-2024"].sections
    assert PACKS["trust-2015"].sections == sections == PACKS["partner-2018"].sections
    assert sum(len(section.questions) for section in sections) == 17


@pytest.mark.parametrize("code", TABLE)
def test_a_pack_in_force_has_version_dates_and_source(code):
    pack = PACKS[code]
    assert pack.version == "1"
    assert pack.in_force_from.year == int(code[-4:])
    assert pack.in_force_until is None
    assert pack.source.date[:4] == code[-4:]


def words_of_pack(pack):
    yield from (pack.name, pack.title, pack.source.name, pack.source.note)
    for rule in pack.rules:
        yield from (rule.title, rule.text)
    for section in pack.sections:
        yield section.title
    for question in pack.by_code.values():
        yield from (question.text, question.why, question.example)
        if question.hint is not None:
            yield question.hint


@pytest.mark.parametrize("code", TABLE)
def test_words_are_short_and_without_acronyms(code):
    for words in words_of_pack(PACKS[code]):
        assert words == words.strip()
        assert "\n" not in words
        for acronym in (
            "DSL",
            "DPO",
            "LADO",
            "MASH",
            "GDPR",
            "DPA",
            "ICO",
            "SEND",
            "MCA",
            "Gillick",
        ):
            assert acronym not in words.split()
    for question in PACKS[code].by_code.values():
        assert question.text.endswith("?")
        assert len(question.text.split()) <= 16
        assert len(question.why.split()) <= 28


@pytest.mark.parametrize("code", TABLE)
def test_no_organisation_is_named(code):
    names = ("bct", "talentum", "manchester", "settlement", "sense", "lovatt", "hobson")
    text = PACKS[code].canonical().lower()
    assert [name for name in names if name in text] == []


def test_what_could_not_be_confirmed_says_so():
    assert "confirmed" in default_pack().source.note
    for code in ("provider-2008", "trust-2015", "community-2016", "partner-2018"):
        assert PACKS[code].source.note.startswith("Dated")


def test_in_force_on():
    pack = bare(in_force_from=date(2024, 4, 19), in_force_until=None)
    assert not pack.in_force_on(date(2024, 4, 18))
    assert pack.in_force_on(date(2024, 4, 19))
    assert pack.in_force_on(date(2099, 1, 1))
    pack = bare(in_force_from=date(2024, 4, 19), in_force_until=date(2025, 1, 1))
    assert pack.in_force_on(date(2025, 1, 1))
    assert not pack.in_force_on(date(2025, 1, 2))


def test_finding_questions_and_rules():
    pack = PACKS["community-2016"]
    assert [q.code for q in pack.questions_at("after")] == ["person_aware"]
    assert len(pack.questions) == 5
    assert list(pack.by_code) == [*FLOW, *(q.code for q in pack.questions)]
    assert pack.question("purpose") is pack.flow[1]
    assert pack.question("how_much") is pack.questions[0]
    assert pack.rule(7) is pack.rules[6]
    for find, what in [(pack.question, "sensitive"), (pack.rule, 8), (pack.rule, 0)]:
        with pytest.raises(KeyError):
            find(what)


# The canonical form


@pytest.mark.parametrize("code", TABLE)
def test_the_canonical_form_gives_the_same_pack_again(code):
    pack = PACKS[code]
    again = Pack.from_canonical(pack.canonical())
    assert again == pack
    assert again.canonical() == pack.canonical()
    assert again.digest == pack.digest == sha256(pack.canonical().encode()).hexdigest()


@pytest.mark.parametrize(
    "pack",
    [
        BARE,
        bare(in_force_until=date(2030, 1, 1)),
        bare(extra_methods=(("carrier_pigeon", "Pigeon – “Zoë” \U0001f54a\u2028"),)),
    ],
)
def test_the_canonical_form_of_other_packs(pack):
    assert Pack.from_canonical(pack.canonical()) == pack


def test_the_canonical_form_is_sorted_compact_and_whole():
    text = default_pack().canonical()
    loaded = json.loads(text)
    assert text == json.dumps(loaded, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sorted(loaded) == [
        "code", "consult", "flow", "form", "in_force", "methods", "name", "rules", "sections",
        "source", "title", "version",
    ]  # fmt: skip
    assert loaded["in_force"] == {"from": "2024-04-19", "until": None}


def test_the_digest_follows_every_word():
    digests = {pack.digest for pack in PACKS.values()}
    changed = {bare(title="Other").digest, bare(version="2").digest, BARE.digest}
    assert len(digests | changed) == 9
    assert load_pack("school-2018").digest == PACKS["school-2018"].digest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.pop("form"), "pack: the key form is missing"),
        (lambda found: found.update(form=2), "pack.form: is not a form that is known"),
        (lambda found: found.update(form=True), "pack.form: must be a whole number"),
        (lambda found: found.update(colour="red"), "pack.colour: the key colour is not known"),
        (lambda found: found.update(title=1.5), "pack.title: 1.5 has no place here"),
        (lambda found: found["flow"].pop(), None),
        (lambda found: found["rules"][2].update(number=2), "pack.rules[2].number: rule 2 stands "
         "where 3 is due"),
        (lambda found: found["sections"][0]["questions"].append("how_much"),
         "pack.sections[0].questions[8]: there is no common question how_much"),
        (lambda found: found["consult"][0].update(role="chef"),
         "pack.consult[0].role: chef is not a role"),
        (lambda found: found.update(title="\ud800"),
         "pack.title: must be text that can be written down"),
    ],
)  # fmt: skip
def test_a_stored_pack_is_checked_like_any_other(change, said):
    found = json.loads(default_pack().canonical())
    change(found)
    text = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    with pytest.raises(PackError) as caught:
        Pack.from_canonical(text)
    assert str(caught.value) == said or said is None
    assert caught.value.where.startswith("pack")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text[:-1], "pack: not JSON: "),
        (lambda text: text + "\n", "pack: is not in its canonical form"),
        (lambda text: text.replace('":', '": ', 1), "pack: is not in its canonical form"),
        (lambda text: text.replace('"form":1', '"form":1,"form":1'), "pack.form: the key form"),
        (lambda text: "[" * 100_000, "pack: not JSON: "),
        (lambda text: "[]", "pack: must have keys"),
    ],
)
def test_a_stored_pack_that_was_damaged(damage, said):
    with pytest.raises(PackError) as caught:
        Pack.from_canonical(damage(default_pack().canonical()))
    assert str(caught.value).startswith(said)


def test_the_files_are_six_packs_the_flow_and_the_common_questions():
    files = sorted(file.stem for file in Path(FOLDER).iterdir())
    assert files == sorted([*SHIPPED, "flow", "questions"])


# Afterwards


AFTERWARDS = {
    "statutory-2024": (["person_aware", "recorded"], 2),
    "provider-2008": ([], 0),
    "school-2018": (["receipt_confirmed"], 0),
    "trust-2015": (["person_aware", "recorded"], 2),
    "community-2016": (["person_aware"], 1),
    "partner-2018": (["person_aware", "recorded"], 2),
}


@pytest.mark.parametrize("code", AFTERWARDS)
def test_after_a_refusal_only_what_fits_is_asked_in_words_that_fit(code):
    pack = PACKS[code]
    shared, number = AFTERWARDS[code]
    assert [q.code for q in pack.asked_afterwards(shared=True)] == shared
    refused = pack.asked_afterwards(shared=False)
    assert len(refused) == number
    for question in refused:
        assert question.code.endswith("_if_refused")
        assert "was shared" not in question.text
        assert pack.afterwards_text(question.code) == question.text
    assert pack.afterwards_text("how_much") is None


def test_a_pack_kept_before_there_were_words_for_a_refusal_keeps_its_hash_and_its_words():
    old = json.loads(default_pack().canonical())
    for section in old["sections"]:
        for question in section["questions"]:
            question.pop("if_refused", None)
            question.pop("asked_if", None)
    text = json.dumps(old, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    pack = Pack.from_canonical(text)
    assert pack.canonical() == text
    assert pack.asked_afterwards(shared=False) == pack.questions_at("after")
