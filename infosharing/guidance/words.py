"""What the guide's codes say on screen: short, plain British English, our own words."""

from dataclasses import dataclass
from typing import Final

from infosharing.guidance.codes import ConsentProblem, FlowQuestion, Suggestion


@dataclass(frozen=True, slots=True)
class SuggestionWords:
    """A heading for a suggestion, and what it means for whoever reads it."""

    title: str
    text: str


SUGGESTIONS: Final[dict[Suggestion, SuggestionWords]] = {
    "share_now": SuggestionWords(
        "Share now",
        "Somebody is in danger. Ring 999 or social care and tell them what they need. "
        "Write it up afterwards.",
    ),
    "do_not_share": SuggestionWords(
        "Do not share",
        "Keep it to yourself for now. If something changes, look at this again.",
    ),
    "seek_advice": SuggestionWords(
        "Ask for advice first",
        "Stop here and ask. Leave out the person's name if you can.",
    ),
    "may_share": SuggestionWords(
        "You may share",
        "Share what is needed and no more, with the right person, in a secure way.",
    ),
    "required_by_law": SuggestionWords(
        "The law requires it",
        "You have to share what the order or the law names. Share that and no more.",
    ),
    "may_share_without_consent": SuggestionWords(
        "You may share without consent",
        "There is a good enough reason. Say what it is, and tell the person if that is safe.",
    ),
    "seek_consent": SuggestionWords(
        "Ask for consent first",
        "Ask whoever can decide this, and record what they say.",
    ),
    "unfinished": SuggestionWords(
        "Not finished yet",
        "Answer what is still open and the guide will go on.",
    ),
}

CONSENT_PROBLEMS: Final[dict[ConsentProblem, str]] = {
    "not_sought": "Nobody has said yes or no to sharing yet.",
    "not_judged_competent": (
        "The child answered, but nobody has recorded that they are able to decide this."
    ),
    "no_parental_responsibility": (
        "Whoever answered does not hold parental responsibility for the child."
    ),
    "lacks_capacity": "The person answered, but is recorded as unable to decide this.",
    "authority_not_evidenced": (
        "An attorney or a deputy answered, but nobody has seen proof of their authority."
    ),
    "capacity_not_lost": (
        "An attorney or a deputy answered, but the person is able to decide this themselves."
    ),
    "wrong_giver": "The answer came from somebody who cannot decide this.",
    "best_interests": (
        "Nobody can agree on behalf of this adult. Decide what is best for them, with advice."
    ),
    "holders_disagree": "Those who decide for the person do not agree with each other.",
    "refused": "Consent was refused.",
    "withdrawn": "Consent was given and then taken back.",
    "expired": "The consent has run out.",
    "not_informed": "They were not told everything they needed to know before they agreed.",
    "consequences_not_explained": "Nobody explained what follows from a yes and from a no.",
    "not_freely_given": "They did not agree freely.",
    "not_understood": "They did not understand what they were asked.",
    "outside_scope": "What they said was about something else.",
}

# To be put after "Still to be answered:" or "You are not sure".
FLOW_CLAUSES: Final[dict[FlowQuestion, str]] = {
    "immediate_danger": "whether somebody is in danger right now",
    "purpose": "whether there is a clear and proper reason to share",
    "identifiable": "whether anybody can be recognised from it",
    "confidential": "whether it was given in confidence",
    "significant_harm": "whether somebody is suffering significant harm, or is likely to",
    "serious_crime": "whether sharing would help to prevent or detect a serious crime",
    "legal_duty": "whether a court order or a law requires this",
}


def suggestion_words(code: str) -> SuggestionWords:
    """The words for a suggestion; KeyError for a code that is none."""
    for candidate, words in SUGGESTIONS.items():
        if candidate == code:
            return words
    raise KeyError(code)


def consent_problem_words(code: str) -> str:
    """The sentence for a problem with a consent; KeyError for a code that is none."""
    for candidate, words in CONSENT_PROBLEMS.items():
        if candidate == code:
            return words
    raise KeyError(code)
