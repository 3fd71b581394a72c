"""What was done, decided or told about a breach."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.enums import BreachKind, Risk
from infosharing.journeys.forms import (
    BritishDateField,
    BritishTimeField,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
)
from infosharing.journeys.forms.clocks import check_there_was

TOLD = frozenset({BreachKind.TOLD_LEAD, BreachKind.TOLD_PERSON, BreachKind.TOLD_ICO})


class StepForm(PlainForm):
    """One step about a breach; ``kinds`` are those that the person may record now."""

    kind = RadioField(
        label="What do you record?",
        choices=[],
        error_messages={"required": "Choose what you record"},
    )
    risk = RadioField(
        label="What may come of it for the people?",
        choices=Risk.choices,
        hints={
            Risk.UNLIKELY.value: "The Information Commissioner’s Office (ICO) need not be told. "
            "The record here says why.",
            Risk.LIKELY.value: "The ICO is told within 72 hours.",
            Risk.HIGH.value: "The ICO is told within 72 hours, and the people without delay.",
        },
        error_messages={"required": "Say how great the risk is"},
    )
    who = NameField(
        label="Who?",
        help_text="Who did it, or who was told: name and role.",
        required=False,
        max_length=300,
    )
    happened_on = BritishDateField(label="On which day?")
    happened_time = BritishTimeField(label="At what time?", help_text="For example 5:40pm.")
    words = LongTextField(
        label="What was done or decided, and why?",
        rows=4,
        error_messages={"required": "Say what was done or decided, and why"},
    )
    reveals: ClassVar = {"kind": {BreachKind.RISK.value: ("risk",)}}

    def __init__(self, *args: Any, kinds: Sequence[BreachKind], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(kind.value, str(kind.label)) for kind in kinds]

    def clean_happened_on(self) -> date | None:
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise ValidationError("This day has not come yet", code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask who was told, and for a time that there was."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") in TOLD and not cleaned.get("who"):
            self.add_error("who", "Say who was told")
        check_there_was(self, "happened_on", "happened_time")
        return cleaned
