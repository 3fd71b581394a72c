"""Section 2 of the guide: the twelve rules, in order; the first that fits is named.

An unanswered question stops the guide at the first rule that needs it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infosharing.guidance.codes import (
    DOUBTS,
    GROUNDS,
    REFUSALS,
    ConsentProblem,
    FlowQuestion,
    Ground,
    Suggestion,
    words_of,
)
from infosharing.guidance.facts import Facts
from infosharing.guidance.words import CONSENT_PROBLEMS, FLOW_CLAUSES

Problems = Mapping[str, Sequence[ConsentProblem]]

# The three that rule 9 needs, in the order of the flow.
LAST_THREE: Final[tuple[FlowQuestion, ...]] = ("significant_harm", "serious_crime", "legal_duty")


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested, by which rule of section 2, why, and what stopped an unfinished one."""

    code: Suggestion
    rule: int
    reasons: tuple[str, ...]
    stopped_at: tuple[FlowQuestion, ...] = ()

    @property
    def rule_number(self) -> str:
        return f"2.{self.rule}"


Rule = Callable[[Facts, Problems], Suggested | None]


def suggest(facts: Facts, problems: Problems) -> Suggested:
    """Try the rules in order; the last one fits whatever reaches it."""
    for rule in RULES:
        suggested = rule(facts, problems)
        if suggested is not None:
            return suggested
    return _rule_12(facts, problems)


def other_reasons(facts: Facts, problems: Problems) -> tuple[str, ...]:
    """Every reason of rule 8 to share without consent, in words; empty if there is none."""
    reasons = []
    if facts.answers.get("significant_harm") == "yes":
        reasons.append("Somebody is suffering significant harm, or is likely to.")
    if facts.answers.get("serious_crime") == "yes":
        reasons.append("Sharing would help to prevent or detect a serious crime.")
    reasons.extend(f"{words_of(GROUNDS, g)}." for g in counted_grounds(facts, problems))
    return tuple(reasons)


def counted_grounds(facts: Facts, problems: Problems) -> tuple[Ground, ...]:
    """The grounds that count: public_function only while nobody refused or withdrew."""
    refused = any(REFUSALS.intersection(found) for found in problems.values())
    named = tuple(dict.fromkeys(facts.grounds))
    return tuple(ground for ground in named if not (ground == "public_function" and refused))


def _stop(rule: int, *unanswered: FlowQuestion) -> Suggested:
    reasons = tuple(f"Still to be answered: {FLOW_CLAUSES[code]}." for code in unanswered)
    return Suggested("unfinished", rule, reasons, unanswered)


def _rule_1(facts: Facts, problems: Problems) -> Suggested | None:
    if not (facts.request.received and facts.request.identity == "failed"):
        return None
    reasons = (
        "The check showed that whoever is asking is not who they say.",
        "If you fear for somebody, ring the real agency yourself on a number you have found, "
        "and record that as your own decision to share.",
    )
    return Suggested("do_not_share", 1, reasons)


def _rule_2(facts: Facts, problems: Problems) -> Suggested | None:
    answer = facts.answers.get("immediate_danger")
    if answer is None:
        return _stop(2, "immediate_danger")
    if answer != "yes":
        return None
    reasons = ("Somebody is in danger now. Nothing waits for consent, or for this form.",)
    return Suggested("share_now", 2, reasons)


def _rule_3(facts: Facts, problems: Problems) -> Suggested | None:
    answer = facts.answers.get("purpose")
    if answer is None:
        return _stop(3, "purpose")
    if answer == "no":
        return Suggested("do_not_share", 3, ("There is no clear and proper reason to share.",))
    if answer == "not_sure":
        reasons = ("You are not sure that there is a clear and proper reason to share.",)
        return Suggested("seek_advice", 3, reasons)
    return None


def _rule_4(facts: Facts, problems: Problems) -> Suggested | None:
    answer = facts.answers.get("identifiable")
    if answer is None:
        return _stop(4, "identifiable")
    if answer != "no":
        return None
    return Suggested("may_share", 4, ("Nobody can be recognised from it.",))


def _rule_5(facts: Facts, problems: Problems) -> Suggested | None:
    answer = facts.answers.get("confidential")
    if answer is None:
        return _stop(5, "confidential")
    if answer != "no":
        return None
    return Suggested("may_share", 5, ("It was not given in confidence.",))


def _rule_6(facts: Facts, problems: Problems) -> Suggested | None:
    if facts.answers.get("legal_duty") != "yes":
        return None
    reasons = (
        "A court order or a law requires this.",
        "It is not a matter of choice. If you refuse all the same, you must say why.",
    )
    return Suggested("required_by_law", 6, reasons)


def _rule_7(facts: Facts, problems: Problems) -> Suggested | None:
    if not facts.people or any(problems[person.id] for person in facts.people):
        return None
    who = "The person it is about has" if len(facts.people) == 1 else "Everybody it is about has"
    return Suggested("may_share", 7, (f"{who} a consent that can be relied on.",))


def _rule_8(facts: Facts, problems: Problems) -> Suggested | None:
    reasons = other_reasons(facts, problems)
    if not reasons:
        return None
    return Suggested(
        "may_share_without_consent",
        8,
        (*reasons, "With such a reason, sharing does not wait for consent."),
    )


def _rule_9(facts: Facts, problems: Problems) -> Suggested | None:
    unanswered = [code for code in LAST_THREE if code not in facts.answers]
    if unanswered:
        return _stop(9, *unanswered)
    unsure = [code for code in LAST_THREE if facts.answers[code] == "not_sure"]
    if not unsure:
        return None
    reasons = tuple(f"You are not sure {FLOW_CLAUSES[code]}." for code in unsure)
    return Suggested("seek_advice", 9, (*reasons, *_public_function_set_aside(facts)))


def _rule_10(facts: Facts, problems: Problems) -> Suggested | None:
    in_doubt = [found for found in problems.values() if found and DOUBTS.issuperset(found)]
    if not in_doubt:
        return None
    reasons = _in_words(in_doubt)
    return Suggested("seek_advice", 10, (*reasons, *_public_function_set_aside(facts)))


def _rule_11(facts: Facts, problems: Problems) -> Suggested | None:
    refused = [found for found in problems.values() if REFUSALS.intersection(found)]
    if not refused:
        return None
    reasons = (*_in_words(refused), "There is no other reason to share, so this is respected.")
    return Suggested("do_not_share", 11, (*reasons, *_public_function_set_aside(facts)))


def _rule_12(facts: Facts, problems: Problems) -> Suggested:
    return Suggested(
        "seek_consent",
        12,
        (
            *_in_words([found for found in problems.values() if found]),
            "There is no other reason to share, so ask for consent first.",
        ),
    )


def _in_words(found: Sequence[Sequence[ConsentProblem]]) -> tuple[str, ...]:
    """Each problem once, in the order in which it was found."""
    return tuple(dict.fromkeys(CONSENT_PROBLEMS[code] for codes in found for code in codes))


def _public_function_set_aside(facts: Facts) -> tuple[str, ...]:
    """Past rule 8 no ground counted, so this one was named in vain."""
    if "public_function" not in facts.grounds:
        return ()
    return ("Our public duties alone do not outweigh a refusal.",)


RULES: Final[tuple[Rule, ...]] = (
    _rule_1,
    _rule_2,
    _rule_3,
    _rule_4,
    _rule_5,
    _rule_6,
    _rule_7,
    _rule_8,
    _rule_9,
    _rule_10,
    _rule_11,
)
