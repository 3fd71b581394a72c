"""Rows of the lists of open follow-ups and of breaches."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from decisions.enums import ProgressKind
from decisions.models import Breach, Decision
from decisions.policies import SHARING
from decisions.presenters.breaches import clock
from decisions.presenters.lists import about
from decisions.presenters.records import Tag, outcome_tag
from infosharing.journeys.templatetags.british import british_date

OPEN_HEADERS = ["Decision", "About", "Outcome", "What is open", "Due"]
BREACH_HEADERS = [
    "Breach",
    "About",
    "Known since",
    "Telling the Information Commissioner’s Office (ICO)",
    "Where it stands",
]


def _open(decision: Decision) -> list[tuple[str, date | None]]:
    """Return what is open with the day it is due; ``aftermath.open_decisions`` found it."""
    found = vars(decision)
    lines: list[tuple[str, date | None]] = []
    if found["breached"]:
        lines.append(("A breach is open", None))
    if decision.outcome in SHARING and found["not_sent_to"]:
        whom = f" to {found['not_sent_to']}" if found["sent"] else ""
        lines.append((f"Nothing sent yet{whom}", None))
    if found["receipt_awaited"]:
        lines.append(("Receipt not confirmed", found["receipt_due"]))
    if decision.outcome in SHARING and not found["told"]:
        lines.append(("Nobody told yet", None))
    if found["look_again"]:
        lines.append(("Look again whether to tell", found["look_again"]))
    if found["stage_again"]:
        stage = str(ProgressKind(found["stage"]).label)
        lines.append((f"{stage}: look again", found["stage_again"]))
    return lines


def open_words(decision: Decision) -> list[str]:
    """Return what is open of a decision; ``aftermath.open_decisions`` found it."""
    return [words for words, _day in _open(decision)]


def open_decision(decision: Decision, names: Mapping[int, str], today: date) -> list[Any]:
    """Return the row of a decision whose follow-up is open."""
    assert decision.signed_by is not None  # noqa: S101 - signed
    lines = _open(decision)
    days = [day for _words, day in lines if day]
    first = min(days, default=None)
    due: Any = british_date(first) if first else ""
    if first and first < today:
        due = {"tag": "Overdue", "colour": "red", "hint": f"Since {british_date(first)}"}
    return [
        {
            "text": decision.spoken_reference,
            "url": reverse("decisions:decision", args=[decision.public_id]),
            "hint": f"{decision.signed_by.name}, {british_date(decision.signed_at)}",
        },
        about(decision.case_id, names),
        asdict(outcome_tag(decision.outcome)),
        "; ".join(words for words, _day in lines),
        due,
    ]


def breach(found: Breach, names: Mapping[int, str], now: datetime) -> list[Any]:
    """Return the row of a breach, found with ``aftermath.breaches_with_state``."""
    return [
        {
            "text": found.spoken_reference,
            "url": reverse("decisions:breach", args=[found.public_id]),
            "hint": f"Decision {found.decision.spoken_reference}",
        },
        about(found.case_id, names),
        british_date(found.known_at),
        asdict(clock(found, vars(found)["ico"] or "", now)),
        asdict(Tag("Closed", "grey") if found.closed_at else Tag("Open", "red")),
    ]
