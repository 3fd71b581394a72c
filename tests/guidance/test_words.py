"""Every code has its words, and every list its codes."""

from typing import get_args

import pytest

from infosharing.guidance import codes
from infosharing.guidance.loading import shipped_packs
from infosharing.guidance.missing_words import (
    PLAIN,
    TOPICS,
    missing_topic,
    missing_words,
)
from infosharing.guidance.suggestion import RULES
from infosharing.guidance.words import (
    CONSENT_PROBLEMS,
    FLOW_CLAUSES,
    SUGGESTIONS,
    consent_problem_words,
    suggestion_words,
)
from tests.guidance.build import BARE, bare

PACK = shipped_packs()["statutory-2024"]


@pytest.mark.parametrize(
    ("choices", "literal"),
    [
        (codes.ANSWERS, codes.Answer),
        (codes.FLOW_ANSWERS, codes.FlowAnswer),
        (codes.ORIGINS, codes.Origin),
        (codes.CHANNELS, codes.Channel),
        (codes.REQUESTER_KINDS, codes.RequesterKind),
        (codes.IDENTITIES, codes.Identity),
        (codes.AGE_BANDS, codes.AgeBand),
        (codes.CONSENT_STATUSES, codes.ConsentStatus),
        (codes.GIVEN_BY, codes.GivenBy),
        (codes.INFORMED, codes.Informed),
        (codes.GROUNDS, codes.Ground),
        (codes.ROLES, codes.Role),
        (codes.DECIDER_ROLES, codes.DeciderRole),
        (codes.OUTCOMES, codes.Outcome),
        (codes.LAWFUL_BASES, codes.LawfulBasis),
        (codes.SPECIAL_CATEGORY_CONDITIONS, codes.SpecialCategoryCondition),
        (codes.NO_CONSENT_REASONS, codes.NoConsentReason),
        (codes.NATURES, codes.Nature),
        (codes.STAGES, codes.Stage),
        (codes.CONDITIONS, codes.Condition),
    ],
)
def test_a_list_has_the_codes_of_its_type_each_once_with_words(choices, literal):
    assert codes.codes_of(choices) == get_args(literal)
    words = [words for _code, words in choices]
    assert len(set(words)) == len(words)
    assert all(text == text.strip() and text for text in words)


def test_the_contract_of_codes():
    """What is stored and exported does not change by accident."""
    assert codes.codes_of(codes.METHODS) == (
        "secure_email", "encrypted_email", "secure_portal", "school_to_school", "recorded_post",
        "by_hand", "telephone", "meeting", "fax",
    )  # fmt: skip
    assert codes.codes_of(codes.CHANNELS) == (
        "telephone", "email", "letter", "in_person", "meeting", "portal", "fax"
    )  # fmt: skip
    assert codes.codes_of(codes.REQUESTER_KINDS) == (
        "social_care", "police", "health", "school", "court", "charity", "parent", "the_person",
        "other",
    )  # fmt: skip
    assert codes.codes_of(codes.GROUNDS) == (
        "legal_obligation", "statutory_requirement", "seeking_would_endanger",
        "likely_to_increase_risk", "building_a_picture", "refusal_leaves_child_at_risk",
        "serious_crime", "vital_interests", "best_interests", "public_function",
    )  # fmt: skip
    assert codes.codes_of(codes.LAWFUL_BASES) == (
        "consent", "contract", "legal_obligation", "vital_interests", "public_task",
        "legitimate_interests", "recognised_legitimate_interest",
    )  # fmt: skip
    assert codes.codes_of(codes.SPECIAL_CATEGORY_CONDITIONS) == (
        "explicit_consent", "vital_interests", "safeguarding_of_children_and_individuals_at_risk",
        "preventing_unlawful_acts", "health_or_social_care", "legal_claims",
    )  # fmt: skip
    assert codes.codes_of(codes.NO_CONSENT_REASONS) == (
        "cannot_be_given", "cannot_reasonably_be_obtained", "would_prejudice_protection"
    )  # fmt: skip
    assert codes.codes_of(codes.ROLES) == ("dsl", "head", "data_protection_lead", "manager")
    assert codes.codes_of(codes.GIVEN_BY) == (
        "self", "parent", "guardian", "local_authority", "carer", "attorney_or_deputy", "other"
    )  # fmt: skip
    assert codes.codes_of(codes.AGE_BANDS) == ("unborn", "under_16", "16_or_17", "adult")
    assert codes.codes_of(codes.IDENTITIES) == ("verified", "not_verified", "failed")
    assert codes.codes_of(codes.OUTCOMES) == ("share", "share_in_part", "do_not_share")
    assert codes.codes_of(codes.ANSWERS) == ("yes", "no", "not_sure", "not_applicable")
    assert codes.codes_of(codes.NATURES) == ("fact", "opinion", "both")
    assert codes.codes_of(codes.INFORMED) == (
        "what_happens",
        "who_is_told",
        "onward_sharing",
        "why",
    )
    assert codes.FLOW == get_args(codes.FlowQuestion) == (
        "immediate_danger", "purpose", "identifiable", "confidential", "significant_harm",
        "serious_crime", "legal_duty",
    )  # fmt: skip
    assert get_args(codes.Suggestion) == tuple(SUGGESTIONS)
    assert len(RULES) == 11


