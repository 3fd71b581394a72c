"""The crispy pack: the HTML that govuk-frontend expects, and Django's ids."""

import pytest
from django import forms
from django.template import engines

from infosharing.journeys.forms import (
    BritishDateField,
    CheckboxesField,
    ConfirmField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)
from tests.look.samples import BAD, GOOD, EveryForm, WhoForm
from tests.look.support import every, fixture, outline

SIZES = frozenset({"govuk-label--s", "govuk-fieldset__legend--s"})
ERROR = {"error_messages": {"required": "Say it"}}
TWO = [("a", "A"), ("b", "B")]
THREE = [*TWO, ("c", "C")]
HINTS = {"a": "Hint a", "b": "Hint b", "c": "Hint c"}


def crispy(form: forms.BaseForm) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
    return template.render({"form": form})


def crispy_tag(form: forms.BaseForm) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form, "csrf_token": "token"})


def with_field(field: forms.Field, data: dict[str, str] | None = None, **attributes) -> PlainForm:
    class_ = type("SampleForm", (PlainForm,), {"q": field, **attributes})
    form: PlainForm = class_(data)
    return form


@pytest.mark.parametrize(
    ("component", "name", "form"),
    [
        ("input", "default", lambda: with_field(TextField(label="Name"))),
        ("input", "with hint text", lambda: with_field(TextField(label="N", help_text="H"))),
        ("input", "with error message", lambda: with_field(TextField(label="N", **ERROR), {})),
        (
            "input",
            "with error and hint",
            lambda: with_field(TextField(label="N", help_text="H", **ERROR), {}),
        ),
        (
            "textarea",
            "with hint and error message",
            lambda: with_field(LongTextField(label="N", help_text="H", **ERROR), {}),
        ),
        ("select", "default", lambda: with_field(forms.ChoiceField(label="N", choices=TWO))),
        (
            "select",
            "with hint text and error message",
            lambda: with_field(
                forms.ChoiceField(label="N", choices=TWO, help_text="H", **ERROR), {}
            ),
        ),
        (
            "radios",
            "inline",
            lambda: with_field(YesNoField(label="N", help_text="H")),
        ),
        (
            "radios",
            "with hint and error message",
            lambda: with_field(RadioField(label="N", choices=TWO, help_text="H"), {}),
        ),
        (
            "radios",
            "with hints on items",
            lambda: with_field(
                RadioField(label="N", choices=TWO, hints={"a": "Hint a", "b": "Hint b"}),
                one_question=True,
            ),
        ),
        (
            "checkboxes",
            "with hints on items",
            lambda: with_field(
                CheckboxesField(label="N", choices=TWO, hints={"a": "Hint a", "b": "Hint b"})
            ),
        ),
        (
            "checkboxes",
            "with error message",
            lambda: with_field(CheckboxesField(label="N", choices=THREE, hints=HINTS), {}),
        ),
    ],
)
def test_a_field_has_the_outline_of_the_fixture(component, name, form):
    assert outline(crispy(form()), SIZES) == outline(fixture(component, name))


def test_a_question_alone_is_the_heading_of_the_page():
    html = crispy(with_field(TextField(label="N"), one_question=True))
    expected = outline(fixture("input", "with label as page heading"))
    assert outline(html, SIZES) == expected
    (heading,) = every(html, "h1")
    assert heading.text.strip() == "N"


def test_what_an_answer_reveals_stands_inside_its_answer():
    fields = {name: TextField(label=name) for name in ("x", "y", "z")}
    reveals = {"q": {"a": ("x",), "b": ("y",), "c": ("z",)}}
    form = with_field(RadioField(label="Q", choices=THREE), reveals=reveals, **fields)
    ignored = frozenset({*SIZES, "govuk-form-group"})
    html = crispy(form)
    assert outline(html, ignored) == outline(fixture("radios", "with conditional items"), ignored)
    for radio in every(html, "input", type="radio"):
        (block,) = every(html, id=radio.attributes["data-aria-controls"])
        assert "govuk-radios__conditional--hidden" in block.classes
    for name in fields:
        assert len(every(html, name=name)) == 1


def test_a_revealed_block_is_open_when_its_answer_is_chosen():
    html = crispy(EveryForm(BAD))
    blocks = every(html, class_="govuk-radios__conditional")
    assert [("govuk-radios__conditional--hidden" in b.classes) for b in blocks] == [False]


def test_a_date_has_the_outline_of_the_fixture():
    class Form(PlainForm):
        born = BritishDateField(label="Born", help_text="For example, 27 3 2026")

    html = crispy(Form({"born_day": "27", "born_month": "Tober", "born_year": "2026"}))
    # Ours is wider for months that are typed as words.
    got = outline(html, frozenset({*SIZES, "govuk-input--width-2"}))
    wanted = fixture("date-input", "with error on month input")
    assert got == outline(wanted, frozenset({"govuk-input--width-2"}))
    assert [e.attributes["id"] for e in every(html, "input")] == [
        "id_born",
        "id_born_month",
        "id_born_year",
    ]
    assert [e.attributes["value"] for e in every(html, "input")] == ["27", "Tober", "2026"]


