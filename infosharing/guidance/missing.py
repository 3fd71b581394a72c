"""Sections 5 and 6 of the guide: what a draft still lacks, and what may be written up later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infosharing.guidance.codes import DOUBTS, ConsentProblem
from infosharing.guidance.facts import Advice, Decision, Facts, has_text
from infosharing.guidance.pack import Pack
from infosharing.guidance.parts import ConsultRule
from infosharing.guidance.suggestion import Suggested

# What holds a signature back when something is shared because of danger; the rest can wait.
HELD_BACK: Final = frozenset(
    {"outcome", "reasons", "requester_identity", "call_back", "items", "recipients"}
)
HELD_BACK_OF_EACH: Final = frozenset(
    {("item", "what"), ("recipient", "name"), ("recipient", "method")}
)
GO_AHEAD: Final = frozenset(
    {"share_now", "required_by_law", "may_share", "may_share_without_consent"}
)


@dataclass(frozen=True, slots=True)
class Outstanding:
    missing: tuple[str, ...] = ()
    to_write_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted decision with all that the codes look at."""

    facts: Facts
    decision: Decision
    pack: Pack
    problems: Mapping[str, Sequence[ConsentProblem]]
    suggested: Suggested

    @property
    def unreliable(self) -> bool:
        """Some person is without reliable consent."""
        return any(self.problems.values())

    @property
    def sharing_identifying(self) -> bool:
        return self.decision.sharing and self.facts.identifying

    @property
    def without_consent(self) -> bool:
        return self.sharing_identifying and self.facts.in_confidence and self.unreliable


def outstanding(draft: Draft) -> Outstanding:
    """The codes that hold the signature back, and those due at the end of the next day."""
    codes = tuple(_codes(draft))
    decision = draft.decision
    if draft.suggested.rule == 1 and decision.outcome == "do_not_share":
        return Outstanding(tuple(code for code in codes if code in ("outcome", "reasons")))
    at_once = draft.suggested.code == "share_now" and decision.sharing
    tried = frozenset(
        consult.code
        for consult in draft.pack.consult
        if any(t.role in consult.roles and has_text(t.how) for t in decision.advice_tried)
    )
    later = frozenset(code for code in codes if code in tried or (at_once and _can_wait(code)))
    return Outstanding(
        tuple(code for code in codes if code not in later),
        tuple(code for code in codes if code in later),
    )


def _can_wait(code: str) -> bool:
    kind, _, rest = code.partition(":")
    return code not in HELD_BACK and (kind, rest.partition(":")[2]) not in HELD_BACK_OF_EACH


def _codes(draft: Draft) -> Iterator[str]:
    """Every code that applies, in the order of the guide's table."""
    if draft.decision.outcome is None:
        yield "outcome"
    if not has_text(draft.decision.reasons):
        yield "reasons"
    for rule in draft.pack.rules:
        if rule.number not in draft.decision.rules_considered:
            yield f"rule:{rule.number}"
    yield from _questions(draft)
    if draft.decision.sharing:
        yield from _request(draft)
        yield from _items(draft.decision)
        yield from _recipients(draft.decision)
    if draft.sharing_identifying:
        yield from _law(draft)
    if draft.without_consent:
        yield from _no_consent(draft)
    yield from _rest(draft)
    yield from _advice(draft)


def _questions(draft: Draft) -> Iterator[str]:
    for code in draft.suggested.stopped_at:
        yield f"question:{code}"
    for question in draft.pack.questions_at("before"):
        if question.code not in draft.facts.answers:
            yield f"question:{question.code}"


def _request(draft: Draft) -> Iterator[str]:
    request = draft.facts.request
    if not request.received:
        return
    if request.identity != "verified":
        yield "requester_identity"
    if request.channel == "telephone" and not has_text(request.call_back_source):
        yield "call_back"


def _items(decision: Decision) -> Iterator[str]:
    if not decision.items:
        yield "items"
    for number, item in enumerate(decision.items, start=1):
        if not has_text(item.what):
            yield f"item:{number}:what"
        if item.nature is None:
            yield f"item:{number}:nature"
        if not item.source_checked and not has_text(item.source_not_checked_because):
            yield f"item:{number}:source"


