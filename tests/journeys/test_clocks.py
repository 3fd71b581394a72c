"""A day and a time typed by somebody, on the nights when the clocks in London change."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from decisions.enums import BreachKind
from decisions.forms.breaches import StepForm
from decisions.forms.requests import OwnForm
from decisions.forms.sending import ReceiptForm
from infosharing.journeys.forms.clocks import comes_twice, end_of_minute, london_moment

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def test_it_is_the_moment_at_which_the_clocks_in_london_show_it():
    assert london_moment(date(2026, 7, 1), time(9)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert london_moment(date(2026, 12, 1), time(9)) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert london_moment(BACK, time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = london_moment(BACK, time(1, 30), later=True)
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert comes_twice(second)
    assert not comes_twice(london_moment(BACK, time(2)))
    assert end_of_minute(second) == datetime(2026, 10, 25, 1, 30, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("clock", [time(1), time(1, 59)])
def test_there_is_no_time_in_the_hour_that_is_left_out(clock):
    assert london_moment(FORWARD, time(0, 59)) == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert london_moment(FORWARD, time(2)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    with pytest.raises(ValidationError, match="the clocks jump from 1am to 2am"):
        london_moment(FORWARD, clock)


def on(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_every_form_with_a_day_and_a_time_refuses_one_there_was_not_beside_the_time(day):
    later = date(2026, 12, 1)
    step = StepForm(
        {**on("happened_on", day), "happened_time": "1:30am"},
        kinds=[BreachKind.CONTAINED],
        today=later,
    )
    until = OwnForm({**on("by_when_on", day), "by_when_time": "1:30am"})
    learned = ReceiptForm(
        {"state": "wrong_recipient", **on("known_on", day), "known_time": "1:30am"},
        sent_on=date(2026, 3, 1),
        today=later,
    )

    for form, field in (
        (step, "happened_time"),
        (until, "by_when_time"),
        (learned, "known_time"),
    ):
        assert (field in form.errors) is (day == FORWARD), field
