"""England's bank holidays: as published for the years of the data file, else by the usual rule.

The only input of the package is ``england.json`` beside this module, with its source and years.
"""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "england.json"
SATURDAY: Final = 5


@cache
def published() -> dict[int, frozenset[date]]:
    """Return the bank holidays of the years that the data file lists."""
    years = json.loads(FILE.read_text(encoding="utf-8"))["years"]
    return {
        int(year): frozenset(date.fromisoformat(day) for day in days)
        for year, days in years.items()
    }


def last_published() -> int:
    """Return the last year of which the bank holidays are known and not worked out."""
    return max(published())


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year in England."""
    found = published().get(year)
    return by_rule(year) if found is None else found


def is_bank_holiday(day: date) -> bool:
    """Return whether a day is a bank holiday in England."""
    return day in bank_holidays(day.year)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous, or Butcher's, algorithm)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    shift = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    late = (golden + 11 * shift + 22 * weekday) // 451
    month, day = divmod(shift + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def by_rule(year: int) -> frozenset[date]:
    """Return what a year's bank holidays are when nothing is proclaimed.

    New Year's Day, Good Friday, Easter Monday, the first and the last Monday of May, the last of
    August, Christmas Day and Boxing Day; what falls on a weekend moves to the next free weekday.
    """
    sunday = easter(year)
    found = {
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() < SATURDAY:
            found.add(day)
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() >= SATURDAY:
            instead = day
            while instead.weekday() >= SATURDAY or instead in found:
                instead += timedelta(days=1)
            found.add(instead)
    return frozenset(found)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
