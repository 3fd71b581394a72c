"""When it happened, was recorded, was signed and written up, side by side (guide.md section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from decisions.enums import VersionKind
from decisions.models import Decision, SignedVersion
from decisions.presenters.requests import due_on
from infosharing.cases.queries import working_days
from infosharing.journeys.templatetags.british import as_remembered, british_date, british_datetime
from infosharing.workdays.clock import WorkingDays, working_time

Row = dict[str, Any]


@dataclass(frozen=True)
class WriteUp:
    """What is left to be written up: until when, and how much working time is left or over."""

    until: str
    words: str
    late: bool


def write_up(decision: Decision, now: datetime, days: WorkingDays) -> WriteUp | None:
    """Return what is left to be written up; None when nothing is."""
    if decision.write_up_due is None:
        return None
    left = working_time(decision.write_up_due, now, days)
    return WriteUp(until=due_on(decision.write_up_due), words=left.words, late=left.late)


def calendar(decision: Decision, versions: Iterable[SignedVersion]) -> WorkingDays | None:
    """Return the working days a decision's times are told in; None where none are needed."""
    if decision.write_up_due is None and not any(one.write_up_due for one in versions):
        return None
    return working_days(decision.organisation_id)


def times(versions: Iterable[SignedVersion], days: WorkingDays) -> list[Row]:
    """Return event, record and write-up times, each beside the others; empty without a write-up.

    ``versions`` are all the signed versions of a decision, with who signed them.
    """
    found = sorted(versions, key=lambda one: one.number)
    rows: list[Row] = []
    due: datetime | None = None
    for one in found:
        if one.kind == VersionKind.EMERGENCY:
            rows += _emergency(one)
        elif due is not None or one.write_up_due is not None:
            rows.append(_signed(one, due, days))
        due = one.write_up_due
        if due is not None and not any(row["key"] == "To be written up by" for row in rows):
            rows.append({"key": "To be written up by", "value": due_on(due)})
    return rows


def _emergency(version: SignedVersion) -> list[Row]:
    happened = "When it was signed"
    if version.happened_on:
        happened = ", ".join(
            filter(None, [british_date(version.happened_on), as_remembered(version.happened_time)])
        )
    signed = f"{british_datetime(version.signed_at)}, {version.signed_by.name}"
    return [
        {"key": "Happened", "value": happened},
        {"key": "Recorded and signed", "value": signed},
    ]


def _signed(version: SignedVersion, due: datetime | None, days: WorkingDays) -> Row:
    """A later version, or one with advice still to come; late is said in working time."""
    kind = VersionKind(version.kind)
    said = f"{british_datetime(version.signed_at)}, {version.signed_by.name}"
    if kind == VersionKind.WRITE_UP and due is not None:
        over = working_time(due, version.signed_at, days)
        said += f": {over.words}" if over.late else ": in time"
    key = "Written up" if kind == VersionKind.WRITE_UP else f"{kind.label} signed"
    return {"key": key, "value": said}
