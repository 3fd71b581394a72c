"""A breach, its 72 hours and what is still to be done, for pages, lists and the PDF."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from decisions import policies
from decisions.enums import BreachKind, Risk
from decisions.models import Breach, BreachStep, Decision
from decisions.presenters.records import Tag
from infosharing.journeys.templatetags.british import british_datetime

ICO_KINDS = frozenset({BreachKind.TOLD_ICO, BreachKind.ICO_NOT_TOLD})
RISK_COLOURS = {Risk.UNLIKELY: "teal", Risk.LIKELY: "yellow", Risk.HIGH: "red"}


@dataclass(frozen=True)
class StepLine:
    """One step in words."""

    words: str
    risk: Tag | None
    who: str
    text: str
    at: datetime
    by: str
    recorded_at: datetime


def step_lines(steps: Iterable[BreachStep]) -> list[StepLine]:
    """Return the steps in words, in the order they were recorded."""
    return [
        StepLine(
            words=str(BreachKind(step.kind).label),
            risk=Tag(str(Risk(step.risk).label), RISK_COLOURS[Risk(step.risk)])
            if step.risk
            else None,
            who=step.who,
            text=step.words,
            at=step.happened_at,
            by=step.recorded_by.name,
            recorded_at=step.recorded_at,
        )
        for step in steps
    ]


def clock(breach: Breach, ico: str, now: datetime) -> Tag:
    """Return where the 72 hours stand; ``ico`` is what was decided, blank while nothing is."""
    if ico:
        return Tag(str(BreachKind(ico).label), "green")
    if breach.closed_at:
        return Tag("Closed", "grey")
    due = policies.ico_due(breach)
    if now > due:
        return Tag("72 hours have passed", "red", f"On {british_datetime(due)}")
    left = due - now
    hours = left // timedelta(hours=1)
    words = f"{hours} hours left" if hours > 1 else "Less than two hours left"
    return Tag(words, "yellow" if hours >= 24 else "red", f"Until {british_datetime(due)}")


def ico_of(steps: Iterable[BreachStep]) -> str:
    """Return what was decided last about telling the ICO; blank while nothing is."""
    found = [step.kind for step in steps if step.kind in ICO_KINDS]
    return found[-1] if found else ""


def for_print(decision: Decision) -> list[dict[str, Any]]:
    """Return the breaches of a decision with their steps, for the PDF; two queries."""
    rows = decision.breaches.select_related("recorded_by", "disclosure__recipient").order_by("id")
    return [
        {
            "reference": breach.spoken_reference,
            "recipient": breach.disclosure.recipient.name,
            "reached": breach.reached,
            "what": breach.what,
            "whose": breach.whose,
            "happened_on": breach.happened_on,
            "known_at": breach.known_at,
            "recorded_by": breach.recorded_by.name,
            "recorded_at": breach.recorded_at,
            "closed_at": breach.closed_at,
            "ico_due": policies.ico_due(breach),
            "steps": step_lines(breach.steps.all()),
        }
        for breach in rows.prefetch_related("steps__recorded_by")
    ]
