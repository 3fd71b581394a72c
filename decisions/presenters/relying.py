"""What changed about consent since a decision was signed, as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from decisions.models import Decision
from decisions.relying import Changes, changes_of
from infosharing.cases.chronicle import Entry
from infosharing.journeys.templatetags.british import british_date, british_datetime


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
    }


def since_signed_of(decision: Decision) -> dict[str, Any]:
    """Return the same for a decision fetched by ``access_record``; one query where it changed."""
    known = vars(decision)
    if known.get("consent_changed", True) or known.get("consent_answered", True):
        return since_signed(changes_of(decision))
    return since_signed(Changes([], [], []))
