"""The days on which nobody is at work at a school or service."""

from typing import Any

from infosharing.journeys.forms import BritishDateField, PlainForm, TextField


class ClosureForm(PlainForm):
    """One span of days, with what it is."""

    what = TextField(
        label="What is it?",
        max_length=200,
        help_text="For example: Christmas holidays, staff training.",
        error_messages={"required": "Say what it is, for example Christmas holidays"},
    )
    first_on = BritishDateField(
        label="First day",
        help_text="For example 21 12 2026",
        error_messages={"required": "Enter the first day"},
    )
    last_on = BritishDateField(
        label="Last day",
        required=False,
        help_text="Leave empty for a single day.",
    )

    def clean(self) -> dict[str, Any]:
        """A single day is its own last day; the last is never before the first."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("first_on"), found.get("last_on")
        if first and not last and "last_on" not in self.errors:
            found["last_on"] = first
        elif first and last and last < first:
            self.add_error("last_on", "The last day is before the first. Check both")
        return found
