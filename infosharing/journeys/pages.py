"""Reading a posted page: the fields of its form and no others, as typed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from infosharing.journeys.forms.texts import TextField, readable, seen
from infosharing.journeys.steps import Typed


def names_of(form: BaseForm) -> list[str]:
    """Return the names under which the fields of a form are posted."""
    found = []
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        suffixes = getattr(field.widget, "widgets_names", [""])
        found += [html_name + suffix for suffix in suffixes]
    return found


def typed_in(form: BaseForm, posted: QueryDict) -> dict[str, list[str]]:
    """Return what was typed in the fields of a form; anything else that was posted is ignored.

    Only what cannot be stored is replaced, by a visible mark; and of one line, such as a name,
    what nobody can see is left out.
    """
    found = {}
    for name in names_of(form):
        if name in posted:
            line = isinstance(form.fields.get(name), TextField)
            values = [readable(value) for value in posted.getlist(name)]
            found[name] = [seen(value) for value in values] if line else values
    return found


def as_posted(typed: Typed) -> "MultiValueDict[str, str]":
    """Return typed text in the shape in which a form takes it."""
    return MultiValueDict({name: list(values) for name, values in typed.items()})


def whole(posted: Mapping[str, Any], name: str) -> int:
    """Return a posted whole number from 0; 0 for anything else."""
    value = str(posted.get(name, ""))
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def place(posted: Mapping[str, Any]) -> str:
    """Return the page of this product that a button called ``next`` leads to; "" for any other."""
    wanted = str(posted.get("next", ""))
    if not wanted.startswith("/") or not wanted.isprintable():
        return ""
    try:
        parts = urlsplit(wanted)
        if parts.netloc:
            return ""
        resolve(parts.path)
    except (ValueError, Resolver404):
        return ""
    return wanted


def touched(form: BaseForm, typed: Typed, kept: Typed | None) -> bool:
    """Return whether anything differs from what is kept, or else from what the page offered.

    ``form`` is the page's form without data.
    """
    before = _offered(form) if kept is None else kept
    return any(
        _said(typed.get(name, ())) != _said(before.get(name, ())) for name in {*typed, *before}
    )


def _offered(form: BaseForm) -> dict[str, list[str]]:
    found = {}
    for bound in form:
        value = bound.value()
        values = value if isinstance(value, list | tuple) else [value]
        found[bound.html_name] = [str(one) for one in values if one is not None]
    return found


def _said(values: Any) -> list[str]:
    return [value for value in values if value.strip()]
