"""The closed lists of codes, each with its words, and nothing else.

The codes are a contract: they are stored, exported and tested. The words may change.
Every list is a tuple of (code, words), which is what a form's ``choices`` takes.
"""

from collections.abc import Sequence
from typing import Final, Literal, TypeVar

CodeT = TypeVar("CodeT", bound=str)
Choices = tuple[tuple[CodeT, str], ...]

Answer = Literal["yes", "no", "not_sure", "not_applicable"]
FlowAnswer = Literal["yes", "no", "not_sure"]
FlowQuestion = Literal[
    "immediate_danger",
    "purpose",
    "identifiable",
    "confidential",
    "significant_harm",
    "serious_crime",
    "legal_duty",
]
Suggestion = Literal[
    "share_now",
    "do_not_share",
    "seek_advice",
    "may_share",
    "required_by_law",
    "may_share_without_consent",
    "seek_consent",
    "unfinished",
]
Origin = Literal["received", "own_initiative"]
Channel = Literal["telephone", "email", "letter", "in_person", "meeting", "portal", "fax"]
RequesterKind = Literal[
    "social_care",
    "police",
    "health",
    "school",
    "court",
    "charity",
    "parent",
    "the_person",
    "other",
]
Identity = Literal["verified", "not_verified", "failed"]
AgeBand = Literal["unborn", "under_16", "16_or_17", "adult"]
ConsentStatus = Literal["given", "refused"]
GivenBy = Literal[
    "self", "parent", "guardian", "local_authority", "carer", "attorney_or_deputy", "other"
]
Informed = Literal["what_happens", "who_is_told", "onward_sharing", "why"]
ConsentProblem = Literal[
    "not_sought",
    "not_judged_competent",
    "no_parental_responsibility",
    "lacks_capacity",
    "authority_not_evidenced",
    "capacity_not_lost",
    "wrong_giver",
    "best_interests",
    "holders_disagree",
    "refused",
    "withdrawn",
    "expired",
    "not_informed",
    "consequences_not_explained",
    "not_freely_given",
    "not_understood",
    "outside_scope",
]
Ground = Literal[
    "legal_obligation",
    "statutory_requirement",
    "seeking_would_endanger",
    "likely_to_increase_risk",
    "building_a_picture",
    "refusal_leaves_child_at_risk",
    "serious_crime",
    "vital_interests",
    "best_interests",
    "public_function",
]
Role = Literal["dsl", "head", "data_protection_lead", "manager"]
DeciderRole = Literal["practitioner", "dsl", "head", "data_protection_lead", "manager"]
Outcome = Literal["share", "share_in_part", "do_not_share"]
LawfulBasis = Literal[
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
    "recognised_legitimate_interest",
]
SpecialCategoryCondition = Literal[
    "explicit_consent",
    "vital_interests",
    "safeguarding_of_children_and_individuals_at_risk",
    "preventing_unlawful_acts",
    "health_or_social_care",
    "legal_claims",
]
NoConsentReason = Literal[
    "cannot_be_given", "cannot_reasonably_be_obtained", "would_prejudice_protection"
]
Nature = Literal["fact", "opinion", "both"]
Stage = Literal["before", "after"]
Condition = Literal[
    "sharing",
    "without_consent",
    "crime_request",
    "not_sure",
    "consent_doubtful",
    "against_law",
    "always",
]

FLOW: Final[tuple[FlowQuestion, ...]] = (
    "immediate_danger",
    "purpose",
    "identifiable",
    "confidential",
    "significant_harm",
    "serious_crime",
    "legal_duty",
)

FLOW_ANSWERS: Final[Choices[FlowAnswer]] = (
    ("yes", "Yes"),
    ("no", "No"),
    ("not_sure", "Not sure"),
)
ANSWERS: Final[Choices[Answer]] = (*FLOW_ANSWERS, ("not_applicable", "Not applicable"))

