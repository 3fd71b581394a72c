"""What each missing code says on screen, and which topic of the page it belongs to."""

from collections.abc import Callable
from typing import Final, Literal

from infosharing.guidance.codes import ROLES, words_of
from infosharing.guidance.pack import Pack

Topic = Literal[
    "decision",
    "rules",
    "questions",
    "request",
    "items",
    "recipients",
    "law",
    "consent",
    "telling",
    "advice",
]
TOPICS: Final[tuple[tuple[Topic, str], ...]] = (
    ("decision", "Your decision"),
    ("rules", "The rules"),
    ("questions", "The questions"),
    ("request", "Who is asking"),
    ("items", "What is shared"),
    ("recipients", "Who gets it"),
    ("law", "The law"),
    ("consent", "Sharing without consent"),
    ("telling", "Telling people"),
    ("advice", "Advice"),
)

PLAIN: Final[dict[str, tuple[Topic, str]]] = {
    "outcome": ("decision", "Decide: share, share part of it, or do not share."),
    "reasons": ("decision", "Give your reasons."),
    "requester_identity": ("request", "Check that whoever is asking is who they say."),
    "call_back": ("request", "Say where you found the number you rang back on."),
    "items": ("items", "List what is to be shared."),
    "recipients": ("recipients", "Name who will get it."),
    "lawful_basis": (
        "law",
        "Choose the lawful basis. Consent will not do while somebody's cannot be relied on.",
    ),
    "special_category": ("law", "Say whether any of it is especially private, or about a crime."),
    "special_category_condition": (
        "law",
        "Choose what allows you to share what is especially private. "
        "Consent will not do while somebody's cannot be relied on.",
    ),
    "no_consent_because": ("consent", "Say why you are sharing without consent."),
    "ground": ("consent", "Choose at least one ground for sharing without consent."),
    "no_consent_reason": (
        "consent",
        "Choose which of the three reasons for going without consent applies.",
    ),
    "withheld": ("decision", "Say what you are holding back."),
    "person_informed": ("telling", "Say that the person is told, or why not."),
    "refusal_discussed": (
        "telling",
        "Talk the refusal through with whoever asked, or say why not.",
    ),
    "override_reasons": ("decision", "Say why you are not doing what the guide suggests."),
}
OF_AN_ITEM: Final[dict[str, str]] = {
    "what": "say what it is.",
    "nature": "say whether it is fact, opinion or both.",
    "source": "say that the source was asked, or why not.",
}
OF_A_RECIPIENT: Final[dict[str, str]] = {
    "name": "say who it is.",
    "method": "say how it will be sent.",
    "need_to_know": "make sure that they need to know.",
    "told_confidential": "tell them that it is confidential.",
    "intended_use": "say what they will do with it.",
}


def missing_words(code: str, pack: Pack) -> str:
    """The sentence for a missing code; KeyError for what the guide never says of this pack."""
    return _told(code, pack)[1]


def missing_topic(code: str, pack: Pack) -> Topic:
    """Which part of the page puts it right."""
    return _told(code, pack)[0]


def _told(code: str, pack: Pack) -> tuple[Topic, str]:
    if code in PLAIN:
        return PLAIN[code]
    kind, _, rest = code.partition(":")
    if kind not in KINDS:
        raise KeyError(code)
    try:
        return KINDS[kind](rest, pack)
    except (KeyError, ValueError) as error:
        raise KeyError(code) from error


def _of_rule(rest: str, pack: Pack) -> tuple[Topic, str]:
    rule = pack.rule(int(rest))
    return "rules", f"Think about rule {rule.number}: {rule.title}."


def _of_question(rest: str, pack: Pack) -> tuple[Topic, str]:
    return "questions", f"Answer: {pack.question(rest).text}"


def _of_item(rest: str, pack: Pack) -> tuple[Topic, str]:
    number, _, what = rest.partition(":")
    return "items", f"Information {int(number)}: {OF_AN_ITEM[what]}"


def _of_recipient(rest: str, pack: Pack) -> tuple[Topic, str]:
    number, _, what = rest.partition(":")
    return "recipients", f"Recipient {int(number)}: {OF_A_RECIPIENT[what]}"


def _of_advice(rest: str, pack: Pack) -> tuple[Topic, str]:
    asked = " or ".join(_in_a_sentence(words_of(ROLES, role)) for role in rest.split("|"))
    return "advice", f"Ask the {asked}, or record that you tried."


def _in_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


KINDS: Final[dict[str, Callable[[str, Pack], tuple[Topic, str]]]] = {
    "rule": _of_rule,
    "question": _of_question,
    "item": _of_item,
    "recipient": _of_recipient,
    "advice": _of_advice,
}
