"""What the pack loader refuses, with file, line and reason."""

import re

import pytest

from infosharing.guidance.errors import PackError
from infosharing.guidance.loading import FOLDER, load_pack

GOOD = """\
code: ours-2026
version: "1"
name: Ours
title: Our own pack
in_force: {from: 2026-01-01, until: 2027-12-31}
source:
  name: Our policy
  date: 2026-01
  note: Made for a test.
rules:
  - number: 1
    title: One
    text: The first.
  - number: 2
    title: Two
    text: The second.
sections:
  - code: how
    title: How
    stage: before
    questions:
      - how_much
      - code: own_question
        text: Is it ours?
        why: It is.
        example: This one.
        serves: [R9, "2.12"]
        hint: Think.
  - code: afterwards
    title: Afterwards
    stage: after
    questions: [person_aware]
consult:
  - {role: dsl, when: always}
  - role: head|manager
    when: sharing
methods:
  - code: carrier_pigeon
    words: Carrier pigeon
"""


def load(tmp_path, text, flow=None, questions=None):
    folder = tmp_path / "packs"
    folder.mkdir()
    for stem, given in (("flow", flow), ("questions", questions)):
        shipped = (FOLDER / f"{stem}.yaml").read_text(encoding="utf-8")
        (folder / f"{stem}.yaml").write_text(given or shipped, encoding="utf-8")
    raw = text if isinstance(text, bytes) else text.encode()
    (folder / "ours-2026.yaml").write_bytes(raw)
    return load_pack("ours-2026", folder)


def refused(tmp_path, text, **others):
    with pytest.raises(PackError) as caught:
        load(tmp_path, text, **others)
    return str(caught.value)


def test_a_pack_of_ones_own(tmp_path):
    pack = load(tmp_path, GOOD)
    assert [question.code for question in pack.questions] == [
        "how_much", "own_question", "person_aware"
    ]  # fmt: skip
    assert pack.question("own_question").hint == "Think."
    assert pack.question("own_question").serves == ("R9", "2.12")
    assert pack.question("person_aware").hint is None
    assert pack.extra_methods == (("carrier_pigeon", "Carrier pigeon"),)
    assert pack.methods[-1] == ("carrier_pigeon", "Carrier pigeon")
    assert [rule.code for rule in pack.consult] == ["advice:dsl", "advice:head|manager"]
    assert pack.in_force_until is not None
    assert pack.in_force_until.isoformat() == "2027-12-31"
    assert type(pack).from_canonical(pack.canonical()) == pack


