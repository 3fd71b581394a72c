"""The pages of a decision: which there are, in which order, and when each is needed."""

from dataclasses import replace
from datetime import date

import pytest

from decisions.facts import Material
from decisions.journey import Situation, journey_for, situation_of
from decisions.models import Request
from decisions.packs import shipped
from decisions.policies import _PAGES
from decisions.presenters.guidance import GUIDE_STEPS, REQUIREMENTS, gathered, serves_words
from decisions.summary import FLOW_PAGES
from decisions.views import practice_desk
from infosharing.accounts.roles import Role
from infosharing.guidance.loading import SHIPPED, shipped_packs
from infosharing.journeys.steps import always

PACK = shipped("statutory-2024")
JOURNEY = journey_for(PACK)
OWN = Request(origin="own_initiative")
ASKED = Request(origin="received", channel="email", requester_kind="police", identity="verified")
IMPOSTOR = Request(
    origin="received", channel="telephone", requester_kind="police", identity="failed"
)


def matter(pages=None, request=OWN) -> Situation:
    material = Material(request=request, pages=pages or {}, pack=PACK, on=date(2026, 11, 20))
    return situation_of(material, (Role.PRACTITIONER,))


def flow(**answers):
    """Pages with answers to the flow's questions."""
    pages = {}
    for key, (_title, codes) in FLOW_PAGES.items():
        typed = {f"answer_{code}": [answers[code]] for code in codes if code in answers}
        if typed:
            pages[(key, 0)] = typed
    return pages


def deciding(outcome, **more):
    return {("outcome", 0): {"outcome": [outcome], **more}}


CALM = {
    "immediate_danger": "no",
    "purpose": "yes",
    "identifiable": "yes",
    "confidential": "yes",
    "significant_harm": "yes",
    "serious_crime": "no",
    "legal_duty": "no",
}


def needed(situation):
    return [step.key for step in JOURNEY.steps if step.applies_when(situation)]


def test_the_pages_in_their_order():
    assert [step.key for step in JOURNEY.steps] == [
        "danger",
        "request",
        "people",
        "purpose",
        "identifying",
        "harm",
        "consent",
        "grounds",
        "questions-right_to_share",
        "questions-information",
        "questions-recipient",
        "rules",
        "advice",
        "outcome",
        "against",
        "item",
        "withheld",
        "recipient",
        "basis",
        "no-consent",
        "telling",
        "refusal",
    ]


@pytest.mark.parametrize("code", SHIPPED)
def test_every_page_that_mends_something_is_in_the_journey(code):
    pack = shipped_packs()[code]
    keys = {step.key for step in journey_for(pack).steps}
    questions = {f"questions-{s.code}" for s in pack.sections if s.stage == "before"}
    wanted = {*_PAGES.values(), *FLOW_PAGES, *questions, "people", "consent", "advice"}
    assert (wanted | ({"rules"} if pack.rules else set())) - keys == set()


@pytest.mark.parametrize("code", SHIPPED)
def test_no_question_of_a_pack_can_be_hidden(code):
    for step in journey_for(shipped_packs()[code]).steps:
        if step.key.startswith("questions-") or step.key == "rules":
            assert step.applies_when is always
        if step.key in FLOW_PAGES:
            assert step.applies_when is always or step.stays_open


def test_a_page_that_is_not_needed_says_why():
    assert [s.key for s in JOURNEY.steps if s.applies_when is not always and not s.otherwise] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_what_every_question_serves_is_said_in_words(code):
    pack = shipped_packs()[code]
    for question in pack.by_code.values():
        words = serves_words(question)
        assert len(words) == len(question.serves) > 0
        assert not any(known in word for word in words for known in (*REQUIREMENTS, *GUIDE_STEPS))


