"""A chronology as it is shown: each entry with when it happened and when it was recorded."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate

from infosharing.casefile.finding import RECORDED
from infosharing.cases.chronicle import Entry
from infosharing.cases.enums import Strand
from infosharing.journeys.templatetags.british import (
    as_remembered,
    british_date,
    british_datetime,
    british_time,
)


def narrowed(entries: Iterable[Entry], chosen: Mapping[str, Any]) -> list[Entry]:
    """Return the entries that a valid ``ChronologyFilter`` leaves, in no other order."""
    kinds = set(chosen.get("kinds") or ())
    since, until = chosen.get("since"), chosen.get("until")
    recorded = chosen.get("order") == RECORDED
    left = []
    for entry in entries:
        day = localdate(entry.recorded_at) if recorded else entry.happened_on
        if kinds and entry.strand not in kinds:
            continue
        if (since and day < since) or (until and day > until):
            continue
        left.append(entry)
    return left


def _when(entry: Entry) -> str:
    """Return when something happened, and when it was recorded where that says more."""
    day = british_date(entry.happened_on)
    happened = ", ".join(filter(None, [day, as_remembered(entry.happened_words)]))
    if british_date(entry.recorded_at) != day:
        return f"{happened} (recorded {british_datetime(entry.recorded_at)})"
    if entry.happened_words:
        return f"{happened} (recorded at {british_time(entry.recorded_at)})"
    return british_datetime(entry.recorded_at)


def chronology(entries: Iterable[Entry], cases: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the entries for the timeline; late records say when they were made.

    ``cases`` tells which case each belongs to, by its key; empty where there is one only.
    """
    shown = []
    for entry in entries:
        told = {
            "title": entry.kind,
            "when": _when(entry),
            "by": entry.by,
            "text": entry.words,
            "unprinted": entry.strand is Strand.NOTE,
            "url": entry.url,
        }
        if entry.case is not None and entry.case in cases:
            told |= {"tag": cases[entry.case], "colour": "grey"}
        shown.append(told)
    return shown
