"""The guide itself: facts and a pack in, a suggestion, consents and what is missing out.

It never decides. A pure function: the same facts and pack give the same guidance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from infosharing.guidance.codes import ConsentProblem, FlowQuestion, Suggestion
from infosharing.guidance.consents import all_problems
from infosharing.guidance.facts import Facts
from infosharing.guidance.missing import Draft, Outstanding, outstanding
from infosharing.guidance.pack import Pack
from infosharing.guidance.suggestion import suggest


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What the guide says.

    ``rule`` is the rule of the guide that gave the suggestion, such as "2.8";
    ``stopped_at`` names the questions that an unfinished one waits for.
    ``sharing`` and ``without_consent`` are section 5's, and false while nothing is drafted;
    ``consent_lacking`` is the second whatever the outcome will be.
    """

    suggestion: Suggestion
    rule: str
    reasons: tuple[str, ...]
    stopped_at: tuple[FlowQuestion, ...]
    consents: Mapping[str, tuple[ConsentProblem, ...]]
    missing: tuple[str, ...]
    to_write_up: tuple[str, ...]
    identifying: bool
    in_confidence: bool
    sharing: bool
    without_consent: bool
    consent_lacking: bool

    @property
    def because(self) -> tuple[str, ...]:
        """The number of the rule first, then the sentences."""
        return (self.rule, *self.reasons)

    @property
    def without_reliable_consent(self) -> tuple[str, ...]:
        """The ids of those whose consent cannot be relied on."""
        return tuple(person for person, problems in self.consents.items() if problems)

    def as_json(self) -> dict[str, object]:
        """What the command prints, but for the id of the scenario."""
        return {
            "suggestion": self.suggestion,
            "because": list(self.because),
            "consents": {person: list(problems) for person, problems in self.consents.items()},
            "missing": list(self.missing),
            "to_write_up": list(self.to_write_up),
        }


def evaluate(facts: Facts, pack: Pack, *, signed_on: date | None = None) -> Guidance:
    """Apply the guide to the facts of one possible disclosure, under a pack.

    A write-up is the same guide with ``facts.on`` the day of writing. ``signed_on`` then keeps
    ages and consents as they were at signing, while advice counts up to the day of writing.
    """
    problems = all_problems(facts, signed_on)
    suggested = suggest(facts, problems)
    left = Outstanding()
    sharing = without_consent = False
    if facts.decision is not None:
        draft = Draft(facts, facts.decision, pack, problems, suggested)
        left = outstanding(draft)
        sharing, without_consent = facts.decision.sharing, draft.without_consent
    return Guidance(
        suggestion=suggested.code,
        rule=suggested.rule_number,
        reasons=suggested.reasons,
        stopped_at=suggested.stopped_at,
        consents=problems,
        missing=left.missing,
        to_write_up=left.to_write_up,
        identifying=facts.identifying,
        in_confidence=facts.in_confidence,
        sharing=sharing,
        without_consent=without_consent,
        consent_lacking=facts.identifying and facts.in_confidence and any(problems.values()),
    )
