"""Figures as charts: a title, what is counted, and a bar for each number that is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode

from infosharing.casefile.figures import Quarter
from infosharing.casefile.steps import STEP, Cell, Figure
from infosharing.journeys.forms.dates import date_parts
from infosharing.journeys.templatetags.british import MONTHS, british_date

NONE: Final = "None of the decisions counted here."
FEW: Final = f"Fewer than {STEP} of each."
WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "outcome": ("What was decided", "decisions", ""),
    "against": ("Compared with the guide’s suggestion", "decisions", ""),
    "ground": (
        "Grounds for sharing without consent",
        "decisions",
        "A decision can rest on several grounds, or on consent and then on none of these.",
    ),
    "recipient": (
        "Who was to be told",
        "decisions",
        "By organisation, as it was typed. A decision can name several.",
    ),
    "year": (
        "Year groups",
        "decisions",
        "Of those each case is about, as recorded today. A case can be about several.",
    ),
    "time": (
        "From the request to the first signature",
        "decisions",
        "Counted in working days, without weekends, bank holidays and the school’s closed days.",
    ),
    "receipt": (
        "Did it arrive?",
        "things sent",
        "What was last known of everything that was sent to a recipient.",
    ),
    "write_up": (
        "Emergencies written up",
        "emergencies",
        "The rest of an emergency is due by the end of the next working day.",
    ),
}
ORDER: Final = (
    *("outcome", "time", "ground", "against", "recipient", "receipt", "write_up", "year"),
)
# Which filter of the list of decisions finds the rows that a number counts.
FILTERS: Final[dict[str, dict[str, dict[str, str]]]] = {
    "against": {"True": {"marks": "against_suggestion"}},
}


@dataclass(frozen=True)
class Bar:
    """One number as a bar; ``width`` in hundredths of the longest."""

    label: str
    number: str
    width: int
    url: str


@dataclass(frozen=True)
class Chart:
    """One figure as it is shown; without bars, what is said instead of them."""

    code: str
    title: str
    unit: str
    note: str
    bars: tuple[Bar, ...]
    instead: str = NONE


def charts(figures: Mapping[str, Figure], dates: Mapping[str, date] | None) -> list[Chart]:
    """Return the figures as charts in their order.

    ``dates``: the days in the filter, where the list of decisions shows just what is counted;
    None where numbers lead nowhere.
    """
    return [_chart(figures[code], dates) for code in ORDER if code in figures]


def _chart(figure: Figure, dates: Mapping[str, date] | None) -> Chart:
    title, unit, note = WORDS[figure.code]
    if figure.empty:
        return Chart(figure.code, title, unit, note, ())
    most = max([cell.count for cell in figure.cells] + [1])
    shown = [
        cell
        for cell in figure.cells
        if figure.code != "year" or (cell.count != 0 and not cell.small)
    ]
    if any(cell.small for cell in figure.cells) and len(shown) < len(figure.cells):
        note = f"{note} Those of fewer than {STEP} are not listed."
    bars = tuple(
        Bar(
            cell.label,
            number_words(cell),
            0 if not cell.count else max(1, round(100 * cell.count / most)),
            _url(figure.code, cell, dates),
        )
        for cell in shown
    )
    return Chart(figure.code, title, unit, note, bars, FEW)


def number_words(cell: Cell) -> str:
    """Return "7", or in steps "5 to 9" and "Fewer than 5"."""
    if cell.small:
        return f"Fewer than {STEP}"
    return f"{cell.count:,}" if cell.most is None else f"{cell.count:,} to {cell.most:,}"


def _url(code: str, cell: Cell, dates: Mapping[str, date] | None) -> str:
    if dates is None or not cell.count:
        return ""
    if code in ("outcome", "ground"):
        asked: dict[str, Any] = {code: cell.code}
    else:
        asked = dict(FILTERS.get(code, {}).get(cell.code, {}))
    if not asked:
        return ""
    for name, day in dates.items():
        asked |= date_parts(name, day)
    return f"{reverse('decisions:decisions')}?{urlencode(asked)}"


def quarter_words(quarter: Quarter) -> str:
    """Return "July to September 2026"."""
    first, last = quarter.first, quarter.last
    return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {last.year}"


def days_words(since: date | None, until: date | None) -> str:
    """Return the days that a filter leaves in, in words."""
    if since and until:
        return f"signed from {british_date(since)} to {british_date(until)}"
    if since:
        return f"signed since {british_date(since)}"
    return f"signed until {british_date(until)}" if until else "signed at any time"


def total_words(number: int) -> str:
    """Return how many decisions, in words."""
    return "1 decision" if number == 1 else f"{number:,} decisions"


def places_words(names: Iterable[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def sum_words(least: int, most: int) -> str:
    """Return between which numbers of decisions there were, in words."""
    return f"Between {least:,} and {most:,} decisions"


SMALL_WORDS: Final = (
    f"All numbers are in steps of {STEP}, so that nobody is recognised where there are few. "
    f"“Fewer than {STEP}” may be none. Cases restricted to named people are left out."
)
