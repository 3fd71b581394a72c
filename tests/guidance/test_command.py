"""Section 8 of the guide: what the command prints, compares and refuses."""

import json
from copy import deepcopy

import pytest

from infosharing.guidance.command import DIFFERS, DONE, REFUSED, run
from infosharing.guidance.loading import shipped_packs
from tests.guidance.build import consent, given, person, sharing

ANSWERS_2015 = {"how_much": "yes", "fact_from_opinion": "yes", "right_person": "yes"}


def scenario(facts=None, **changes):
    return {
        "id": "one",
        "title": "A title",
        "story": "A story",
        "given": given() if facts is None else facts,
        **changes,
    }


def ran(*files, check=False):
    """Run on texts, bytes or objects; a missing file is None."""
    contents = {f"{number}.json": found for number, found in enumerate(files, start=1)}

    def read(name):
        found = contents[name]
        if found is None:
            raise FileNotFoundError(2, "No such file or directory")
        if isinstance(found, bytes):
            return found
        return (found if isinstance(found, str) else json.dumps(found)).encode()

    out: list[str] = []
    err: list[str] = []
    code = run(list(contents), shipped_packs(), read=read, out=out.append, err=err.append,
               check=check)  # fmt: skip
    return code, [json.loads(line) for line in out], err


def refusal(file, check=False):
    code, out, err = ran(file, check=check)
    assert (code, out, len(err)) == (REFUSED, [], 1)
    return err[0]


def test_one_object_a_file_a_line_each():
    two = scenario(given({"significant_harm": "yes"}), id="two")
    code, out, err = ran(scenario(), two)
    assert (code, err) == (DONE, [])
    assert out == [
        {
            "id": "one",
            "suggestion": "seek_consent",
            "because": [
                "2.12",
                "Nobody has said yes or no to sharing yet.",
                "There is no other reason to share, so ask for consent first.",
            ],
            "consents": {"p1": ["not_sought"]},
            "missing": [],
            "to_write_up": [],
        },
        {
            "id": "two",
            "suggestion": "may_share_without_consent",
            "because": [
                "2.8",
                "Somebody is suffering significant harm, or is likely to.",
                "With such a reason, sharing does not wait for consent.",
            ],
            "consents": {"p1": ["not_sought"]},
            "missing": [],
            "to_write_up": [],
        },
    ]
    assert [list(line) for line in out] == [
        ["id", "suggestion", "because", "consents", "missing", "to_write_up"]
    ] * 2


def test_a_consent_that_can_be_relied_on_is_an_empty_list():
    facts = given(people=[person("p1"), person("p2")], consents=[consent()])
    _code, out, _err = ran(scenario(facts))
    assert out[0]["consents"] == {"p1": [], "p2": ["not_sought"]}


@pytest.mark.parametrize("name", ["Zoë", "two\nlines\u2028and\x85more"])
def test_a_line_is_one_line_in_ascii(name):
    out: list[str] = []
    raw = json.dumps(scenario(id=name), ensure_ascii=False).encode()
    run(["x"], shipped_packs(), read=lambda _: raw, out=out.append, err=out.append)
    assert len(out) == 1
    assert out[0].isascii()
    assert len(out[0].splitlines()) == 1
    assert json.loads(out[0])["id"] == name


def test_the_first_pack_is_the_default():
    draft = scenario(given(decision=sharing(reasons="")))
    _code, out, _err = ran(draft)
    _code, named, _err = ran({**draft, "pack": "statutory-2024"})
    assert out == named
    assert "rule:7" in out[0]["missing"]


def test_the_pack_named():
    facts = given(ANSWERS_2015, decision=sharing(rules_considered=[1, 2, 3, 4, 5, 6, 7]))
    _code, out, _err = ran(scenario(facts, pack="community-2016"))
    assert out[0]["missing"] == ["question:secure_way", "ground", "override_reasons",
                                 "advice:manager"]  # fmt: skip


# --check

EXPECTED = {
    "id": "one",
    "suggestion": "seek_consent",
    "because": [
        "There is no other reason to share, so ask for consent first.",
        "2.12",
        "Nobody has said yes or no to sharing yet.",
        "2.12",
    ],
    "consents": {"p1": ["not_sought", "not_sought"]},
    "missing": [],
    "to_write_up": [],
}


