"""PDFs that somebody asked for, as they are listed; no name of a person is in it (R56)."""

from collections.abc import Container, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse

from infosharing.casefile.enums import GOING_ON, ExportKind, ExportState
from infosharing.casefile.models import Export, ExportRecord
from infosharing.journeys.templatetags.british import british_date, british_datetime

HEADERS: Final = ["PDF", "What", "Asked for", "Where it stands"]
COLOURS: Final = {
    ExportState.WAITING: "yellow",
    ExportState.WORKING: "yellow",
    ExportState.READY: "green",
    ExportState.CANCELLED: "grey",
    ExportState.FAILED: "red",
    ExportState.EXPIRED: "grey",
}
# A page left open does not keep a session alive for longer (S3).
FRESH: Final = timedelta(minutes=10)


def is_fresh(export: Export, now: datetime) -> bool:
    """Return whether it was asked for so lately that its page may look again by itself."""
    return now - export.asked_at < FRESH


def is_over(export: Export, now: datetime) -> bool:
    """Return whether the time has passed for which its file is kept."""
    return export.keep_until is not None and export.keep_until < now


def status(export: Export, now: datetime, *, closed: bool) -> dict[str, str]:
    """Return where an export stands: a tag, and how far it is.

    ``closed``: something in it may not be seen any more by whoever asked.
    """
    state = ExportState(export.state)
    if state == ExportState.READY and is_over(export, now):
        state = ExportState.EXPIRED
    if state == ExportState.READY and closed:
        return {"tag": "Not open to you any more", "colour": "grey", "hint": "Ask for a new one"}
    hint = ""
    if state in GOING_ON and export.total:
        hint = f"{min(export.done, export.total):,} of {export.total:,} steps done"
    elif state == ExportState.READY and export.keep_until:
        hint = f"Kept until {british_date(export.keep_until)}"
    return {"tag": str(state.label), "colour": COLOURS[state], "hint": hint}


def rows(exports: Iterable[Export], now: datetime, closed: Container[int]) -> list[list[Any]]:
    """Return the rows of the list; ``closed`` are the keys of those not given out any more."""
    return [
        [
            {
                "text": export.spoken_reference,
                "url": reverse("casefile:export", args=[export.public_id]),
            },
            {"text": str(ExportKind(export.kind).label), "hint": "; ".join(export.told)},
            british_datetime(export.asked_at),
            status(export, now, closed=export.pk in closed),
        ]
        for export in exports
    ]


def summary(export: Export, now: datetime) -> list[dict[str, Any]]:
    """Return what was asked for and what came of it, as rows."""
    found: list[dict[str, Any]] = [
        {"key": "What", "value": str(ExportKind(export.kind).label)},
        {"key": "Asked for", "value": british_datetime(export.asked_at)},
    ]
    if export.told or export.kind == ExportKind.DECISIONS:
        told = export.told or ["None: every signed decision you may take away"]
        key = "Filter" if export.kind == ExportKind.DECISIONS else "About"
        found.append({"key": key, "lines": told})
    if export.why:
        found.append({"key": "Why it could not be made", "value": export.why})
    if export.state == ExportState.READY and not is_over(export, now):
        size = max(0.1, export.size / 1_000_000)
        found.append({"key": "Size", "value": f"{export.pages:,} pages, {size:.1f} MB"})
        found.append({"key": "Kept until", "value": british_datetime(export.keep_until)})
        found.append({"key": "Fingerprint of the file (SHA-256)", "value": export.sha256})
    return found


def name_of(row: ExportRecord) -> str:
    """Return what a record is called: by its reference only."""
    if row.decision is not None:
        return f"Decision {row.decision.spoken_reference}"
    return f"Case {row.case.spoken_reference}" if row.case else ""