def _recipients(decision: Decision) -> Iterator[str]:
    if not decision.recipients:
        yield "recipients"
    for number, recipient in enumerate(decision.recipients, start=1):
        if not has_text(recipient.name):
            yield f"recipient:{number}:name"
        if not has_text(recipient.method):
            yield f"recipient:{number}:method"
        if not recipient.need_to_know:
            yield f"recipient:{number}:need_to_know"
        if not recipient.told_confidential:
            yield f"recipient:{number}:told_confidential"
        if not has_text(recipient.intended_use):
            yield f"recipient:{number}:intended_use"


def _law(draft: Draft) -> Iterator[str]:
    basis = draft.decision.lawful_basis
    if basis is None or (basis == "consent" and draft.unreliable):
        yield "lawful_basis"
    if draft.decision.special_category is None:
        yield "special_category"
    if draft.decision.special_category:
        condition = draft.decision.special_category_condition
        if condition is None or (condition == "explicit_consent" and draft.unreliable):
            yield "special_category_condition"


def _no_consent(draft: Draft) -> Iterator[str]:
    decision = draft.decision
    if not has_text(decision.no_consent_because):
        yield "no_consent_because"
    if not draft.facts.grounds:
        yield "ground"
    condition = decision.special_category_condition
    if (
        condition == "safeguarding_of_children_and_individuals_at_risk"
        and decision.no_consent_reason is None
    ):
        yield "no_consent_reason"


def _rest(draft: Draft) -> Iterator[str]:
    decision = draft.decision
    if decision.outcome == "share_in_part" and not has_text(decision.withheld):
        yield "withheld"
    told = decision.person_informed or has_text(decision.not_informed_because)
    if draft.sharing_identifying and not told:
        yield "person_informed"
    discussed = decision.refusal_discussed or has_text(decision.refusal_not_discussed_because)
    if decision.outcome == "do_not_share" and draft.facts.request.received and not discussed:
        yield "refusal_discussed"
    if _goes_against(draft) and not has_text(decision.override_reasons):
        yield "override_reasons"


def _goes_against(draft: Draft) -> bool:
    """The outcome goes against the suggestion, or against the latest advice where it was due."""
    if draft.decision.outcome is None:
        return False
    suggestion = draft.suggested.code
    if suggestion == "seek_advice":
        latest = _latest_advice(draft.facts)
        if latest is None or latest.advised is None:
            return True
        return (latest.advised != "do_not_share") != draft.decision.sharing
    if draft.decision.sharing:
        return suggestion in ("do_not_share", "seek_consent")
    return suggestion in GO_AHEAD


def _latest_advice(facts: Facts) -> Advice | None:
    """Of the advice dated on or before the day; of the same day, what stands later."""
    found: Advice | None = None
    for advice in facts.advice:
        if advice.on <= facts.on and (found is None or advice.on >= found.on):
            found = advice
    return found


def _advice(draft: Draft) -> Iterator[str]:
    heard = {advice.by for advice in draft.facts.advice if advice.on <= draft.facts.on}
    decider = draft.decision.decided_by_role
    due = dict.fromkeys(
        consult.code
        for consult in draft.pack.consult
        if _applies(consult, draft)
        and decider not in consult.roles
        and heard.isdisjoint(consult.roles)
    )
    yield from due


def _applies(consult: ConsultRule, draft: Draft) -> bool:
    facts = draft.facts
    match consult.when:
        case "sharing":
            return draft.decision.sharing
        case "without_consent":
            return draft.without_consent
        case "crime_request":
            request = facts.request
            return request.received and (
                request.requester_kind == "police" or request.crime_investigation
            )
        case "not_sure":
            return any(facts.answers.get(code) == "not_sure" for code in draft.pack.by_code)
        case "consent_doubtful":
            return any(DOUBTS.intersection(found) for found in draft.problems.values())
        case "against_law":
            return (
                draft.suggested.code == "required_by_law"
                and draft.decision.outcome == "do_not_share"
            )
        case "always":
            return True
