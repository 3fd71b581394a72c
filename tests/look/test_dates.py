"""Dates and times as they are typed."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from infosharing.journeys.forms import (
    BritishDateField,
    BritishTimeField,
    PlainForm,
    RememberedTimeField,
)
from infosharing.journeys.forms.dates import MONTHS

REAL = "Enter a real date, for example 27 3 2026"
MONTH = "Enter the month as a number or a name, for example 3 or March"
YEAR = "Enter the year with four digits, for example 2026"


class DateForm(PlainForm):
    on = BritishDateField(label="Date of the letter")
    by = BritishDateField(label="Answer by", required=False)
    at = BritishTimeField(label="Time", required=False)


def typed(day: str, month: str, year: str, name: str = "on") -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("27", "3", "2026", date(2026, 3, 27)),
        ("07", "03", "2026", date(2026, 3, 7)),
        (" 22 ", " Nov ", " 2026 ", date(2026, 11, 22)),
        ("22nd", "November", "2026", date(2026, 11, 22)),
        ("1st", "sept.", "2026", date(2026, 9, 1)),
        ("29", "FEBRUARY", "2024", date(2024, 2, 29)),
        ("31", "12", "1999", date(1999, 12, 31)),
    ],
)
def test_a_date_is_understood(day, month, year, expected):
    form = DateForm(typed(day, month, year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == expected


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "first_wrong"),
    [
        ("", "", "", "Enter date of the letter", "id_on"),
        ("", "3", "2026", "The date must include a day", "id_on"),
        ("27", "", "2026", "The date must include a month", "id_on_month"),
        ("27", "3", "", "The date must include a year", "id_on_year"),
        ("27", "", "", "The date must include a month and a year", "id_on_month"),
        ("27", "3", "26", YEAR, "id_on_year"),
        ("27", "3", "20266", YEAR, "id_on_year"),
        ("27", "3", "٢٠٢٦", YEAR, "id_on_year"),
        ("27", "Tober", "2026", MONTH, "id_on_month"),
        ("27", "Ma", "2026", MONTH, "id_on_month"),
        ("27", "13", "2026", REAL, "id_on_month"),
        ("27", "0", "2026", REAL, "id_on_month"),
        ("27", "3", "1026", REAL, "id_on_year"),
        ("31", "2", "2026", REAL, "id_on"),
        ("29", "2", "2026", REAL, "id_on"),
        ("0", "2", "2026", REAL, "id_on"),
        ("-1", "2", "2026", REAL, "id_on"),
        ("27/3/2026", "3", "2026", REAL, "id_on"),
    ],
)
def test_a_date_that_is_wrong_says_how_and_where(day, month, year, message, first_wrong):
    form = DateForm(typed(day, month, year))
    (item,) = form.error_summary()
    assert (item.message, item.id) == (message, first_wrong)
    assert [part.value for part in form["on"].parts] == [t.strip() for t in (day, month, year)]


def test_only_the_wrong_boxes_are_marked():
    form = DateForm(typed("27", "Tober", "2026"))
    assert [part.wrong for part in form["on"].parts] == [False, True, False]
    form = DateForm(typed("27", "3", "2026"))
    form.add_error("on", "That was before the request arrived")
    assert [part.wrong for part in form["on"].parts] == [True, True, True]


def test_a_date_that_need_not_be_given_must_still_be_real():
    form = DateForm(typed("27", "3", "2026"))
    assert form.is_valid()
    assert form.cleaned_data["by"] is None
    assert "by" in DateForm(typed("27", "3", "2026") | {"by_day": "3"}).errors


@pytest.mark.parametrize("saved", [date(2026, 3, 27), "2026-03-27", ["27", "3", "2026"]])
def test_a_saved_date_is_shown_in_its_boxes(saved):
    parts = DateForm(initial={"on": saved})["on"].parts
    assert [(part.html_name, part.value) for part in parts] == [
        ("on_day", "27"),
        ("on_month", "3"),
        ("on_year", "2026"),
    ]


def test_a_saved_word_that_is_no_date_is_shown_as_it_is():
    assert [p.value for p in DateForm(initial={"on": "soon"})["on"].parts] == ["soon", "", ""]


def test_a_date_that_stays_the_same_has_not_changed():
    same = DateForm(typed("27", "3", "2026"), initial={"on": date(2026, 3, 27)})
    other = DateForm(typed("28", "3", "2026"), initial={"on": date(2026, 3, 27)})
    assert same.changed_data == []
    assert other.changed_data == ["on"]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(3, 9))
def test_every_date_is_understood_with_a_number_or_a_name(day, letters):
    for month in (str(day.month), MONTHS[day.month - 1][:letters]):
        form = DateForm(typed(str(day.day), month, str(day.year)))
        assert form.is_valid()
        assert form.cleaned_data["on"] == day


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_nothing_typed_breaks_a_date(day, month, year):
    form = DateForm(typed(day, month, year))
    assert form.is_valid() or form.errors["on"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17:40", time(17, 40)),
        ("17.40", time(17, 40)),
        ("1740", time(17, 40)),
        ("5.40pm", time(17, 40)),
        ("5:40 PM", time(17, 40)),
        ("5 p.m.", time(17)),
        ("12am", time(0)),
        ("12:30am", time(0, 30)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("9:05", time(9, 5)),
        ("00:00", time(0)),
        ("17:40:00", time(17, 40)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_time_is_understood(text, expected):
    form = DateForm(typed("27", "3", "2026") | {"at": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == expected


@pytest.mark.parametrize("text", ["5", "17", "25:00", "17:60", "13pm", "0am", "after lunch", "5:4"])
def test_a_time_that_is_not_clear_is_refused(text):
    form = DateForm(typed("27", "3", "2026") | {"at": text})
    assert form.errors == {"at": ["Enter a time, for example 5:40pm or 17:40"]}
    assert form["at"].value() == text


def test_a_saved_time_is_shown_and_has_not_changed():
    form = DateForm(typed("27", "3", "2026") | {"at": "17:40"}, initial={"at": time(17, 40)})
    assert DateForm(initial={"at": time(17, 40)})["at"].value() == "17:40"
    assert "at" not in form.changed_data


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_minute_of_the_day_is_understood(moment):
    form = DateForm(typed("27", "3", "2026") | {"at": f"{moment:%H:%M}"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == moment


@pytest.mark.parametrize("text", ["", "5:40pm", "17.40", "9:55", "after lunch, about 2", "25 past"])
def test_a_time_as_remembered_is_any_words_or_a_time_there_is(text):
    assert RememberedTimeField(required=False).clean(text) == text


@pytest.mark.parametrize("text", ["25:40", "17:95", "13:20pm", " 24.00 "])
def test_a_time_as_remembered_that_no_clock_shows_is_refused(text):
    with pytest.raises(ValidationError, match="There is no such time"):
        RememberedTimeField(required=False).clean(text)