@pytest.mark.parametrize("keys", [list(EXPECTED), *([key] for key in EXPECTED), []])
def test_check_compares_lists_as_sets_and_leaves_out_what_is_left_out(keys):
    expect = {key: EXPECTED[key] for key in keys}
    code, out, err = ran(scenario(expect=expect), check=True)
    assert (code, len(out), err) == (DONE, 1, [])


def test_check_of_a_file_that_expects_nothing():
    assert ran(scenario(), check=True)[0] == DONE


@pytest.mark.parametrize(
    ("expect", "named"),
    [
        ({"id": "two"}, '1.json: id: expected "two", got "one"'),
        (
            {"suggestion": "may_share"},
            '1.json: suggestion: expected "may_share", got "seek_consent"',
        ),
        (
            {"suggestion": "gibberish"},
            '1.json: suggestion: expected "gibberish", got "seek_consent"',
        ),
        ({"missing": ["ground"]}, '1.json: missing: expected ["ground"], got []'),
        ({"to_write_up": ["ground"]}, '1.json: to_write_up: expected ["ground"], got []'),
        ({"consents": {"p1": []}}, '1.json: consents.p1: expected [], got ["not_sought"]'),
        (
            {"consents": {"p1": ["not_sought", "expired"]}},
            '1.json: consents.p1: expected ["not_sought", "expired"], got ["not_sought"]',
        ),
        (
            {"consents": {"p1": ["not_sought"], "p2": []}},
            "1.json: consents.p2: expected [], got null",
        ),
    ],
)
def test_check_names_the_difference(expect, named):
    file = scenario(expect=expect)
    code, out, err = ran(file, check=True)
    assert (code, err) == (DIFFERS, [named])
    assert ran(file) == (DONE, out, [])


def test_check_names_a_reason_that_differs():
    code, _out, err = ran(scenario(expect={"because": ["2.12"]}), check=True)
    assert code == DIFFERS
    assert err[0].startswith('1.json: because: expected ["2.12"], got ["2.12", "Nobody has said')


def test_check_compares_consents_person_by_person():
    facts = given(people=[person("p1"), person("p2")])
    expect = {"consents": {"p2": ["not_sought"]}}
    assert ran(scenario(facts, expect=expect), check=True)[0] == DONE


def test_check_names_the_first_difference_only_and_prints_every_line():
    wrong = {"suggestion": "may_share", "missing": ["ground"]}
    files = [scenario(), scenario(expect=wrong), scenario(expect=wrong), scenario()]
    code, out, err = ran(*files, check=True)
    assert code == DIFFERS
    assert err == ['2.json: suggestion: expected "may_share", got "seek_consent"']
    assert out == ran(*files)[1]
    assert len(out) == 4


def test_the_exit_code_is_that_of_the_first_trouble():
    wrong = scenario(expect={"suggestion": "may_share"})
    code, out, err = ran(None, wrong, scenario(), check=True)
    assert (code, len(out), len(err)) == (REFUSED, 2, 2)
    code, out, err = ran(wrong, None, scenario(), check=True)
    assert (code, len(out), len(err)) == (DIFFERS, 2, 2)
    code, out, err = ran(scenario(), None, scenario())
    assert (code, len(out), len(err)) == (REFUSED, 2, 1)


# Refusals


@pytest.mark.parametrize("check", [False, True])
def test_a_missing_file(check):
    said = refusal(None, check=check)
    assert said == "1.json: the file: cannot be read (No such file or directory)"


@pytest.mark.parametrize(
    "raw",
    ["", "{", "{'id': 1}", '{"id": NaN}', '{"id": Infinity}', '{"id": -Infinity}', "{} {}",
     "[" * 100_000, '{"id": ' + "9" * 5000 + "}", '{"id": "\t"}', "\ufeff{}"],
)  # fmt: skip
def test_what_is_not_json(raw):
    assert refusal(raw).startswith("1.json: the file: is not JSON that can be read: ")


