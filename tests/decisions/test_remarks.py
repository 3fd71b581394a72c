"""Answers held against the record: a truth table; remarks, never a bar (E of issue 3)."""

from dataclasses import replace

import pytest

from decisions import remarks
from decisions.remarks import Recorded, contradictions
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from tests.factories import a_case, a_complete_draft, a_consent, its_person, save

CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")
NEIGHBOUR = NewPerson(name="Zofia Łęcka", age_band="adult", part=Part.OTHER)

NOTHING = Recorded()
# question, answer, what the record says, whether that is a contradiction
TABLE = [
    ("have_consent", "yes", {"reliable": False}, True),
    ("have_consent", "yes", {"reliable": True}, False),
    ("have_consent", "no", {"reliable": True}, True),
    ("have_consent", "no", {"reliable": False}, False),
    ("have_consent", "not_sure", {"reliable": False}, False),
    ("sensitive", "no", {"special": True}, True),
    ("sensitive", "no", {"special": False}, False),
    ("sensitive", "yes", {"special": False}, True),
    ("sensitive", "yes", {"special": True}, False),
    ("need_consent", "no", {"basis": "consent"}, True),
    ("need_consent", "no", {"basis": "public_task"}, False),
    ("need_consent", "yes", {"basis": "consent"}, False),
    ("duty_or_power", "no", {"legal_duty": "yes"}, True),
    ("duty_or_power", "no", {"legal_duty": "no"}, False),
    ("duty_or_power", "no", {"legal_power": True}, True),
    ("duty_or_power", "no", {"basis": "legal_obligation"}, True),
    ("duty_or_power", "no", {"grounds": frozenset({"legal_obligation"})}, True),
    ("duty_or_power", "no", {"grounds": frozenset({"statutory_requirement"})}, True),
    ("duty_or_power", "no", {"grounds": frozenset({"vital_interests"})}, False),
    ("duty_or_power", "yes", {"legal_duty": "yes"}, False),
    ("seeking_harms", "no", {"grounds": frozenset({"seeking_would_endanger"})}, True),
    ("seeking_harms", "no", {"grounds": frozenset({"likely_to_increase_risk"})}, True),
    ("seeking_harms", "no", {"grounds": frozenset({"serious_crime"})}, False),
    ("seeking_harms", "yes", {"grounds": frozenset({"seeking_would_endanger"})}, False),
    ("giver_understands", "yes", {"understood": False}, True),
    ("giver_understands", "yes", {"understood": True}, False),
    ("giver_understands", "no", {"understood": False}, False),
    ("check_source", "no", {"sources_checked": True}, True),
    ("check_source", "no", {"sources_checked": False}, False),
    ("right_person", "yes", {"needed": False}, True),
    ("right_person", "yes", {"identity": "failed"}, True),
    ("right_person", "yes", {"needed": True, "identity": "verified"}, False),
    ("told_confidential", "yes", {"told": False}, True),
    ("told_confidential", "yes", {"told": True}, False),
    ("told_confidential", "no", {"told": True}, True),
    ("told_confidential", "no", {"told": False}, False),
    ("their_use", "no", {"use_known": True}, True),
    ("their_use", "yes", {"use_known": True}, False),
    ("knows_what_happens", "yes", {"informed": False}, True),
    ("knows_who_is_told", "yes", {"informed": False}, True),
    ("knows_onward", "yes", {"informed": False}, True),
    ("knows_why", "yes", {"informed": False}, True),
    ("knows_why", "yes", {"informed": True}, False),
]


@pytest.mark.parametrize(("question", "answer", "says", "odd"), TABLE)
def test_an_answer_and_the_record_do_or_do_not_fit(question, answer, says, odd):
    found = contradictions({question: answer}, replace(NOTHING, **says))
    assert list(found) == [question] * odd


@pytest.mark.parametrize(("question", "answer"), sorted({row[:2] for row in TABLE}))
def test_what_is_unknown_contradicts_nothing(question, answer):
    assert contradictions({question: answer}, NOTHING) == {}


def test_without_an_answer_nothing_is_remarked():
    everything = Recorded(reliable=False, special=True, told=False, basis="consent")
    assert contradictions({}, everything) == {}


def test_both_sides_are_said():
    found = contradictions({"have_consent": "yes"}, Recorded(reliable=False))
    assert found["have_consent"] == (
        "The checklist says yes; the record says that somebody’s consent cannot be relied on."
    )


def _case(cast):
    return a_case(by=cast.dsl, organisation=cast.school, people=[CHILD, NEIGHBOUR])


def test_a_remark_stands_beside_the_answer_and_on_the_check_and_bars_nothing(cast, sign_in):
    case = _case(cast)
    a_consent(case=case, by=cast.dsl, status="refused")
    draft = a_complete_draft(case=case, by=cast.dsl)
    consent = case.consents.get()
    covers = {f"covers_{consent.public_id}_{one}": ["yes"] for one in remarks.typed.COVERS}
    save(draft, cast.dsl, {("consent", 0): covers})
    client = sign_in(cast.dsl)
    words = "The checklist says yes; the record says that somebody’s consent cannot be relied on."
    assert (
        words in client.get(f"/drafts/{draft.public_id}/questions-right_to_share/").content.decode()
    )
    check = client.get(f"/drafts/{draft.public_id}/check/")
    assert words in check.content.decode()
    assert check.context["missing"] == []
    answer = client.post(
        f"/drafts/{draft.public_id}/sign/", {"seen": check.context["carry"]["seen"]}
    )
    assert words in client.get(answer.headers["Location"]).content.decode()


