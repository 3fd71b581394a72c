"""Which moment of the past somebody wants to look at."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError

from infosharing.journeys.forms import BritishDateField, BritishTimeField, PlainForm
from infosharing.journeys.forms.clocks import LONDON, end_of_minute, london_moment

LAST_MINUTE = time(23, 59)


class MomentForm(PlainForm):
    """A day of the past, in London, and a time of it if it matters; ``moment`` is aware.

    A time means the end of its minute, as pages show times without seconds: what they say was
    recorded at 9am stood at 9am. Of an hour that comes twice the second is meant, for the same
    reason. The end of today, or of the minute that is running, is now.
    """

    on = BritishDateField(
        label="On which day?",
        error_messages={"required": "Enter the day, for example 14 3 2026"},
    )
    time = BritishTimeField(
        label="At what time?",
        required=False,
        help_text="A time means the end of that minute. Leave it empty for the end of that day.",
    )

    def __init__(self, data: Any = None, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Make one moment of the two.

        :raises django.core.exceptions.ValidationError: (beside the day) for a day to come;
            (beside the time) for a time to come, and for one that the clocks jump over.
        """
        cleaned = super().clean() or self.cleaned_data
        day: date | None = cleaned.get("on")
        if day is None:
            return cleaned
        if day > self.now.astimezone(LONDON).date():
            self.add_error("on", "Enter today or a day of the past")
            return cleaned
        clock: time | None = cleaned.get("time")
        try:
            if clock and london_moment(day, clock) > self.now:
                raise ValidationError(
                    "This time of today has not come yet. Enter one that has, or leave it empty"
                )
            last = london_moment(day, clock or LAST_MINUTE, later=True)
        except ValidationError as problem:
            self.add_error("time", problem)
        else:
            cleaned["moment"] = min(end_of_minute(last), self.now)
        return cleaned
