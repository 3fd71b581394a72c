"""The working-day clock as a truth table (peers.md 39: a wrong date after a changed calendar)."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import infosharing.workdays
from infosharing.workdays.clock import (
    LONDON,
    Closure,
    WorkingDays,
    day_of,
    end_of,
    working_time,
)

PLAIN = WorkingDays()
HALF_TERM = WorkingDays((Closure(date(2026, 10, 26), date(2026, 10, 30)),))
INSET = WorkingDays((Closure(date(2026, 11, 23), date(2026, 11, 23)),))


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("story", "days", "signed", "due"),
    [
        ("in the week", PLAIN, london(2026, 11, 18, 17, 40), date(2026, 11, 19)),
        ("on a Friday", PLAIN, london(2026, 11, 20, 17, 40), date(2026, 11, 23)),
        ("on a Saturday", PLAIN, london(2026, 11, 21, 9), date(2026, 11, 23)),
        ("on a Sunday", PLAIN, london(2026, 11, 22, 23, 59), date(2026, 11, 23)),
        ("at 23:59 on a Thursday", PLAIN, london(2026, 11, 19, 23, 59), date(2026, 11, 20)),
        ("a minute later", PLAIN, london(2026, 11, 20, 0, 0), date(2026, 11, 23)),
        ("before Easter", PLAIN, london(2026, 4, 2, 15), date(2026, 4, 7)),
        ("before the May bank holiday", PLAIN, london(2026, 5, 1, 15), date(2026, 5, 5)),
        ("on Christmas Eve", PLAIN, london(2026, 12, 24, 15), date(2026, 12, 29)),
        ("Christmas on a Saturday", PLAIN, london(2027, 12, 24, 15), date(2027, 12, 29)),
        ("on New Year's Eve", PLAIN, london(2026, 12, 31, 20), date(2027, 1, 4)),
        ("before half-term", HALF_TERM, london(2026, 10, 23, 16), date(2026, 11, 2)),
        ("in half-term", HALF_TERM, london(2026, 10, 28, 16), date(2026, 11, 2)),
        ("before a day of training", INSET, london(2026, 11, 20, 16), date(2026, 11, 24)),
        # 23:30 UTC in summer is the next day in London.
        ("late in summer time", PLAIN, datetime(2026, 7, 7, 23, 30, tzinfo=UTC), date(2026, 7, 9)),
        ("the night the clocks go back", PLAIN, london(2026, 10, 25, 1, 30), date(2026, 10, 26)),
        ("the night they go forward", PLAIN, london(2026, 3, 29, 3), date(2026, 3, 30)),
    ],
)
def test_a_write_up_is_due_at_the_end_of_the_next_working_day(story, days, signed, due):
    found = days.write_up_due(signed)
    assert (day_of(found), found) == (due, end_of(due))


def test_the_end_of_a_day_is_the_same_on_the_clock_in_summer_and_winter():
    assert end_of(date(2026, 7, 8)).astimezone(UTC) == datetime(2026, 7, 8, 22, 59, tzinfo=UTC)
    assert end_of(date(2026, 1, 8)).astimezone(UTC) == datetime(2026, 1, 8, 23, 59, tzinfo=UTC)


def test_a_place_closed_for_ever_by_mistake_puts_nothing_off_for_ever():
    closed = WorkingDays((Closure(date(2026, 1, 1), date(2199, 12, 31)),))
    assert closed.after(date(2026, 11, 20)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "due", "now", "words"),
    [
        # Due at the end of Monday.
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 19, 9), "2 working days left"),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 20, 9), "1 working day left"),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 22, 9), "1 working day left"),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 23, 20), "3 hours left today"),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 23, 22, 50), "1 hour left today"),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 23, 23, 58), "1 minute left today"),
        (
            PLAIN,
            end_of(date(2026, 11, 23)),
            london(2026, 11, 23, 23, 59),
            "less than a minute left today",
        ),
        (PLAIN, end_of(date(2026, 11, 23)), london(2026, 11, 24, 0, 0), "1 working day late"),
        (
            PLAIN,
            end_of(date(2026, 11, 20)),
            london(2026, 11, 22, 9),
            "less than a working day late",
        ),
        (PLAIN, end_of(date(2026, 11, 20)), london(2026, 11, 24, 9), "2 working days late"),
        (INSET, end_of(date(2026, 11, 20)), london(2026, 11, 24, 9), "1 working day late"),
        # At a time of day.
        (PLAIN, london(2026, 11, 23, 15), london(2026, 11, 23, 15, 20), "20 minutes late"),
        (PLAIN, london(2026, 11, 23, 15), london(2026, 11, 23, 13), "2 hours left today"),
        (PLAIN, london(2026, 11, 21, 15), london(2026, 11, 20, 13), "before the next working day"),
        # The hour that comes twice, and the one that never comes.
        (
            PLAIN,
            datetime(2026, 10, 25, 3, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "2 hours left today",
        ),
        (PLAIN, end_of(date(2026, 12, 24)), london(2026, 12, 29, 9), "1 working day late"),
    ],
)
def test_how_much_working_time_is_left_or_over(days, due, now, words):
    assert working_time(due, now, days).words == words


def test_the_clock_is_pure():
    allowed = {"collections.abc", "dataclasses", "datetime", "functools", "json", "pathlib",
               "typing", "zoneinfo"}  # fmt: skip
    for path in Path(infosharing.workdays.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        found = {
            name
            for node in ast.walk(ast.parse(text))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if not str(name).startswith("infosharing.workdays")
        }
        assert found <= allowed, path.name
        assert not {"now(", "today("} & set(text.split())