@pytest.mark.parametrize(
    ("pages", "request_", "page", "expected"),
    [
        ({}, OWN, "request", False),
        ({}, ASKED, "request", True),
        ({}, OWN, "item", False),
        (flow(**CALM) | deciding("share"), OWN, "item", True),
        (flow(**CALM) | deciding("share_in_part"), OWN, "item", True),
        (flow(**CALM) | deciding("do_not_share"), OWN, "item", False),
        (flow(**CALM) | deciding("share"), OWN, "recipient", True),
        (flow(**CALM) | deciding("share"), OWN, "basis", True),
        (flow(**CALM) | deciding("share"), OWN, "telling", True),
        (flow(**CALM) | deciding("do_not_share"), OWN, "telling", False),
        (flow(**CALM) | deciding("share"), OWN, "withheld", False),
        (flow(**CALM) | deciding("share_in_part"), OWN, "withheld", True),
        (flow(**CALM) | deciding("do_not_share"), OWN, "refusal", False),
        (flow(**CALM) | deciding("do_not_share"), ASKED, "refusal", True),
        (flow(**CALM) | deciding("share"), ASKED, "refusal", False),
        (flow(**CALM) | deciding("share"), OWN, "against", False),
        (flow(**CALM) | deciding("do_not_share"), OWN, "against", True),
        (flow(**{**CALM, "identifiable": "no"}) | deciding("share"), OWN, "basis", False),
        (flow(**{**CALM, "identifiable": "no"}) | deciding("share"), OWN, "telling", False),
        (flow(**{**CALM, "identifiable": "no"}), OWN, "consent", False),
        (flow(**CALM), OWN, "consent", False),
        (flow(**{**CALM, "significant_harm": "no"}), OWN, "consent", True),
        ({}, OWN, "consent", True),
        (flow(**{**CALM, "confidential": "no"}), OWN, "consent", True),
        (flow(**{**CALM, "confidential": "no"}), OWN, "grounds", False),
        (flow(**{**CALM, "purpose": "no"}), OWN, "harm", False),
        (flow(**{**CALM, "purpose": "no"}), OWN, "identifying", False),
        (flow(**CALM), OWN, "harm", True),
        (flow(**{**CALM, "purpose": "not_sure"}), OWN, "advice", True),
        ({("against", 0): {"override_reasons": ["Because."]}}, OWN, "against", True),
    ],
)
def test_when_a_page_is_needed(pages, request_, page, expected):
    assert JOURNEY.step(page).applies_when(matter(pages, request_)) is expected


def test_in_danger_the_short_path_comes_first_and_the_rest_can_wait():
    situation = matter(flow(immediate_danger="yes"), ASKED)
    now, later = JOURNEY.groups(situation)
    assert [step.key for step in now.steps] == ["danger", "request", "outcome", "item", "recipient"]
    assert {step.key for step in later.steps} == {step.key for step in JOURNEY.steps} - {
        "danger",
        "request",
        "outcome",
        "item",
        "recipient",
    }
    walk, key = [], "danger"
    while (step := JOURNEY.following(situation, key)) is not None:
        walk.append(step.key)
        key = step.key
    assert walk == ["outcome", "item", "recipient"]


def test_not_sharing_in_danger_is_no_short_path():
    assert (
        JOURNEY.short_path(matter(flow(immediate_danger="yes") | deciding("do_not_share"))) is None
    )


def test_a_caller_who_is_not_who_they_say_needs_the_outcome_only():
    situation = matter({}, IMPOSTOR)
    assert JOURNEY.short_path(situation).keys == ("request", "outcome")
    assert JOURNEY.following(situation, "outcome") is None
    decided = matter(
        deciding("do_not_share", reasons=["Not who he says."], decided_by_role=["practitioner"]),
        IMPOSTOR,
    )
    assert decided.missing == []


def test_sharing_with_such_a_caller_is_no_short_path():
    assert JOURNEY.short_path(matter(deciding("share"), IMPOSTOR)) is None


def test_an_emergency_is_signed_with_what_is_sent_and_to_whom():
    pages = flow(immediate_danger="yes") | deciding(
        "share", reasons=["Danger."], decided_by_role=["practitioner"]
    )
    pages |= {
        ("people", 0): {"people": []},
        ("item", 1): {"what": ["Where he is"]},
        ("recipient", 1): {"name": ["999"], "method": ["telephone"]},
    }
    assert [one.code for one in matter(pages).missing] == ["people"]


def test_several_questions_of_a_page_stand_in_one_line():
    situation = matter(flow(**CALM))
    lines = gathered(situation.missing, PACK, lambda page, index: f"/{page}/{index}")
    assert [line.text for line in lines if "questions" in line.text or "rules" in line.text] == [
        "Think about 7 rules.",
        "Answer 8 questions: Your right to share it.",
        "Answer 3 questions: What you share.",
        "Answer 4 questions: Who gets it, and how.",
    ]


def test_one_question_that_is_left_is_named_and_its_field_linked():
    typed = {f"answer_{q.code}": ["yes"] for q in PACK.sections[1].questions[1:]}
    situation = matter(flow(**CALM) | {("questions-information", 0): typed})
    lines = gathered(situation.missing, PACK, lambda page, index: f"/{page}/")
    assert "/questions-information/#id_answer_how_much" in [line.url for line in lines]


def test_practice_has_the_same_pages_with_imagined_ones_in_their_places():
    keys = [step.key for step in practice_desk.practice_journey(PACK).steps]
    assert keys == ["person" if step.key == "people" else step.key for step in JOURNEY.steps]
    forms = [step.form for step in practice_desk.practice_journey(PACK).steps]
    assert None not in forms


def test_a_situation_is_weighed_again_with_other_pages():
    situation = matter()
    assert situation.guidance.suggestion == "unfinished"
    material = replace(situation.material, pages=flow(immediate_danger="yes"))
    assert situation_of(material, ()).guidance.suggestion == "share_now"