REDACTED = {
    "handling": ["redact"],
    "handling_reason": ["The neighbour’s name"],
    "others": ["yes"],
    "others_done": ["The neighbour. Her name is taken out."],
}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"what": ["What Zofia Lecka saw"]}, True),
        ({"what": ["What Zofia Lecka saw"], "as_sent": ["What a neighbour saw"]}, False),
        ({"what": ["What was seen"], "as_sent": ["What zofia saw"]}, True),
        ({"what": ["What Zofia Lecka saw"], "about": []}, True),
        ({"what": ["What Ife said"]}, False),
    ],
)
def test_a_known_name_left_in_a_redacted_item_is_remarked(cast, sign_in, changes, named):
    case = _case(cast)
    draft = a_complete_draft(case=case, by=cast.dsl)
    typed = {"nature": ["fact"], "source_checked": ["yes"], "about": [its_person(case).public_id]}
    save(draft, cast.dsl, {("item", 1): typed | REDACTED | changes})
    page = sign_in(cast.dsl).get(f"/drafts/{draft.public_id}/item/1/").content.decode()
    assert ("a name still stands in its words: Zofia Łęcka" in page) is named


def test_that_nobody_thought_of_others_is_remarked_until_somebody_has(cast, sign_in):
    draft = a_complete_draft(case=_case(cast), by=cast.dsl)
    client = sign_in(cast.dsl)
    url, words = f"/drafts/{draft.public_id}/item/1/", "nobody has said whether anybody else"
    assert words in client.get(url).content.decode()
    row = draft.pages.get(page="item")
    save(draft, cast.dsl, {("item", 1): row.typed | {"others": ["not_sure"]}})
    assert words not in client.get(url).content.decode()


# Each remark leads to the questions it is about


def _ways(found):
    return [(way["text"], way["url"]) for way in found["ways"]]


def test_a_remark_leads_to_every_question_it_is_about_and_focuses_it(cast, sign_in):
    draft = a_complete_draft(case=_case(cast), by=cast.dsl)
    typed = draft.pages.get(page="recipient").typed | {"told_confidential": ["yes"]}
    save(
        draft,
        cast.dsl,
        {
            ("questions-recipient", 0): {"answer_told_confidential": ["no"]},
            ("questions-right_to_share", 0): {"answer_seeking_harms": ["no"]},
            ("recipient", 2): typed,
        },
    )
    client = sign_in(cast.dsl)
    here = f"/drafts/{draft.public_id}"
    check = client.get(f"{here}/check/")
    assert [_ways(one) for one in check.context["remarks"]] == [
        [
            (
                "Your right to share it",
                f"{here}/questions-right_to_share/?from=check#id_answer_seeking_harms",
            ),
            ("Grounds for sharing without consent", f"{here}/grounds/?from=check#id_grounds"),
        ],
        [
            (
                "Who gets it, and how",
                f"{here}/questions-recipient/?from=check#id_answer_told_confidential",
            ),
            ("Recipient 1", f"{here}/recipient/1/?from=check#id_told_confidential"),
        ],
        [("Information 1", f"{here}/item/1/?from=check#id_others")],
    ]
    for one in check.context["remarks"]:
        for _text, url in _ways(one):
            address, _, target = url.partition("#")
            assert f'id="{target}"' in client.get(address).content.decode(), url
    page = client.get(f"{here}/questions-right_to_share/")
    [beside] = [one["remark"] for one in page.context["asked"] if one["remark"]]
    grounds = f"{here}/grounds/#id_grounds"
    assert _ways(beside) == [("Grounds for sharing without consent", grounds)]
    # What was typed is kept on the way, and the way leads to the very question.
    version = draft.pages.get(page="questions-right_to_share").version
    went = client.post(
        f"{here}/questions-right_to_share/",
        {
            "version": version,
            "answer_seeking_harms": "no",
            "note_sensitive": "Yes",
            "next": grounds,
        },
    )
    assert went.headers["Location"] == grounds
    assert draft.pages.get(page="questions-right_to_share").typed["note_sensitive"] == ["Yes"]


@pytest.mark.parametrize(
    ("says", "place"),
    [
        ({"legal_duty": "yes"}, ("harm", "answer_legal_duty")),
        ({"grounds": frozenset({"legal_obligation"})}, ("grounds", "grounds")),
        ({"basis": "legal_obligation"}, ("basis", "lawful_basis")),
        ({"legal_power": True}, ("asked", "legal_power")),
    ],
)
def test_a_duty_or_power_leads_to_where_it_is_named(says, place):
    pairs = remarks._pairs(replace(NOTHING, **says))
    [found] = [pair for pair in pairs if pair.question == "duty_or_power" and pair.otherwise]
    assert (found.page, found.name) == place


def test_the_recipient_who_is_not_told_is_the_one_it_leads_to(cast, sign_in):
    draft = a_complete_draft(case=_case(cast), by=cast.dsl)
    typed = draft.pages.get(page="recipient").typed
    save(
        draft,
        cast.dsl,
        {
            ("recipient", 2): typed | {"told_confidential": ["no"]},
            ("questions-recipient", 0): {"answer_told_confidential": ["yes"]},
        },
    )
    check = sign_in(cast.dsl).get(f"/drafts/{draft.public_id}/check/")
    [found] = [one for one in check.context["remarks"] if "not told" in one["words"]]
    assert _ways(found)[1][0] == "Recipient 2"
