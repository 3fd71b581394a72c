"""What changed about consent since a decision was signed, as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from decisions.enums import Reaction
from decisions.models import Decision
from decisions.relying import WITHDRAWN, Changes, changes_of
from infosharing.cases.chronicle import Entry
from infosharing.journeys.templatetags.british import british_date, british_datetime

NOT_SAID: Final = "Nobody has said yet what they did about it."
# What came of it, as the head of the decision says it.
FOLLOWED: Final = {
    Reaction.STOPPED.label: "nothing more is shared under this decision",
    Reaction.LOOKED_AGAIN.label: "it is looked at again, in a new version",
    Reaction.TOLD.label: "everybody who got it was told",
    Reaction.UNCHANGED.label: "nothing had to change",
}


@dataclass(frozen=True)
class Change:
    """One change, or one thing that was done about it: what, when, by whom, in what words."""

    title: str
    when: str
    text: str
    by: str
    url: str = ""


def shown(entries: Iterable[Entry]) -> list[Change]:
    """Return changes as they are listed; what is done carries its moment."""
    return [
        Change(
            title=one.kind,
            when=british_date(one.happened_on) if one.url else british_datetime(one.recorded_at),
            text=one.words,
            by=one.by,
            url=one.url,
        )
        for one in entries
    ]


def since_signed(changes: Changes) -> dict[str, Any]:
    """Return what is open, what was settled and how, for the decision's page and its PDF."""
    return {
        "consent_open": shown(changes.open),
        "consent_settled": shown(changes.settled),
        "consent_done": shown(changes.done),
        "consent_head": head(changes),
        "consent_stopped": changes.stopped,
    }


def head(changes: Changes) -> list[str]:
    """Return what changed and what followed, as sentences for the head of a decision."""
    found = [_said(one) for one in (*changes.settled, *changes.open)]
    if changes.done:
        followed = "; ".join(dict.fromkeys(FOLLOWED[one.kind] for one in changes.done))
        found.insert(len(changes.settled), f"What followed: {followed}.")
    if changes.open:
        found.append(NOT_SAID)
    return list(dict.fromkeys(found))


def _said(change: Entry) -> str:
    kind = "Consent was taken back" if change.kind == WITHDRAWN else change.kind
    return f"{kind} on {british_date(change.happened_on)}."


def since_signed_of(decision: Decision) -> dict[str, Any]:
    """Return the same for a decision fetched by ``access_record``; one query where it changed."""
    known = vars(decision)
    if known.get("consent_changed", True) or known.get("consent_answered", True):
        return since_signed(changes_of(decision))
    return since_signed(Changes([], [], []))
