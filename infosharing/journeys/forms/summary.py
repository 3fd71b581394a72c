"""What is wrong with a form, as the error summary shows it. Works for any Django form."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class ErrorItem:
    """One line of the error summary; ``id`` is empty where no single field is to blame."""

    id: str
    message: str


def focus_id(field: BoundField) -> str:
    """The id of the control that a link to this field should focus."""
    found = getattr(field, "focus_id", None)
    return found if isinstance(found, str) else field.auto_id


def error_items(form: "forms.BaseForm | forms.BaseFormSet[Any]") -> list[ErrorItem]:
    """Every message of the form: its own first, then field by field in page order."""
    if isinstance(form, forms.BaseFormSet):
        own = [ErrorItem("", str(message)) for message in form.non_form_errors()]
        return own + [item for each in form.forms for item in error_items(each)]
    items = [ErrorItem("", str(message)) for message in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else focus_id(field)
        items.extend(ErrorItem(target, str(message)) for message in field.errors)
    return items