# What is replaced, by what, the line that the refusal points at, and what it says.
DAMAGE = [
    ("code: ours-2026", "code: Ours 2026", 1, "Ours 2026 is not small letters, digits and hyphens"),
    ("code: ours-2026", "code: theirs", 1, "calls itself theirs"),
    ('version: "1"', "version: 1", 2, "must be text"),
    ('version: "1"', 'version: " "', 2, "must not be blank"),
    ('version: "1"', "version: 1.0", 2, "1.0 must be in quotes"),
    ('version: "1"', "version: ~", 2, "must be text"),
    ('version: "1"', 'version: "\\ud800"', 2, "must be text that can be written down"),
    ('version: "1"\n', "", 1, "the key version is missing"),
    ("  name: Our policy\n", "", 7, "the key name is missing"),
    ("  note: Made for a test.\n", "", 7, "the key note is missing"),
    ("name: Ours", "name: yes", 3, "yes means true or false in YAML: put it in quotes"),
    ("name: Ours", "name: [Ours]", 3, "must be text"),
    (
        "title: Our own pack",
        "title: Our own pack\ncolour:\n  red",
        5,
        "the key colour is not known",
    ),
    ("title: Our own pack", "title: Our own pack\ntitle: Again", 5, "the key title is doubled"),
    ("title: Our own pack", "title: Our own pack\n? [a]\n: b", 5, "a key must be text"),
    ("{from: 2026-01-01,", "{from: 2026-02-30,", 5, "2026-02-30 is not in the calendar"),
    ("{from: 2026-01-01,", "{from: 2028-01-01,", 5, "ends before it begins"),
    ("{from: 2026-01-01,", "{from: ~,", 5, "must be text"),
    ("{from: 2026-01-01,", "{", 5, "the key from is missing"),
    (", until: 2027-12-31", "", 5, "the key until is missing"),
    ("until: 2027-12-31", "until: 1 May 2027", 5, "1 May 2027 is not a date such as 2024-04-19"),
    ("date: 2026-01", "date: 2026-13", 8, "2026-13 is not a year, a month or a day"),
    ("date: 2026-01", "date: 2026-02-31", 8, "2026-02-31 is not in the calendar"),
    ("date: 2026-01", "date: 2026", 8, "must be text"),
    ("number: 2", "number: 3", 14, "rule 3 stands where 2 is due"),
    ("number: 2", "number: 1", 14, "rule 1 stands where 2 is due"),
    ("number: 2", 'number: "2"', 14, "must be a whole number"),
    ("number: 2", "number: 0x2", 14, "0x2 must be in quotes"),
    ("number: 2", "number: -2", 14, "-2 must be in quotes"),
    ("    text: The second.\n", "", 14, "the key text is missing"),
    ("    text: The second.", '    text: ""', 16, "must not be blank"),
    ("stage: before", "stage: during", 20, "during is not a stage"),
    ("code: how\n", "code: How\n", 18, "How is not small letters, digits and underscores"),
    ("code: afterwards", "code: how", 29, "the section how is doubled"),
    ("- how_much", "- how_many", 22, "there is no common question how_many"),
    ("- how_much", "- purpose", 22, "there is no common question purpose"),
    ("code: own_question", "code: purpose", 23, "the question purpose belongs to the flow"),
    ("code: own_question", "code: how_much", 23, "the question how_much is doubled"),
    ("[person_aware]", "[person_aware, how_much]", 32, "the question how_much is doubled"),
    ("[person_aware]", "[]", 32, "a section without questions"),
    ("[person_aware]", "person_aware", 32, "must be a list"),
    ("[person_aware]", "[[person_aware]]", 32, "must have keys"),
    ("        why: It is.\n", "", 23, "the key why is missing"),
    (
        'serves: [R9, "2.12"]',
        "serves: [R9, R100]",
        27,
        "R100 is not a requirement such as R9 or a rule such as 2.8",
    ),
    (
        'serves: [R9, "2.12"]',
        'serves: ["2.13"]',
        27,
        "2.13 is not a requirement such as R9 or a rule such as 2.8",
    ),
    ('serves: [R9, "2.12"]', "serves: []", 27, "a question must serve something"),
    ('serves: [R9, "2.12"]', "serves: R9", 27, "must be a list"),
    ("hint: Think.", 'hint: " "', 28, "must not be blank"),
    ("role: dsl", "role: practitioner", 34, "practitioner is not a role"),
    ("role: dsl", "role: dsl|caretaker", 34, "caretaker is not a role"),
    ("role: dsl", "role: dsl|", 34, "must not be blank"),
    ("role: dsl", "role: dsl|dsl", 34, "the role dsl is doubled"),
    ("when: always", "when: often", 34, "often is not a condition"),
    (
        "when: always}",
        "when: always}\n  - {role: dsl, when: always}",
        35,
        "the consult rule advice:dsl on always is doubled",
    ),
    ("code: carrier_pigeon", "code: fax", 38, "the method fax is on the common list"),
    (
        "words: Carrier pigeon",
        "words: Pigeon\n  - {code: carrier_pigeon, words: P}",
        40,
        "the method carrier_pigeon is doubled",
    ),
    (
        "methods:\n  - code: carrier_pigeon\n    words: Carrier pigeon\n",
        "",
        1,
        "the key methods is missing",
    ),
    (
        "methods:\n  - code: carrier_pigeon\n    words: Carrier pigeon\n",
        "methods: {}\n",
        37,
        "must be a list",
    ),
    ("name: Ours", "name: &a Ours", 3, "no anchors, aliases or tags here"),
    ("name: Ours", "name: *a", 3, "no anchors, aliases or tags here"),
    ("name: Ours", "name: !!str Ours", 3, "no anchors, aliases or tags here"),
    ("name: Ours", "name: 'Ours", 40, "not YAML: found unexpected end of stream"),
    ("name: Ours", "name: a: b", 3, "not YAML: mapping values are not allowed here"),
    ("name: Ours", "name: \x07", 3, "not YAML: special characters are not allowed"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), DAMAGE)
