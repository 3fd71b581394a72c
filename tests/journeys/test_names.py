"""Names that nobody can see or that turn the page round are not taken, wherever they are typed."""

import importlib

import pytest
from django import forms
from django.http import QueryDict

from infosharing.cases.models import Person
from infosharing.journeys.forms import LongTextField, NameField, PlainForm, TextField
from infosharing.journeys.forms.texts import NAMELESS
from infosharing.journeys.pages import typed_in
from tests.factories import a_case


class Typed(PlainForm):
    """A line, a name, a name that may be left open, and a text."""

    line = TextField(required=False)
    name = NameField()
    other = NameField(required=False)
    text = LongTextField(required=False)


def typed(**data):
    form = Typed({"name": "Ann", **data})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\u202eevil", "evil"),
        ("\u200fJohn", "John"),
        ("\u202aJohn\u202c Doe", "John Doe"),
        ("\u2067John\u2069", "John"),
        ("Jo\u200bhn", "John"),
        ("\ufeffJohn", "John"),
        ("Mary-\u00adAnn", "Mary-Ann"),
        ("John\x0bDoe", "John Doe"),
        ("John\x1f", "John"),
        ("John\x07", "John"),
        ("John\nDoe", "John Doe"),
        ("\u3164John\u2800", "John"),
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_is_taken_out_of_a_line(given, kept):
    form = typed(line=given, name=given, other=given)
    assert form.errors == {}
    assert [form.cleaned_data[name] for name in ("line", "name", "other")] == [kept] * 3


@pytest.mark.parametrize(
    "name",
    [
        "Zoë O’Brien-Łęcka",
        "عبد الله بن محمد",
        "علی\u200cرضا",
        "ක්\u200dරිෂ්",
        "प्रिया",
        "王小明",
        "משה כהן",
        "👨\u200d👩\u200d👧 Lee",
        "བོད་ཡིག",
        "NHS 111",
        "999",
        "X",
    ],
    ids=ascii,
)
def test_a_name_in_any_script_stays_as_it_was_typed(name):
    assert typed(name=name, line=name).cleaned_data["name"] == name


@pytest.mark.parametrize(
    "name", ["\u200b", "\u202e\u202c", "\ufeff", "\u3164", "\u2800", "\u200f "]
)
def test_a_name_that_nobody_can_see_is_none(name):
    form = typed(name=name, other=name)
    assert list(form.errors) == ["name"]
    assert form.cleaned_data["other"] == ""


@pytest.mark.parametrize("name", ["\u200d", "\u200c\u200d", "?", "-", "…", "’", "_", "\u0301"])
def test_a_name_without_a_letter_or_number_is_refused_with_what_to_do(name):
    form = typed(name=name, other=name)
    assert form.errors == {"name": [NAMELESS], "other": [NAMELESS]}


def test_a_page_of_a_draft_keeps_what_can_be_seen_of_a_line_and_texts_as_typed():
    posted = QueryDict(mutable=True)
    posted.setlist("name", ["\u202eBob\u200b  Lee "])
    posted["text"] = "a\u202eb"
    assert typed_in(Typed(), posted) == {"name": ["Bob  Lee "], "text": ["a\u202eb"]}


def test_a_text_keeps_what_turns_its_direction():
    assert typed(text="a \u200fb\u202ec").cleaned_data["text"] == "a \u200fb\u202ec"


NAMES = {
    "name",
    "preferred_name",
    "requester_name",
    "adviser",
    "giver",
    "holder",
    "seen_by",
    "judged_by",
    "said_by",
    "sent_by",
    "told_who",
    "told_by",
    "who",
}
NOT_OF_SOMEBODY = {"NameForm"}  # of a saved filter


def every_form(kind=PlainForm):
    for one in kind.__subclasses__():
        yield one
        yield from every_form(one)


def test_wherever_a_name_is_typed_it_is_looked_at():
    importlib.import_module("infosharing.urls")
    found, plain = set(), set()
    for form in every_form():
        if form.__module__.startswith("tests") or form.__name__ in NOT_OF_SOMEBODY:
            continue
        for name, field in form.base_fields.items():
            if name in NAMES and isinstance(field, forms.CharField):
                found.add(name)
                if not isinstance(field, NameField):
                    plain.add((form.__name__, name))
    assert found == NAMES
    assert plain == set()


@pytest.mark.parametrize("name", ["\u200b", "\u202e"])
def test_a_person_nobody_can_see_is_not_recorded(cast, sign_in, name):
    case = a_case(by=cast.dsl, organisation=cast.school)
    client = sign_in(cast.dsl)
    before = Person.objects.count()
    data = {"age": "under_16", "part": "relative", "preferred_name": "", "upn": ""}
    url = f"/cases/{case.public_id}/people/new/"
    refused = client.post(url, {**data, "year_group": "", "name": name})
    assert refused.status_code == 422
    assert Person.objects.count() == before
    made = client.post(url, {**data, "year_group": "", "name": f"{name}Evie Lee"})
    assert made.status_code == 302
    assert Person.objects.latest("pk").name == "Evie Lee"
