"""Text as people type it: composed letters, no characters that cannot be stored or shown."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from infosharing.search.folding import unseen

TEXT_LIMIT = 10_000
UNREADABLE = (
    "This contains a character that cannot be stored. It is shown as \ufffd. "
    "Take it out or type it again"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
NAMELESS = "Type a name with at least one letter or number. If you do not know it, say who they are"
_BREAKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# Marks and turns of direction, spaces and joints without a width, what notes are hung on, fillers,
# controls. Not U+200C and U+200D, nor what makes one picture of several.
_UNMEANT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_NEWLINES = re.compile("\r\n?")

Value = TypeVar("Value")


def readable(text: str) -> str:
    """Composed (NFC), one kind of line end, and a visible mark for what cannot be stored."""
    return unicodedata.normalize("NFC", _NEWLINES.sub("\n", _UNSTORABLE.sub("\ufffd", text)))


def seen(line: str) -> str:
    """Return what can be seen of a line of text; what would break it is a space."""
    return _UNMEANT.sub("", "".join(" " if letter in _BREAKS else letter for letter in line))


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
    """A line of text. ``width`` is 2, 3, 4, 5, 10, 20 or 30 characters, or None for the column.

    What turns the direction of what follows, and what nobody can see, is taken out, so that no
    name is shown backwards and none is empty. Joiners stay, as Persian and Indian names need them.
    """

    def __init__(self, *, width: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if width:
            self.widget.attrs["class"] = f"govuk-input--width-{width}"

    def to_python(self, value: Any) -> Any:
        """Return what can be seen of it, on one line."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        return seen(text).strip() or self.empty_value


class NameField(TextField):
    """What somebody or something is called: at least one letter or number of it can be seen."""

    def clean(self, value: Any) -> Any:
        """Return the name.

        :raises django.core.exceptions.ValidationError: for one that cannot be read out.
        """
        name = super().clean(value)
        if name and not any(letter.isalnum() and not unseen(letter) for letter in name):
            raise ValidationError(NAMELESS)
        return name


class LongTextField(forms.CharField):
    """Several lines of text; ``rows`` says how much is expected, not how much is allowed."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
