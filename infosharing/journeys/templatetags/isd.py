"""What the templates of the ``isd`` crispy pack need to know about a form's fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms, template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from infosharing.journeys.forms import PlainForm, summary
from infosharing.journeys.forms.dates import DateBoundField

register = template.Library()

BLOCKS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
)
# Set by a form for the browser, and in the way: the server's words are shown instead, and text
# pasted in is never cut off silently.
UNWANTED = ("placeholder", "maxlength", "minlength", "required")


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox, ready to be shown."""

    id: str
    name: str
    value: str
    label: Any
    hint: str
    hint_id: str
    checked: bool
    disabled: bool
    reveals: list[BoundField] = field(default_factory=list)
    revealed_id: str = ""


@register.filter
def error_items(form: Any) -> list[summary.ErrorItem]:
    """The lines of the error summary: of a form or a set of forms, or a list made by the view."""
    if isinstance(form, forms.BaseForm | forms.BaseFormSet):
        return summary.error_items(form)
    return form if isinstance(form, list) else []


@register.filter
def kind(bound: BoundField) -> str:
    """Which template shows the field."""
    widget = bound.field.widget
    if isinstance(bound, DateBoundField):
        return "date"
    for name, widgets in (
        ("hidden", forms.HiddenInput),
        ("checkboxes", forms.CheckboxSelectMultiple),
        ("radios", forms.RadioSelect),
        ("checkbox", forms.CheckboxInput),
    ):
        if isinstance(widget, widgets):
            return name
    return "control"


@register.filter
def control(bound: BoundField) -> SafeString:
    """The input, textarea, select or file control itself, with the classes of the look."""
    widget = bound.field.widget
    base = next((name for kind_, name in BLOCKS if isinstance(widget, kind_)), "govuk-input")
    classes = [base, widget.attrs.get("class", "")]
    if bound.errors:
        classes.append(f"{base}--error")
    plain = forms.Widget.__deepcopy__(widget, {})
    plain.attrs = {name: value for name, value in widget.attrs.items() if name not in UNWANTED}
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if isinstance(widget, forms.Textarea):
        attrs.setdefault("rows", str(widget.attrs.get("rows", 5)))
        plain.attrs.pop("cols", None)
    return bound.as_widget(plain, attrs)


@register.filter
def choices(bound: BoundField) -> list[Choice]:
    """The radio buttons or checkboxes of a field; the first has the bare id of the field."""
    hints = getattr(bound.field.widget, "hints", {})
    found = []
    for number, subwidget in enumerate(_subwidgets(bound), start=1):
        value = str(subwidget["value"])
        id_ = bound.auto_id if number == 1 else f"{bound.auto_id}-{number}"
        form = bound.form
        revealed = form.revealed_by(bound.name, value) if isinstance(form, PlainForm) else []
        found.append(
            Choice(
                id=id_,
                name=bound.html_name,
                value=value,
                label=subwidget["label"],
                hint=hints.get(value, ""),
                hint_id=f"{id_}-item-hint",
                checked=bool(subwidget["selected"]),
                disabled=bound.field.disabled,
                reveals=revealed,
                revealed_id=f"conditional-{id_}" if revealed else "",
            )
        )
    return found


@register.filter
def reveals_any(found: Iterable[Choice]) -> bool:
    """Whether a script is needed to show and hide what belongs to an answer."""
    return any(choice.reveals for choice in found)


@register.filter
def is_revealed(bound: BoundField) -> bool:
    """Whether the field is shown inside an answer of another, and so not on its own."""
    return isinstance(bound.form, PlainForm) and bound.name in bound.form.revealed_names


@register.filter
def as_heading(bound: BoundField) -> bool:
    """Whether the field's label is the heading of the page."""
    return isinstance(bound.form, PlainForm) and bound.form.one_question and not is_revealed(bound)


@register.filter
def fieldset_descriptions(bound: BoundField) -> str:
    """The ids of the hint and the error of a group of controls."""
    return bound.aria_describedby or ""


@register.filter
def paired(row: Any, headers: list[Any]) -> list[dict[str, Any]]:
    """The cells of a table's row, each with what the header of its column says."""
    cells = getattr(row, "cells", row)
    return [
        {"cell": cell, "label": _of(header, "label", header), "numeric": _of(header, "numeric", "")}
        for cell, header in zip(cells, headers, strict=True)
    ]


@register.filter
def any_change(rows: Any) -> bool:
    """Whether a row of a summary can be changed: only then is there a column for it."""
    return any(_of(row, "change_url", "") for row in rows or ())


@register.simple_tag
def style_sheet() -> SafeString:
    """The link to the style sheet; nothing where static files are broken, so that a page that
    says that something went wrong is not itself the next thing to go wrong."""
    try:
        return format_html(
            '<link rel="stylesheet" href="{}">', staticfiles_storage.url("infosharing/app.css")
        )
    except (ValueError, OSError):
        return mark_safe("")


def _of(thing: Any, name: str, otherwise: Any) -> Any:
    if isinstance(thing, dict):
        return thing.get(name, otherwise)
    return getattr(thing, name, otherwise)


def _subwidgets(bound: BoundField) -> Iterable[dict[str, Any]]:
    return (subwidget.data for subwidget in bound.subwidgets)