@pytest.mark.parametrize("depth", [400, 600, 800, 900])
def test_what_is_nested_too_deeply_for_the_reader(depth):
    said = refusal('{"given": ' + "[" * depth + "]" * depth + ', "expect": {}}')
    assert said.startswith(("1.json: the file: is ", "1.json: id: is missing"))


def test_what_is_not_utf_8():
    assert refusal(b'{"id": "\xff"}') == "1.json: the file: is not UTF-8"
    assert refusal("{}".encode("utf-16")) == "1.json: the file: is not UTF-8"


@pytest.mark.parametrize("raw", ["[]", "null", "1", '"text"'])
def test_what_is_not_an_object(raw):
    assert refusal(raw) == "1.json: the file: must be an object"


@pytest.mark.parametrize(
    ("doubled", "path"),
    [
        ('"id": "one"', "id"),
        ('"origin": "own_initiative"', "given.request.origin"),
        ('"age_band": "under_16"', "given.people[0].age_band"),
        ('"purpose": "yes"', "given.answers.purpose"),
        ('"consents": {}', "expect.consents"),
    ],
)
def test_a_doubled_key_even_with_the_same_value(doubled, path):
    text = json.dumps(scenario(expect={"consents": {}}))
    at = text.rindex(doubled)
    said = refusal(text[:at] + doubled + ", " + text[at:])
    assert said == f"1.json: {path}: is doubled"


def test_half_a_character():
    file = scenario(id="\ud83d")
    assert refusal(file) == "1.json: id: holds text that cannot be written down"
    file = scenario(given(people=[{"\udc00": 1}]))
    assert refusal(file) == "1.json: given.people[0]: holds text that cannot be written down"
    assert ran(scenario(id="\U0001f600"))[1][0]["id"] == "\U0001f600"


@pytest.mark.parametrize("key", ["id", "title", "story", "given"])
def test_a_scenario_needs_its_keys(key):
    file = scenario()
    del file[key]
    assert refusal(file) == f"1.json: {key}: is missing"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": 1}, "colour: is not a key that belongs here"),
        ({"id": 1}, "id: must be text"),
        ({"title": None}, "title: must be text"),
        ({"story": []}, "story: must be text"),
        ({"pack": None}, "pack: must be text"),
        ({"pack": 1}, "pack: must be text"),
        ({"pack": "trust-2016"}, 'pack: there is no pack "trust-2016"'),
        ({"given": []}, "given: must be an object"),
        ({"expect": None}, "expect: must be an object"),
        ({"expect": []}, "expect: must be an object"),
        ({"expect": {"colour": 1}}, "expect.colour: is not a key that belongs here"),
        ({"expect": {"id": 1}}, "expect.id: must be text"),
        ({"expect": {"suggestion": None}}, "expect.suggestion: must be text"),
        ({"expect": {"missing": "ground"}}, "expect.missing: must be a list"),
        ({"expect": {"to_write_up": [1]}}, "expect.to_write_up[0]: must be text"),
        ({"expect": {"because": {}}}, "expect.because: must be a list"),
        ({"expect": {"consents": []}}, "expect.consents: must be an object"),
        ({"expect": {"consents": {"p1": "x"}}}, "expect.consents.p1: must be a list"),
        ({"expect": {"consents": {"p1": [1]}}}, "expect.consents.p1[0]: must be text"),
    ],
)
@pytest.mark.parametrize("check", [False, True])
def test_a_scenario_that_does_not_fit(changes, said, check):
    assert refusal(scenario(**changes), check=check) == f"1.json: {said}"


def test_facts_that_do_not_fit_are_refused_with_their_path():
    facts = given(consents=[consent(person="nobody")])
    said = refusal(scenario(facts))
    assert said == '1.json: given.consents[0].person: "nobody" is not one of the people'


def test_the_facts_are_read_under_the_pack_named():
    file = scenario(given(ANSWERS_2015), pack="school-2018")
    assert refusal(file).startswith("1.json: given.answers.how_much: ")


def test_what_is_run_twice_says_the_same():
    file = scenario(given(decision=sharing()))
    before = deepcopy(file)
    assert ran(file) == ran(file)
    assert file == before