ORIGINS: Final[Choices[Origin]] = (
    ("received", "Somebody asked us for it"),
    ("own_initiative", "We are thinking of sharing it ourselves"),
)
CHANNELS: Final[Choices[Channel]] = (
    ("telephone", "Telephone"),
    ("email", "Email"),
    ("letter", "Letter"),
    ("in_person", "In person"),
    ("meeting", "At a meeting"),
    ("portal", "Online portal"),
    ("fax", "Fax"),
)
REQUESTER_KINDS: Final[Choices[RequesterKind]] = (
    ("social_care", "Social care (children or adults)"),
    ("police", "Police"),
    ("health", "Health"),
    ("school", "School or college"),
    ("court", "Court"),
    ("charity", "Charity or community group"),
    ("parent", "Parent"),
    ("the_person", "The person it is about"),
    ("other", "Somebody else"),
)
IDENTITIES: Final[Choices[Identity]] = (
    ("verified", "Checked: they are who they say"),
    ("not_verified", "Not checked yet"),
    ("failed", "Checked: they are not who they say"),
)
AGE_BANDS: Final[Choices[AgeBand]] = (
    ("unborn", "Not born yet"),
    ("under_16", "Under 16"),
    ("16_or_17", "16 or 17"),
    ("adult", "18 or over"),
)
CONSENT_STATUSES: Final[Choices[ConsentStatus]] = (
    ("given", "They agreed"),
    ("refused", "They said no"),
)
GIVEN_BY: Final[Choices[GivenBy]] = (
    ("self", "The person themselves"),
    ("parent", "A parent"),
    ("guardian", "A guardian"),
    ("local_authority", "The local authority"),
    ("carer", "A carer"),
    ("attorney_or_deputy", "An attorney or a deputy of the court"),
    ("other", "Somebody else"),
)
INFORMED: Final[Choices[Informed]] = (
    ("what_happens", "What becomes of the information"),
    ("who_is_told", "Who gets to hear what"),
    ("onward_sharing", "Whom they may tell in turn"),
    ("why", "Why they are told"),
)
GROUNDS: Final[Choices[Ground]] = (
    ("legal_obligation", "The law requires it, for example by a court order"),
    ("statutory_requirement", "A regulation requires it, for example a notifiable disease"),
    ("seeking_would_endanger", "Just asking could bring somebody serious harm"),
    ("likely_to_increase_risk", "Asking, or a refusal, would raise the risk or spoil an enquiry"),
    ("building_a_picture", "Pieces must be put together to see whether there is a risk"),
    (
        "refusal_leaves_child_at_risk",
        "Somebody said no, and a child could come to serious harm by it",
    ),
    ("serious_crime", "To prevent or detect a serious crime"),
    ("vital_interests", "To protect somebody's life"),
    ("best_interests", "It is best for an adult who cannot decide this"),
    ("public_function", "It is part of our public duties"),
)
ROLES: Final[Choices[Role]] = (
    ("dsl", "Designated safeguarding lead (or deputy)"),
    ("head", "Head"),
    ("data_protection_lead", "Data protection lead"),
    ("manager", "Manager"),
)
DECIDER_ROLES: Final[Choices[DeciderRole]] = (("practitioner", "Practitioner"), *ROLES)
OUTCOMES: Final[Choices[Outcome]] = (
    ("share", "Share"),
    ("share_in_part", "Share part of it"),
    ("do_not_share", "Do not share"),
)
LAWFUL_BASES: Final[Choices[LawfulBasis]] = (
    ("consent", "Consent"),
    ("contract", "A contract with the person"),
    ("legal_obligation", "The law requires it"),
    ("vital_interests", "To protect somebody's life"),
    ("public_task", "Part of our public duties"),
    ("legitimate_interests", "Legitimate interests, weighed against the person's own"),
    ("recognised_legitimate_interest", "Recognised legitimate interest"),
)
LAWFUL_BASIS_HELP: Final[dict[LawfulBasis, str]] = {
    "consent": "Only where everybody it is about has a consent that can be relied on.",
    "public_task": "For most schools this is the one when they protect somebody, also after a no.",
    "recognised_legitimate_interest": (
        "Mainly for charities and independent schools; not confirmed for public authorities."
    ),
}
SPECIAL_CATEGORY_CONDITIONS: Final[Choices[SpecialCategoryCondition]] = (
    ("explicit_consent", "They agreed in so many words"),
    ("vital_interests", "To protect the life of somebody who cannot agree"),
    (
        "safeguarding_of_children_and_individuals_at_risk",
        "Safeguarding children and people at risk",
    ),
    ("preventing_unlawful_acts", "Preventing or detecting unlawful acts"),
    ("health_or_social_care", "Health or social care"),
    ("legal_claims", "Legal claims, or a court acting as one"),
)
NO_CONSENT_REASONS: Final[Choices[NoConsentReason]] = (
    ("cannot_be_given", "The person cannot give consent"),
    ("cannot_reasonably_be_obtained", "We cannot reasonably be expected to get consent"),
    ("would_prejudice_protection", "Asking would get in the way of protecting them"),
)
NATURES: Final[Choices[Nature]] = (
    ("fact", "Fact"),
    ("opinion", "Opinion"),
    ("both", "Both, told apart"),
)
METHODS: Final[Choices[str]] = (
    ("secure_email", "Secure email"),
    ("encrypted_email", "Encrypted email"),
    ("secure_portal", "Secure portal"),
    ("school_to_school", "School to School transfer"),
    ("recorded_post", "Recorded post"),
    ("by_hand", "By hand"),
    ("telephone", "Telephone"),
    ("meeting", "At a meeting"),
    ("fax", "Fax"),
)
STAGES: Final[Choices[Stage]] = (
    ("before", "Before sharing"),
    ("after", "Afterwards"),
)
CONDITIONS: Final[Choices[Condition]] = (
    ("sharing", "whenever something is to be shared"),
    ("without_consent", "when sharing without consent"),
    ("crime_request", "when a request is about a crime or comes from the police"),
    ("not_sure", 'when any answer is "not sure"'),
    ("consent_doubtful", "when it is doubtful whether a consent holds"),
    ("against_law", "when refusing what the law requires"),
    ("always", "every time"),
)

DOUBTS: Final[frozenset[ConsentProblem]] = frozenset(
    {
        "not_understood",
        "not_judged_competent",
        "lacks_capacity",
        "best_interests",
        "holders_disagree",
    }
)
REFUSALS: Final[frozenset[ConsentProblem]] = frozenset({"refused", "withdrawn"})


def codes_of(choices: Sequence[tuple[CodeT, str]]) -> tuple[CodeT, ...]:
    """The codes of a list, in its order."""
    return tuple(code for code, _words in choices)


def words_of(choices: Sequence[tuple[CodeT, str]], code: str) -> str:
    """The words for a code; KeyError for a code that the list does not have."""
    for candidate, words in choices:
        if candidate == code:
            return words
    raise KeyError(code)
