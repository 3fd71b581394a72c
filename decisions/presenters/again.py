"""Why a draft follows a signed version, and what its reviewer asked, for the draft's pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from decisions.enums import VersionKind
from decisions.facts import Material
from decisions.presenters.records import Reviewed, returned


@dataclass(frozen=True)
class Asked:
    """A reviewer's question, where it is answered, and the answer so far."""

    number: int
    place: str
    words: str
    answer: str
    url: str


@dataclass(frozen=True)
class Again:
    """Why there is a further version; ``review`` is there when the last was returned."""

    reopened: bool
    reason: str
    known_on: date | None
    known_from: str
    follows: int
    review: Reviewed | None
    questions: list[Asked]


def again(material: Material, to: Callable[[str, int], str]) -> Again | None:
    """Return why the draft follows a signed version; None for a first. ``to`` finds a page."""
    renewal = material.renewal
    if renewal is None:
        return None
    return Again(
        reopened=renewal.kind == VersionKind.REOPENING,
        reason=renewal.reason,
        known_on=renewal.known_on,
        known_from=renewal.known_from,
        follows=renewal.number,
        review=returned(renewal.review) if renewal.review else None,
        questions=[
            Asked(
                number=asked.number,
                place=asked.place,
                words=asked.words,
                answer=material.answer_to(asked) or "",
                url=to(*material.place_of_answer(asked)),
            )
            for asked in renewal.questions
        ],
    )
