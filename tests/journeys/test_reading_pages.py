"""A posted page: the fields of its form and no others, as typed."""

import pytest
from django.http import QueryDict

from infosharing.journeys.forms import BritishDateField, CheckboxesField, PlainForm, TextField
from infosharing.journeys.pages import as_posted, names_of, typed_in, whole


class Form(PlainForm):
    name = TextField(label="Name")
    boxes = CheckboxesField(label="Boxes", choices=[("a", "A"), ("b", "B")])
    when = BritishDateField(label="When")


def test_the_names_of_a_form():
    assert names_of(Form()) == ["name", "boxes", "when_day", "when_month", "when_year"]


def test_only_the_fields_of_the_form_are_read():
    posted = QueryDict("name=%20Ann%20&boxes=b&boxes=zzz&when_day=31&outcome=share&version=7")
    assert typed_in(Form(), posted) == {
        "name": [" Ann "],
        "boxes": ["b", "zzz"],
        "when_day": ["31"],
    }


def test_what_cannot_be_stored_is_marked():
    assert typed_in(Form(), QueryDict("name=a%00b")) == {"name": ["a\ufffdb"]}


def test_typed_text_fills_a_form_again():
    form = Form(as_posted({"name": ["Ann"], "boxes": ["a", "b"], "when_day": ["31"]}))
    assert (form["name"].value(), form["boxes"].value()) == ("Ann", ["a", "b"])
    assert form["when"].value() == ["31", None, None]


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("0", 0), ("", 0), ("-1", 0), ("1.5", 0), ("٣", 0), ("9" * 30, 0), ("x", 0)],
)
def test_whole_numbers(text, number):
    assert whole({"version": text}, "version") == number


def test_a_number_that_was_not_posted():
    assert whole({}, "version") == 0
