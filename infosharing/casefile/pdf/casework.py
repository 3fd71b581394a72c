"""The parts of a case, and of a chronology, as they stand on paper (R1, R2)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.timezone import localdate

from consent import timeline as consent_timeline
from consent.queries import of_case as consents_of
from decisions import timeline as decisions_timeline
from decisions.presenters.documents import HEADERS as DOCUMENT_HEADERS
from decisions.presenters.documents import document_rows
from infosharing.accounts.models import User
from infosharing.casefile.pdf.parts import Part, part_of
from infosharing.casefile.presenters import cases as shown
from infosharing.cases import timeline as cases_timeline
from infosharing.cases.chronicle import Entry, in_order
from infosharing.cases.knowledge import known_in
from infosharing.cases.models import Case
from infosharing.cases.queries import people_in
from infosharing.journeys.templatetags.british import as_remembered, british_date, british_datetime

AT_A_TIME: Final = 40  # entries of a chronology in one part
CONSENT_HEADERS: Final = ["Record", "What they said", "Who said it", "When", "What for"]


def entries_of(case: Case, user: User) -> list[Entry]:
    """Return everything that happened in a case, as it happened, as far as a user may know."""
    return in_order(
        cases_timeline.entries(case, user),
        consent_timeline.entries(case, user),
        decisions_timeline.entries(case, user),
    )


def case_part(case: Case, at: datetime, user: User) -> Part:
    """Return who and what a case is about, and what a user is told of what is known in it."""
    on = localdate(at)
    people = people_in(case)
    known = known_in(case, people, reader=user)
    cards = [shown.person_card(case, part, known, on, can_work=False) for part in people]
    data = {
        "reference": case.spoken_reference,
        "organisation": case.organisation.name,
        "demonstration": settings.DEMONSTRATION,
        "summary": case.summary,
        "opened": f"{british_datetime(case.opened_at)}, by {case.opened_by.name}",
        "who_sees": shown.who_sees(case),
        "cards": [
            {"title": card["name"], "warnings": card["protections"], "rows": _rows(card["rows"])}
            for card in cards
        ]
        + [
            {"title": card["title"], "warnings": [], "rows": _rows(card["rows"])}
            for card in shown.judgement_rows(known.judgements)
        ],
        "tables": [
            {
                "title": "What people said about sharing",
                "headers": CONSENT_HEADERS,
                "rows": _cells(shown.consent_rows(consents_of(case), on)),
                "none": "Nobody’s yes or no is recorded.",
            },
            {
                "title": "Documents kept in the case",
                "headers": DOCUMENT_HEADERS,
                "rows": _cells(document_rows(known.documents)),
                "none": "No document is kept here.",
            },
        ],
    }
    title = f"Case {case.spoken_reference}: people, and what is known"
    return part_of("pdf/part_case.html", data, at, key=f"c{case.public_id}", title=title)


def _rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of a card with their values as lines."""
    found = []
    for row in rows:
        lines = row.get("lines") or [row.get("value") or row.get("missing_text", "")]
        found.append({"key": row["key"], "lines": [str(line) for line in lines]})
    return found


def _cells(rows: Iterable[Iterable[Any]]) -> list[list[dict[str, str]]]:
    """Return the cells of a table as text with a hint below."""
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> dict[str, str]:
    if isinstance(cell, dict):
        text = cell.get("text") or cell.get("tag") or ""
        return {"text": str(text), "hint": str(cell.get("hint") or "")}
    if hasattr(cell, "tag"):
        return {"text": str(cell.tag), "hint": str(getattr(cell, "hint", ""))}
    return {"text": str(cell), "hint": ""}


def chronology_parts(
    told: list[tuple[Entry, str]], at: datetime, *, whose: str, organisation: str
) -> Iterator[Part]:
    """Yield a chronology in parts of ``AT_A_TIME``; each entry comes with the case it is from.

    An empty reference is not shown.
    """
    count = max(1, -(-len(told) // AT_A_TIME))
    for number in range(count):
        some = told[number * AT_A_TIME : (number + 1) * AT_A_TIME]
        heading = "Chronology"
        if count > 1:
            first = number * AT_A_TIME + 1
            heading = f"Chronology: {first} to {first + len(some) - 1} of {len(told)}"
        data = {
            "heading": heading,
            "whose": whose,
            "organisation": organisation,
            "demonstration": settings.DEMONSTRATION,
            "entries": [_entry(entry, case) for entry, case in some],
        }
        key = f"t{number}"
        yield part_of("pdf/part_chronology.html", data, at, key=key, title=heading)


def _entry(entry: Entry, case: str) -> dict[str, str]:
    return {
        "happened": british_date(entry.happened_on),
        "clock": as_remembered(entry.happened_words),
        "recorded": british_datetime(entry.recorded_at),
        "kind": entry.kind,
        "words": entry.words,
        "by": entry.by,
        "case": case,
    }
