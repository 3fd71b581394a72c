"""The components: what govuk-frontend expects, and what page authors rely on."""

import re

import pytest
from django import forms
from django.template import engines

from infosharing.journeys.forms import ErrorItem
from tests.look import samples
from tests.look.support import ROOT, every, fixture, outline, read


def component(name: str, **context) -> str:
    given = " ".join(f"{key}={key}" for key in context)
    source = f'{{% include "components/{name}.html" {"with " if given else ""}{given} only %}}'
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("html", "fixed"),
    [
        (
            lambda: component(
                "error_summary", form=[ErrorItem("", "Not right"), ErrorItem("id_a", "Agree")]
            ),
            ("error-summary", "mixed with and without links"),
        ),
        (lambda: component("tag", text="Closed", colour="grey"), ("tag", "grey")),
        (lambda: component("details", summary="Why", text="Because"), ("details", "default")),
        (lambda: component("inset", text="Only yours"), ("inset-text", "default")),
        (lambda: component("warning", text="Late"), ("warning-text", "default")),
        (lambda: component("back_link", url="#b"), ("back-link", "default")),
        (
            lambda: component("breadcrumbs", items=[{"label": "A", "url": "#a"}] * 4),
            ("breadcrumbs", "default"),
        ),
        (lambda: component("button", text="Go", kind="secondary"), ("button", "secondary")),
        (lambda: component("button", text="Go", url="#go"), ("button", "link")),
        (
            lambda: component("messages", messages=[samples.Message("success", "Done")]),
            ("notification-banner", "with type as success"),
        ),
        (
            lambda: component(
                "task_list",
                tasks=[
                    {"title": "A", "url": "#a", "status": "Completed"},
                    {"title": "B", "url": "#b", "status": "Incomplete", "colour": "blue"},
                    {"title": "C", "url": "#c", "status": "Incomplete", "colour": "blue"},
                ],
            ),
            ("task-list", "default"),
        ),
    ],
)
def test_a_component_has_the_outline_of_the_fixture(html, fixed):
    assert outline(html()) == outline(fixture(*fixed))


def test_a_summary_has_a_line_for_each_kind_of_value():
    html = component("summary_list", rows=samples.ROWS)
    rows = every(html, class_="govuk-summary-list__row")
    texts = [" ".join(row.text.split()) for row in rows]
    assert texts == [
        "Who is asking Police Change Who is asking",
        "What they want <b>he</b>and she Change What they want",
        "Purpose Not answered yet: Purpose",
        "Items One Two",
        "Advice The safeguarding lead has not been asked",
        "Other Not given",
    ]
    assert ["govuk-summary-list__row--no-actions" in row.classes for row in rows] == [
        *(False, False, True, True, True, True)
    ]
    assert "<b>" not in html


def test_a_summary_without_changes_has_no_column_for_them():
    html = component("summary_list", rows=[{"key": "A", "value": "b"}])
    assert "no-actions" not in html
    card = component(
        "summary_list", rows=[{"key": "A", "value": "b"}] * 2, title="T", change_url="#"
    )
    wanted = outline(fixture("summary-list", "as a summary card with actions"))
    got = outline(card)
    assert [one for one in wanted if one not in got] == []


def test_a_table_says_which_headers_belong_to_a_cell():
    html = component("table", **samples.TABLE)
    assert [e.attributes["scope"] for e in every(html, "th")] == ["col"] * 4 + ["row"] * 2
    cells = every(html, "td")
    assert [c.attributes["data-label"] for c in cells[:3]] == ["Signed", "Outcome", "Days"]
    assert ["govuk-table__cell--numeric" in c.classes for c in cells[:3]] == [False, False, True]
    assert [" ".join(c.text.split()) for c in cells[:3]] == [
        "20 November 2026",
        "Share in part",
        "2",
    ]
    (caption,) = every(html, "caption")
    assert caption.text == "Decisions that wait"


def test_a_row_that_does_not_fit_its_headers_is_a_mistake():
    with pytest.raises(ValueError, match="longer"):
        component("table", caption="C", headers=["A", "B"], rows=[["only one"]])


def test_what_cannot_be_pressed_says_why():
    html = component("button", text="Sign", why_not="Two answers are missing.", id="sign")
    (button,) = every(html, "button")
    assert button.attributes["aria-disabled"] == "true"
    assert button.attributes["type"] == "button"
    (reason,) = every(html, id=button.attributes["aria-describedby"])
    assert reason.text == "Two answers are missing."


def test_the_chronology_shows_moments_days_and_words():
    html = component("timeline", entries=samples.ENTRIES)
    assert [" ".join(e.text.split()) for e in every(html, class_="isd-timeline__when")] == [
        "22 November 2026 at 5:40pm, Sam Okafor",
        "23 November 2026",
        "after lunch, about 3",
    ]


def test_the_suggestion_says_what_why_and_what_is_missing():
    html = component("suggestion", **samples.SUGGESTION)
    text = " ".join(read(html).text.split())
    assert text == (
        "What the guide suggests so far May share without consent Because Somebody is likely to "
        "suffer significant harm. Nobody has refused. Still to do before signing Say what is "
        "shared Get advice You decide."
    )
    assert "Because" not in component("suggestion", words="Unfinished")


def test_the_error_summary_takes_a_form_a_set_of_forms_a_list_or_nothing():
    class Form(forms.Form):
        name = forms.CharField(error_messages={"required": "Say who"})

    assert every(component("error_summary", form=Form({})), "a")[0].attributes["href"] == "#id_name"
    formset = forms.formset_factory(Form, min_num=2, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-1-name": "A"}
    )
    links = every(component("error_summary", form=formset), "a")
    assert [a.attributes["href"] for a in links] == ["#id_form-0-name"]
    assert component("error_summary", form=Form()).strip() == ""
    assert component("error_summary").strip() == ""


def test_pagination_is_left_out_when_there_is_nowhere_to_go():
    assert component("pagination").strip() == ""
    assert len(every(component("pagination", older_url="#o"), "a")) == 1


def test_every_component_says_what_it_takes():
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        if path.stem not in {"mark", "table_cell"}:
            assert re.search(r"^(\{% load isd %\}\s*)?\{# \w", path.read_text()), path.name
