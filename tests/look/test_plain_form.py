"""PlainForm: what every form of the product does with what is typed."""

import unicodedata
from datetime import date, time

import pytest
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from infosharing.journeys.forms import (
    TEXT_LIMIT,
    ErrorItem,
    LongTextField,
    PlainForm,
    PlainWords,
    RadioField,
    TextField,
    YesNoField,
    YesNoNotSureField,
)
from tests.look.samples import BAD, GOOD, EveryForm


class TextForm(PlainForm):
    text = LongTextField(label="What happened")
    note = forms.CharField(label="Note", required=False)


class YesForm(PlainForm):
    told = YesNoField(label="Told?")
    maybe = YesNoField(label="Perhaps?", required=False)
    private = YesNoNotSureField(label="Private?")


def test_good_answers_come_out_as_values():
    form = EveryForm(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Ana-Maria Ŵynne",
        "wish": "Whether he was at school",
        "arrived": date(2026, 11, 22),
        "at": time(17, 40),
        "danger": False,
        "private": "not_sure",
        "told": True,
        "why_not": "",
        "told_on": None,
        "channel": "letter",
        "parts": ["what", "who"],
        "other_part": "",
        "letter": None,
        "sure": True,
    }
    assert form.error_summary() == []


def test_the_error_summary_is_in_page_order_and_names_the_control():
    assert EveryForm(BAD).error_summary() == [
        ErrorItem("id_name", "Enter name of the person asking"),
        ErrorItem("id_arrived_month", "Enter a real date, for example 27 3 2026"),
        ErrorItem("id_at", "Enter a time, for example 5:40pm or 17:40"),
        ErrorItem("id_danger", "Answer the question “Is somebody in danger now?”"),
        ErrorItem("id_why_not", "Answer the question “Why not?”"),
        ErrorItem("id_channel", "Choose from the answers offered"),
        ErrorItem("id_other_part", "Answer the question “What else?”"),
        ErrorItem("id_sure", "Tick the box to confirm: I have read this again"),
    ]


def test_what_is_wrong_with_the_whole_form_comes_first_and_without_a_link():
    form = TextForm({})
    form.add_error(None, "Somebody else wrote here.")
    assert form.error_summary()[0] == ErrorItem("", "Somebody else wrote here.")


@pytest.mark.parametrize("bad", [chr(0), chr(0xD800), chr(0xDFFF), "a\x00b"])
@pytest.mark.parametrize("field", ["text", "note"])
def test_what_cannot_be_stored_is_refused_beside_its_field_and_shown_as_a_mark(bad, field):
    form = TextForm({"text": "good", "note": "good", field: f"a{bad}"})
    assert list(form.errors) == [field]
    assert "cannot be stored" in form.errors[field][0]
    assert "\ufffd" in form[field].value()
    str(form[field]).encode()


def test_what_cannot_be_stored_in_a_box_of_a_date_is_refused_too():
    form = EveryForm({**GOOD, "arrived_month": "1\x00"})
    assert list(form.errors) == ["arrived"]
    assert "cannot be stored" in form.errors["arrived"][0]


