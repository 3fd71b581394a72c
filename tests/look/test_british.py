"""Dates and times on screen: British words on London's clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.template import engines

from infosharing.journeys.templatetags.british import (
    as_remembered,
    british_date,
    british_datetime,
    british_time,
)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 22, 17, 40, tzinfo=UTC), "22 November 2026 at 5:40pm"),
        (datetime(2026, 7, 1, 16, 40, tzinfo=UTC), "1 July 2026 at 5:40pm"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026 at 12:30am"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "1 January 2026 at midnight"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "1 January 2026 at midday"),
        (datetime(2026, 1, 1, 9, 0, tzinfo=UTC), "1 January 2026 at 9am"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026 at 12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026 at 2am"),
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "25 October 2026 at 1:30am British Summer Time",
        ),
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "25 October 2026 at 1:30am Greenwich Mean Time",
        ),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "25 October 2026 at 2am"),
        (
            datetime(2026, 11, 22, 12, 40, tzinfo=ZoneInfo("America/New_York")),
            "22 November 2026 at 5:40pm",
        ),
        ("2026-07-01T16:40:00Z", "1 July 2026 at 5:40pm"),
        ("2026-07-01T16:40:00+00:00", "1 July 2026 at 5:40pm"),
        ("2026-07-01", "1 July 2026"),
        (date(2026, 7, 1), "1 July 2026"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_moment_is_shown_on_londons_clock(moment, shown):
    assert british_datetime(moment) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "31 December 2026"),
        (date(2026, 2, 28), "28 February 2026"),
        (None, ""),
    ],
)
def test_a_day_is_londons_day(value, shown):
    assert british_date(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (time(17, 40), "5:40pm"),
        (time(0, 5), "12:05am"),
        ("17:40:00", "5:40pm"),
        ("2026-07-01T16:40:00Z", "5:40pm"),
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), "5pm"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_time_of_day(value, shown):
    assert british_time(value) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("14:15", "2:15pm"),
        (" 09.55 ", "9:55am"),
        ("00:10", "12:10am"),
        ("23:00", "11pm"),
        ("9:55", "9:55"),
        ("12:30", "12:30"),
        ("2.15", "2.15"),
        ("after lunch, about 3", "after lunch, about 3"),
        ("14:15 or later", "14:15 or later"),
        ("24:00", "24:00"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_time_that_was_typed_reads_like_the_others_where_it_is_certain(typed, shown):
    assert as_remembered(typed) == shown


@pytest.mark.parametrize("show", [british_date, british_time, british_datetime])
def test_a_moment_without_a_zone_is_a_mistake(show):
    with pytest.raises(ValueError, match="time zone"):
        show(datetime(2026, 7, 1, 16, 40))  # noqa: DTZ001


def test_templates_have_the_filters_without_loading_them():
    template = engines["django"].from_string("{{ day|british_date }}")
    assert template.render({"day": date(2026, 7, 1)}) == "1 July 2026"
