"""Cases in their list, and where one stands: open or closed, and what is still open in it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from decisions.enums import ReviewState, State
from decisions.models import Decision, Request
from decisions.presenters import requests as asked
from decisions.presenters.follow_lists import open_words
from infosharing.cases.enums import Part, YearGroup
from infosharing.cases.models import Case
from infosharing.journeys.templatetags.british import british_date


def state_cell(case: Case) -> dict[str, str]:
    """Return whether a case is open or closed, since when and by whom, as a tag."""
    opened = f"{british_date(case.opened_at)}, by {case.opened_by.name}"
    if case.closed_at is None or case.closed_by is None:
        return {"tag": "Open", "colour": "teal", "hint": f"Since {opened}"}
    closed = f"{british_date(case.closed_at)}, by {case.closed_by.name}"
    return {"tag": "Closed", "colour": "grey", "hint": f"On {closed}. Opened {opened}"}


def still_open(requests: Iterable[Request], decisions: Iterable[Decision]) -> list[str]:
    """Return what nobody has done yet in a case, for whoever is about to close it.

    ``decisions`` are those of ``decisions.aftermath.open_decisions``.
    """
    requests = list(requests)
    found = [
        f"Request {request.spoken_reference}: {asked.status(request).words[0].lower()}"
        f"{asked.status(request).words[1:]}"
        for request in requests
        if asked.is_undecided(request)
    ]
    found += [
        f"Decision {decision.spoken_reference}: {words}"
        for request in requests
        if (decision := getattr(request, "decision", None)) is not None
        for words in _left(decision)
    ]
    return found + [
        f"Decision {decision.spoken_reference}: {words[0].lower()}{words[1:]}"
        for decision in decisions
        for words in open_words(decision)
    ]


def _left(decision: Decision) -> list[str]:
    """Return what is left of a signed decision whatever it led to."""
    if decision.state != State.SIGNED:
        return []
    found = []
    if decision.write_up_due is not None:
        found.append("to be written up")
    if decision.review_state == ReviewState.WAITING:
        found.append("waiting for review")
    if decision.review_state == ReviewState.RETURNED:
        found.append("returned with changes to make")
    if decision.closed_at is None:
        found.append("its follow-up is not closed")
    return found


def list_rows(cases: Iterable[Case]) -> list[list[Any]]:
    """Return the rows of the table of cases; parts and people are prefetched.

    Each case carries ``open_decisions`` and ``signed_decisions``: how many are being drafted, and
    how many have been signed.
    """
    rows: list[list[Any]] = []
    for case in cases:
        counts = vars(case)
        decided = [
            f"{counts.get(name, 0)} {words}"
            for name, words in (
                ("open_decisions", "being decided"),
                ("signed_decisions", "signed"),
            )
            if counts.get(name, 0)
        ]
        rows.append(
            [
                {
                    "text": f"Case {case.spoken_reference}",
                    "url": reverse("casefile:case", args=[case.public_id]),
                    "hint": "Restricted" if case.restricted else "",
                },
                asked.about(case.parts.all()),
                asked.beginning(case.summary),
                state_cell(case),
                ", ".join(decided) or "None",
            ]
        )
    return rows


CSV_HEADERS = (
    "Case",
    "About",
    "Year group",
    "Restricted",
    "Opened by",
    "Opened at (London)",
    "Closed at (London)",
    "Decisions being drafted",
    "Decisions signed",
)


def csv_row(case: Case) -> list[str]:
    """Return a case as texts under ``CSV_HEADERS``, fetched as for ``list_rows``."""
    subjects = [part.person for part in case.parts.all() if part.part == Part.SUBJECT]
    years = dict.fromkeys(one.year_group for one in subjects if one.year_group)
    counts = vars(case)
    return [
        case.spoken_reference,
        asked.about(case.parts.all()),
        ", ".join(str(YearGroup(year).label) for year in years),
        "Yes" if case.restricted else "No",
        case.opened_by.name,
        f"{localtime(case.opened_at):%Y-%m-%d %H:%M}",
        f"{localtime(case.closed_at):%Y-%m-%d %H:%M}" if case.closed_at else "",
        str(counts["open_decisions"]),
        str(counts["signed_decisions"]),
    ]