def test_text_is_composed_stripped_and_has_one_kind_of_line_end():
    form = TextForm({"text": "  Zoe\u0308\r\nline\rend \n"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "Zoë\nline\nend"


def test_text_is_limited_generously_and_the_message_says_how_long_it_is():
    assert TextForm({"text": "é" * TEXT_LIMIT}).is_valid()
    assert TextForm({"text": "e\u0301" * TEXT_LIMIT}).is_valid(), "counted as composed"
    form = TextForm({"text": "x" * (TEXT_LIMIT + 1)})
    assert form.errors["text"] == ["Shorten this to 10000 characters or fewer. It has 10001"]


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_taken_composed_or_refused_and_can_always_be_shown(text):
    form = TextForm({"text": text})
    if form.is_valid():
        cleaned = form.cleaned_data["text"]
        assert cleaned == unicodedata.normalize("NFC", cleaned)
        cleaned.encode()
    str(form["text"]).encode()


@pytest.mark.parametrize(
    "data",
    [
        {"text": "good"},
        MultiValueDict({"text": ["good"]}),
        QueryDict("text=good"),
    ],
)
def test_data_may_come_from_a_request_or_a_draft(data):
    form = TextForm(data)
    assert form.is_valid()
    assert form.cleaned_data == {"text": "good", "note": ""}


def test_posted_lists_stay_lists():
    query = QueryDict(mutable=True)
    query.update(GOOD | {"parts": "what"})
    query.setlist("parts", ["what", "who"])
    form = EveryForm(query)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["parts"] == ["what", "who"]


@pytest.mark.parametrize(("typed", "value"), [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed, value):
    form = YesForm({"told": typed, "private": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"told": value, "maybe": None, "private": typed}


@pytest.mark.parametrize("wrong", ["", "true", "True", "1", "on", "YES"])
def test_only_yes_and_no_answer_yes_or_no(wrong):
    assert "told" in YesForm({"told": wrong, "private": "no"}).errors


@pytest.mark.parametrize(("initial", "shown"), [(True, "yes"), (False, "no"), (None, None)])
def test_a_saved_answer_is_shown_and_none_is_not(initial, shown):
    form = YesForm(initial={"told": initial})
    assert form["told"].value() == shown
    bound = YesForm({"told": "yes", "private": "no"}, initial={"told": initial})
    assert ("told" in bound.changed_data) is (initial is not True)


def test_an_answer_that_does_not_apply_is_neither_asked_for_nor_kept():
    form = EveryForm({**GOOD, "why_not": "Left over", "told_on_day": "99"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["why_not"] == ""
    assert form.cleaned_data["told_on"] is None


def test_clean_sees_no_answer_that_does_not_apply():
    seen = {}

    class Form(EveryForm):
        def clean(self):
            seen.update(self.cleaned_data)

    Form({**GOOD, "why_not": "Left over"}).is_valid()
    assert seen["why_not"] == ""


def test_an_answer_that_applies_is_asked_for_and_kept():
    data = {**GOOD, "told": "no", "parts": ["other"]}
    assert list(EveryForm(data).errors) == ["why_not", "other_part"]
    form = EveryForm({**data, "why_not": "Not safe", "other_part": "How to complain"})
    assert form.is_valid()
    assert form.cleaned_data["why_not"] == "Not safe"


def test_a_field_that_a_form_adds_for_itself_is_prepared_too():
    class Form(PlainForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["later"] = forms.ChoiceField(label="Later", choices=[("a", "A")])
            self.fields["text"] = forms.CharField(label="DSL’s words")

    form = Form({"later": "", "text": ""})
    assert form.errors == {"later": ["Choose later"], "text": ["Enter DSL’s words"]}
    assert form["later"].field.choices[0] == ("", "Choose one")


def test_a_fields_own_words_are_kept():
    class Form(PlainForm):
        name = TextField(label="Name", error_messages={"required": "Say who rang"})

    assert Form({}).errors["name"] == ["Say who rang"]


def test_forms_of_one_class_share_nothing():
    first, second = EveryForm(BAD), EveryForm(GOOD)
    assert not first.is_valid()
    assert second.is_valid()
    assert EveryForm.base_fields["why_not"].required
    assert EveryForm.base_fields["name"].max_length is None


def test_our_words_can_be_put_before_another_packages_form():
    class Other(forms.Form):
        password = forms.CharField(label="Password")

    class Ours(PlainWords, Other):
        pass

    assert Ours({}).errors["password"] == ["Enter password"]
    assert "required" not in str(Ours()["password"])


def test_hints_for_values_that_are_not_offered_are_a_mistake():
    with pytest.raises(ValueError, match="not offered"):
        RadioField(choices=[("a", "A")], hints={"b": "B"})


def test_an_unknown_choice_is_refused_without_repeating_it():
    form = EveryForm({**GOOD, "private": "<b>"})
    assert form.errors == {"private": ["Choose from the answers offered"]}