def test_words_of():
    assert codes.words_of(codes.ROLES, "head") == "Head"
    with pytest.raises(KeyError):
        codes.words_of(codes.ROLES, "caretaker")


def test_recognised_legitimate_interest_comes_with_a_warning():
    assert codes.LAWFUL_BASIS_HELP["recognised_legitimate_interest"] == (
        "Mainly for charities and independent schools; not confirmed for public authorities."
    )
    assert set(codes.LAWFUL_BASIS_HELP) <= set(codes.codes_of(codes.LAWFUL_BASES))


def test_every_suggestion_problem_and_flow_question_has_words():
    for code in get_args(codes.Suggestion):
        assert suggestion_words(code) is SUGGESTIONS[code]
    for code in get_args(codes.ConsentProblem):
        assert consent_problem_words(code) == CONSENT_PROBLEMS[code]
        assert CONSENT_PROBLEMS[code].endswith(".")
    assert tuple(CONSENT_PROBLEMS) == get_args(codes.ConsentProblem)
    assert tuple(FLOW_CLAUSES) == codes.FLOW
    for words in (suggestion_words, consent_problem_words):
        with pytest.raises(KeyError):
            words("gossip")


@pytest.mark.parametrize(
    ("code", "topic", "words"),
    [
        ("outcome", "decision", "Decide: share, share part of it, or do not share."),
        ("rule:7", "rules", "Think about rule 7: Write down why."),
        (
            "question:purpose",
            "questions",
            "Answer: Is there a clear and proper reason to share this?",
        ),
        ("question:their_use", "questions", "Answer: Do you know what they will do with it?"),
        ("item:12:source", "items", "Information 12: say that the source was asked, or why not."),
        (
            "recipient:1:need_to_know",
            "recipients",
            "Recipient 1: make sure that they need to know.",
        ),
        (
            "advice:dsl",
            "advice",
            "Ask the designated safeguarding lead (or deputy), or record that you tried.",
        ),
        (
            "advice:head|data_protection_lead",
            "advice",
            "Ask the head or data protection lead, or record that you tried.",
        ),
    ],
)
def test_words_of_a_missing_code(code, topic, words):
    assert missing_words(code, PACK) == words
    assert missing_topic(code, PACK) == topic


@pytest.mark.parametrize("code", PLAIN)
def test_words_of_a_plain_code(code):
    assert missing_words(code, PACK) == PLAIN[code][1]
    assert missing_topic(code, PACK) in dict(TOPICS)
    assert PLAIN[code][1].endswith(".")


@pytest.mark.parametrize(
    "code",
    ["", "gossip", "rule:8", "rule:0", "rule:x", "rule:", "rule", "question:gossip", "question:",
     "item:1", "item:x:what", "item:1:colour", "recipient:1:what", "recipient", "advice:chef",
     "advice:", "advice:dsl|chef", "outcome:1"],
)  # fmt: skip
def test_what_the_guide_never_says_has_no_words(code):
    for told in (missing_words, missing_topic):
        with pytest.raises(KeyError) as caught:
            told(code, PACK)
        assert caught.value.args == (code,)


def test_words_depend_on_the_pack():
    with pytest.raises(KeyError):
        missing_words("rule:1", BARE)
    with pytest.raises(KeyError):
        missing_words("question:how_much", BARE)
    assert missing_words("rule:1", bare(rules=PACK.rules)) == (
        "Think about rule 1: Safety before privacy."
    )