@pytest.mark.parametrize("data", [None, GOOD, BAD], ids=["new", "good", "bad"])
def test_every_id_is_there_once_and_every_reference_leads_somewhere(data):
    html = crispy(EveryForm(data))
    ids = [element.attributes["id"] for element in every(html) if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in every(html):
        for attribute in ("for", "aria-describedby", "data-aria-controls"):
            assert set(element.attributes.get(attribute, "").split()) <= set(ids)
    labelled = {element.attributes["for"] for element in every(html, "label")}
    controls = [e for tag in ("input", "textarea", "select") for e in every(html, tag)]
    assert {e.attributes["id"] for e in controls} == labelled


def test_hints_and_errors_have_djangos_ids_and_describe_their_field():
    html = crispy(EveryForm({**BAD, "wish": ""}))
    (wish,) = every(html, "textarea", name="wish")
    assert wish.attributes["aria-describedby"] == "id_wish_helptext id_wish_error"
    assert wish.attributes["aria-invalid"] == "true"
    (error,) = every(html, id="id_wish_error")
    assert error.text.split() == [
        *("Error:", "Answer", "the", "question"),
        *("“What", "do", "they", "want", "to", "know?”"),
    ]
    (group,) = [e for e in every(html, "fieldset") if "When did it arrive?" in e.text]
    assert group.attributes["aria-describedby"] == "id_arrived_helptext id_arrived_error"


def test_the_first_radio_button_and_checkbox_have_the_bare_id():
    html = crispy(EveryForm())
    assert [e.attributes["id"] for e in every(html, name="danger")] == ["id_danger", "id_danger-2"]
    assert [e.attributes["id"] for e in every(html, name="parts")] == [
        "id_parts",
        "id_parts-2",
        "id_parts-3",
    ]


@pytest.mark.parametrize("render", [crispy, crispy_tag])
@pytest.mark.parametrize("form", [EveryForm, WhoForm])
def test_the_filter_and_the_tag_show_every_field_once(render, form):
    html = render(form())
    names = [e.attributes.get("name", "") for e in every(html)]
    for field in form.base_fields:
        assert {name for name in names if name == field or name.startswith(f"{field}_")}


def test_the_browser_neither_refuses_nor_shortens_what_is_typed():
    html = crispy_tag(EveryForm())
    for element in every(html):
        assert not {"required", "maxlength", "minlength", "pattern"} & element.attributes.keys()
    (form,) = every(html, "form")
    assert "novalidate" in form.attributes
    (token,) = every(html, "input", name="csrfmiddlewaretoken")
    assert token.attributes["type"] == "hidden"


def test_everything_typed_is_shown_again_after_an_error():
    class Form(EveryForm):
        pass

    typed = {
        **BAD,
        "wish": "<script>alert(1)</script>\n“She”",
        "why_not": "Not yet",
        "told_on_day": "9",
    }
    html = crispy(Form(typed))
    assert every(html, "textarea", name="wish")[0].text.strip() == typed["wish"]
    assert "<script>" not in html
    assert every(html, "textarea", name="why_not")[0].text.strip() == "Not yet"
    assert every(html, name="told_on_day")[0].attributes["value"] == "9"
    assert every(html, name="at")[0].attributes["value"] == "5"
    checked = [e.attributes["value"] for e in every(html, "input") if "checked" in e.attributes]
    assert checked == ["not_sure", "no", "other"]


def test_a_form_of_another_package_is_shown_without_placeholders():
    class Form(forms.Form):
        name = forms.CharField(max_length=9, widget=forms.TextInput({"placeholder": "Name"}))
        secret = forms.CharField(widget=forms.HiddenInput(), initial="s")
        tick = forms.BooleanField(required=False, initial=True)

    html = crispy(Form())
    assert "placeholder" not in html
    assert "maxlength" not in html
    assert every(html, "input", name="secret")[0].attributes["type"] == "hidden"
    assert "checked" in every(html, "input", name="tick")[0].attributes


def test_a_box_to_tick_is_one_checkbox_with_its_hint_and_error():
    html = crispy(with_field(ConfirmField(label="I agree", help_text="You sign."), {}))
    (box,) = every(html, "input")
    assert box.attributes["aria-describedby"] == "id_q_helptext id_q_error"
    assert "Tick the box to confirm: I agree" in html


def test_a_set_of_forms_is_shown_with_its_management_form():
    formset = forms.formset_factory(WhoForm, extra=2)(prefix="people")
    html = crispy(formset)
    assert every(html, name="people-TOTAL_FORMS")
    assert len(every(html, "fieldset")) == 2
