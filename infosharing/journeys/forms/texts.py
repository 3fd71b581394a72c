"""Text as people type it: composed letters, no characters that cannot be stored or shown."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.datastructures import MultiValueDict

TEXT_LIMIT = 10_000
UNREADABLE = (
    "This contains a character that cannot be stored. It is shown as \ufffd. "
    "Take it out or type it again"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?")

Value = TypeVar("Value")


def readable(text: str) -> str:
    """Composed (NFC), one kind of line end, and a visible mark for what cannot be stored."""
    return unicodedata.normalize("NFC", _NEWLINES.sub("\n", _UNSTORABLE.sub("\ufffd", text)))


def _readable(value: Any, key: str, unreadable: set[str]) -> Any:
    if isinstance(value, list | tuple):
        return [_readable(one, key, unreadable) for one in value]
    if not isinstance(value, str):
        return value
    if _UNSTORABLE.search(value):
        unreadable.add(key)
    return readable(value)


def readable_data(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], set[str]]:
    """The posted data made readable, and the keys that held something that cannot be stored."""
    unreadable: set[str] = set()
    if isinstance(data, MultiValueDict):
        lists = {key: _readable(values, key, unreadable) for key, values in data.lists()}
        return MultiValueDict(lists), unreadable
    return {key: _readable(value, key, unreadable) for key, value in data.items()}, unreadable


class TextField(forms.CharField):
    """A line of text. ``width`` is 2, 3, 4, 5, 10, 20 or 30 characters, or None for the column."""

    def __init__(self, *, width: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if width:
            self.widget.attrs["class"] = f"govuk-input--width-{width}"


class LongTextField(forms.CharField):
    """Several lines of text; ``rows`` says how much is expected, not how much is allowed."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
