"""Which moment of the past somebody wants to look at."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from infosharing.journeys.forms import BritishDateField, BritishTimeField, PlainForm

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59, 999999)


class MomentForm(PlainForm):
    """A day of the past, in London, and a time of it if it matters; ``moment`` is aware."""

    on = BritishDateField(
        label="On which day?",
        error_messages={"required": "Enter the day, for example 14 3 2026"},
    )
    time = BritishTimeField(
        label="At what time?",
        required=False,
        help_text="Leave it empty for the end of that day.",
    )

    def __init__(self, data: Any = None, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Make one moment of the two.

        :raises django.core.exceptions.ValidationError: (beside the day) for a day to come.
        """
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("on")
        if day is not None:
            if day > self.now.astimezone(LONDON).date():
                self.add_error("on", "Enter today or a day of the past")
            clock = cleaned.get("time") or END_OF_DAY
            cleaned["moment"] = min(datetime.combine(day, clock, LONDON), self.now)
        return cleaned
