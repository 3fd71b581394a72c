"""Dates and times as people in Britain read them, on London's clock."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import template

register = template.Library()

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Of the hour that comes twice: the first is summer time.
_ZONES = ("British Summer Time", "Greenwich Mean Time")
# A time of day that can be read in one way only: 14:15, 09:55, 00:10, but not 9:55.
_CERTAIN = re.compile(r"(0\d|1[3-9]|2[0-3])[:.]([0-5]\d)")

Moment = datetime | date | str | None


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown on London's clock")
    return moment.astimezone(LONDON)


def _read(value: Moment) -> datetime | date | None:
    """ISO text is read; a moment is put on London's clock; one without a zone is a mistake."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    return _in_london(value) if isinstance(value, datetime) else value


@register.filter
def british_date(value: Moment) -> str:
    """22 November 2026; empty for nothing."""
    day = _read(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


@register.filter
def british_time(value: datetime | time | str | None) -> str:
    """5:40pm, 9am, midday, midnight. The hour that comes twice in October says which it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else time.fromisoformat(value)
    if isinstance(value, time):
        return _clock(value)
    moment = _in_london(value)
    zones = {moment.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return _clock(moment.time()) + (f" {_ZONES[moment.fold]}" if len(zones) > 1 else "")


@register.filter
def british_datetime(value: Moment) -> str:
    """22 November 2026 at 5:40pm; a date without a time is shown as a date."""
    moment = _read(value)
    if isinstance(moment, datetime):
        return f"{british_date(moment)} at {british_time(moment)}"
    return british_date(moment)


@register.filter
def as_remembered(text: str | None) -> str:
    """A time as somebody typed it, in the same way as the others if that is certain: 2:15pm.

    Anything else stays as it was typed: "after lunch", "9:55", "about 3".
    """
    found = _CERTAIN.fullmatch((text or "").strip())
    return _clock(time(int(found[1]), int(found[2]))) if found else text or ""


def _clock(value: time) -> str:
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"
