"""Who stands in for a safeguarding lead, from when until when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from infosharing.accounts.models import User
from infosharing.journeys.forms import BritishDateField, LongTextField, PlainForm


class StandInForm(PlainForm):
    """One deputy for some days; whose place is asked only where there are several."""

    lead = forms.ChoiceField(
        label="Whose place is taken?",
        widget=forms.Select,
        error_messages={"required": "Choose whose place is taken"},
    )
    deputy = forms.ChoiceField(
        label="Who stands in?",
        widget=forms.Select,
        help_text="Somebody who records requests here already.",
        error_messages={"required": "Choose who stands in"},
    )
    starts_on = BritishDateField(
        label="First day",
        help_text="For example 27 3 2026. Today or later.",
        error_messages={"required": "Enter the first day"},
    )
    ends_on = BritishDateField(
        label="Last day",
        help_text="It ends by itself at the end of this day.",
        error_messages={"required": "Enter the last day"},
    )
    why = LongTextField(
        label="Why?",
        help_text="For example: away on a course. It stays on record.",
        rows=2,
        error_messages={"required": "Say why, for example: away on a course"},
    )

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        leads: Sequence[User],
        deputies: Sequence[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        for name, people in (("lead", leads), ("deputy", deputies)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [("", "Choose a person")] + [
                (user.public_id, f"{user.name} ({user.username})") for user in people
            ]
        if len(leads) == 1:
            del self.fields["lead"]

    def clean(self) -> dict[str, Any]:
        """Compare the two days."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day is before the first day")
        return cleaned
