"""A day and a time of day as one moment, on the two nights when the clocks change as well."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from infosharing.journeys.templatetags.british import british_time

LONDON: Final = ZoneInfo("Europe/London")


def london_moment(day: date, clock: time, *, later: bool = False) -> datetime:
    """Return the moment (in UTC) at which the clocks in London show this on this day.

    ``later``: the second of two, of the hour that comes twice in October; otherwise the first.

    :raises django.core.exceptions.ValidationError: for a time that the clocks jump over.
    """
    moment = datetime.combine(day, clock, LONDON).replace(fold=int(later)).astimezone(UTC)
    shown = moment.astimezone(LONDON)
    if (shown.date(), shown.time()) != (day, clock):
        raise ValidationError(
            f"There is no {british_time(clock)} on this day: the clocks jump from 1am to 2am. "
            "Enter a time before 1am, or 2am or later",
            code="no_such_time",
        )
    return moment


def check_there_was(form: BaseForm, day: str, clock: str) -> None:
    """Put beside the time of a form that there is no such time on its day, if so."""
    on, at = form.cleaned_data.get(day), form.cleaned_data.get(clock)
    if isinstance(on, date) and isinstance(at, time):
        try:
            london_moment(on, at)
        except ValidationError as problem:
            form.add_error(clock, problem)


def comes_twice(moment: datetime) -> bool:
    """Whether what the clocks in London show at a moment (aware) is shown twice that night."""
    shown = moment.astimezone(LONDON)
    return shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()


def end_of_minute(moment: datetime) -> datetime:
    """Return the last instant of the minute that a moment is in."""
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1, microseconds=-1)
