"""Dates in three boxes and times in one, understood as people in Britain write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from infosharing.journeys.forms.texts import TextField

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
PARTS = ("day", "month", "year")


def date_parts(name: str, day: date) -> dict[str, str]:
    """Return a day as it is sent in the parts of the date field of that name."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in PARTS}


EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_DAY = re.compile(r"0?([1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?::00)?(am|pm)?")
_BY_THE_CLOCK = re.compile(r"[0-9]{1,2}[:.][0-9]{2}\s*(?:[ap]\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date, ready to be shown."""

    name: str
    label: str
    id: str
    html_name: str
    value: str
    wrong: bool


class DateBoundField(BoundField):
    """A date on a form: knows its three boxes and which of them are wrong."""

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes to blame; all three where an error does not say."""
        blamed = [
            (error.params or {}).get("parts", PARTS)
            for error in self.form.errors.as_data().get(self.name, [])
        ]
        return tuple(part for part in PARTS if any(part in parts for parts in blamed))

    @property
    def focus_id(self) -> str:
        """The id of the first wrong box, or of the first box."""
        wrong = self.wrong_parts
        return self._part_id(wrong[0] if wrong else PARTS[0])

    @property
    def parts(self) -> list[DatePart]:
        """The boxes in order; the first has the bare id of the field."""
        value = self.value()
        typed = value if isinstance(value, list | tuple) else _split(value)
        wrong = self.wrong_parts
        return [
            DatePart(
                name=part,
                label=part.capitalize(),
                id=self._part_id(part),
                html_name=f"{self.html_name}_{part}",
                value=text,
                wrong=part in wrong,
            )
            for part, text in zip(PARTS, _texts(typed), strict=True)
        ]

    def _part_id(self, part: str) -> str:
        return self.auto_id if part == PARTS[0] else f"{self.auto_id}_{part}"


class DateWidget(forms.MultiWidget):
    """Three text boxes named ``<field>_day``, ``<field>_month`` and ``<field>_year``."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[str]:
        return _split(value)


class BritishDateField(forms.MultiValueField):
    """Day, month (number or name) and four-digit year; gives a date, or None if not required."""

    widget = DateWidget
    bound_field_class = DateBoundField
    default_error_messages = {
        "invalid": "Enter a real date, for example 27 3 2026",
        "month": "Enter the month as a number or a name, for example 3 or March",
        "year": "Enter the year with four digits, for example 2026",
    }

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False) for _ in PARTS]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        typed = _texts(value)
        if not any(typed):
            if self.required:
                raise self._wrong("required", PARTS)
            return None
        missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
        if missing:
            raise ValidationError(
                "The date must include a %(missing)s",
                code="incomplete",
                params={"missing": " and a ".join(missing), "parts": missing},
            )
        found = self._date(*typed)
        self.run_validators(found)
        return found

    def _date(self, day: str, month: str, year: str) -> date:
        number = _month(month)
        if number is None:
            raise self._wrong("month" if not month.isdecimal() else "invalid", ("month",))
        if not _YEAR.fullmatch(year):
            raise self._wrong("year", ("year",))
        if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            raise self._wrong("invalid", ("year",))
        in_month = _DAY.fullmatch(day.lower())
        if in_month is None:
            raise self._wrong("invalid", ("day",))
        try:
            return date(int(year), number, int(in_month[1]))
        except ValueError:
            raise self._wrong("invalid", ("day",)) from None

    def _wrong(self, code: str, parts: tuple[str, ...]) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts})

    def compress(self, data_list: Sequence[Any]) -> date | None:
        return self.clean(data_list)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        before = initial if isinstance(initial, list) else _split(initial)
        return _texts(before) != _texts(data)


class BritishTimeField(forms.CharField):
    """A time of day such as 17:40, 5.40pm, 5pm or midday; gives a time, or None if empty."""

    default_error_messages = {"invalid": "Enter a time, for example 5:40pm or 17:40"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["class"] = "govuk-input--width-5"

    def clean(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        text = super().clean(value)
        return parse_time(text, str(self.error_messages["invalid"])) if text else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class RememberedTimeField(TextField):
    """About when: any words, such as "after lunch"; a time by the clock must be one there is."""

    default_error_messages = {
        "invalid": "There is no such time. Enter it for example as 5:40pm, or in words"
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if _BY_THE_CLOCK.fullmatch(text):
            parse_time(text, str(self.error_messages["invalid"]))
        return text


def parse_time(text: str, message: str) -> time:
    """Read a time of day; a bare number is refused, as it may be morning or evening."""
    plain = re.sub(r"\s+|(?<=[ap])\.(?=m)|(?<=m)\.$", "", text.strip().lower())
    if plain in {"midday", "noon", "12noon", "12midday"}:
        return time(12)
    if plain in {"midnight", "12midnight"}:
        return time(0)
    found = _TIME.fullmatch(plain)
    if found is None or not (found[2] or found[3]):
        raise ValidationError(message, code="invalid")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and not 1 <= hour <= 12:
        raise ValidationError(message, code="invalid")
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValidationError(message, code="invalid")
    return time(hour, minute)


def _month(text: str) -> int | None:
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    word = text.lower().removesuffix(".")
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and name.startswith(word):
            return number
    return None


def _split(value: Any) -> list[str]:
    """A date, an ISO date or what was typed before, as the text of three boxes."""
    if isinstance(value, str) and value:
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return [value, "", ""]
    if isinstance(value, date):
        return [str(value.day), str(value.month), str(value.year)]
    return ["", "", ""]


def _texts(parts: Sequence[Any] | None) -> list[str]:
    return [str(part or "").strip() for part in parts or ("", "", "")]
