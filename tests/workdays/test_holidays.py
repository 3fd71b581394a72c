"""England's bank holidays: the published ones, and the rule for years not published yet."""

import json
from datetime import date

import pytest

from infosharing.workdays.holidays import (
    FILE,
    bank_holidays,
    by_rule,
    easter,
    is_bank_holiday,
    last_published,
    published,
)

# Moved or added by proclamation: (published beside the rule, of the rule but not published).
PROCLAIMED = {
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: (
        {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)},
        {date(2022, 5, 30)},
    ),
    2023: ({date(2023, 5, 8)}, set()),
}


@pytest.mark.parametrize("year", sorted(published()))
def test_the_rule_gives_every_published_year_but_for_what_was_proclaimed(year):
    added, left_out = PROCLAIMED.get(year, (set(), set()))
    assert published()[year] == (by_rule(year) - left_out) | added


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1981, (4, 19)), (2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2026, (4, 5)),
     (2028, (4, 16)), (2038, (4, 25)), (2049, (4, 18))],
)  # fmt: skip
def test_easter(year, sunday):
    assert easter(year) == date(year, *sunday)


def test_a_year_that_is_not_published_yet_is_worked_out():
    year = last_published() + 1
    assert bank_holidays(year) == by_rule(year)
    assert is_bank_holiday(date(year, 12, 25))


def test_the_file_names_its_source_and_holds_each_day_under_its_year_on_a_weekday():
    data = json.loads(FILE.read_text(encoding="utf-8"))
    assert data["source"].startswith("https://www.gov.uk/bank-holidays")
    for year, days in published().items():
        assert {day.year for day in days} == {year}
        assert all(day.weekday() < 5 for day in days)
    years = sorted(published())
    assert years == list(range(years[0], years[-1] + 1))