def test_a_pack_that_does_not_fit_is_refused_with_file_line_and_reason(
    tmp_path, old, new, line, says
):
    assert GOOD.count(old) == 1
    said = refused(tmp_path, GOOD.replace(old, new))
    assert said == f"packs/ours-2026.yaml:{line}: {says}"


def test_a_pack_that_ends_before_it_begins_points_at_the_end(tmp_path):
    text = GOOD.replace(
        "in_force: {from: 2026-01-01, until: 2027-12-31}",
        "in_force:\n  from: 2026-01-02\n  until: 2026-01-01",
    )
    assert refused(tmp_path, text) == "packs/ours-2026.yaml:7: ends before it begins"


def test_a_pack_may_end_on_the_day_it_begins(tmp_path):
    text = GOOD.replace("from: 2026-01-01", "from: 2027-12-31")
    pack = load(tmp_path, text)
    assert pack.in_force_from == pack.in_force_until


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "packs/ours-2026.yaml:1: is empty"),
        (b"# nothing\n", "packs/ours-2026.yaml:1: is empty"),
        (b"- a\n", "packs/ours-2026.yaml:1: must have keys"),
        (b"text", "packs/ours-2026.yaml:1: must have keys"),
        (b"a: \xff", "packs/ours-2026.yaml: is not UTF-8"),
    ],
)
def test_a_file_that_is_no_pack(tmp_path, raw, said):
    assert refused(tmp_path, raw) == said


def test_two_documents_are_not_one(tmp_path):
    assert re.match(r"packs/ours-2026\.yaml:\d+: not YAML: ", refused(tmp_path, GOOD + "---\n{}\n"))


def test_a_pack_that_is_not_there():
    with pytest.raises(PackError) as caught:
        load_pack("nowhere-1999")
    assert str(caught.value) == "packs/nowhere-1999.yaml: cannot be read"


def test_the_flow_is_all_seven_in_order(tmp_path):
    flow = (FOLDER / "flow.yaml").read_text(encoding="utf-8")
    for damaged in (flow[: flow.index("- code: legal_duty")], flow.replace("serious_crime", "x")):
        folder = tmp_path / str(len(damaged))
        folder.mkdir()
        said = refused(folder, GOOD, flow=damaged)
        assert re.match(r"packs/flow\.yaml:4: the flow must be immediate_danger, purpose,", said)


def test_a_doubled_common_question(tmp_path):
    questions = (FOLDER / "questions.yaml").read_text(encoding="utf-8")
    doubled = questions.replace("code: recorded", "code: how_much")
    line = doubled.count("\n", 0, doubled.rindex("- code: how_much")) + 1
    said = refused(tmp_path, GOOD, questions=doubled)
    assert said == f"packs/questions.yaml:{line}: the question how_much is doubled"


def test_the_error_keeps_place_and_reason_apart(tmp_path):
    with pytest.raises(PackError) as caught:
        load(tmp_path, b"text")
    assert (caught.value.where, caught.value.reason) == ("packs/ours-2026.yaml:1", "must have keys")
