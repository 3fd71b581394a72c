"""What becomes known of a person: from whom they are protected, court orders, views."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from infosharing.cases.domain.hearing import Order, Said
from infosharing.cases.enums import HeardHow, OrderKind, Whose
from infosharing.journeys.forms import (
    BritishDateField,
    ConfirmField,
    EvidenceFields,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    TextField,
)


class ProtectionForm(PlainForm):
    """Whom the details must not reach, and why."""

    from_whom = TextField(
        label="Whom must their details not reach?",
        max_length=300,
        help_text="A name, and what they are to the person. For example: Dean Cole, her father.",
        error_messages={"required": "Say whom the details must not reach"},
    )
    why = LongTextField(
        label="Why?",
        rows=3,
        help_text="What could happen, and which details: the address, the school, the new name. "
        "Whoever sees this person in any case reads this.",
        error_messages={"required": "Say why, in a sentence"},
    )
    named_only = ConfirmField(
        label="Show this person only to those named on their cases",
        required=False,
        help_text="Every case they are in, now or later, is then restricted: other leads and "
        "auditors lose sight of it until somebody named brings them in.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, can_restrict: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if not can_restrict:
            del self.fields["named_only"]


class EndProtectionForm(PlainForm):
    """Which mark is no longer needed, and why."""

    which = RadioField(
        label="Whom may their details reach now?",
        choices=(),
        error_messages={"required": "Choose whom their details may reach now"},
    )
    reason = LongTextField(
        label="Why is this safe now?",
        rows=3,
        help_text="Who said so, and when.",
        error_messages={"required": "Say why this is safe now"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        current: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        field = self.fields["which"]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = list(current)


class _OnADay(PlainForm):
    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today

    def not_to_come(self, name: str) -> date | None:
        """Return the day in a field, refused if it has not come."""
        day: date | None = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError("This day has not come yet")
        return day


class CourtOrderForm(EvidenceFields, _OnADay):
    """An order of a court about a person; ``today`` is the date in London."""

    asks = "Is the order among the documents of this case?"
    asks_for_file = "A copy of the order"

    kind = RadioField(
        label="What kind of order is it?",
        choices=OrderKind.choices,
        error_messages={"required": "Say what kind of order it is"},
    )
    says = LongTextField(
        label="What does it say?",
        rows=4,
        help_text="What somebody may or must not do, in plain words, and for whom.",
        error_messages={"required": "Say what the order says"},
    )
    court = TextField(label="Which court made it?", max_length=300, required=False)
    made_on = BritishDateField(
        label="Which day was it made?", required=False, help_text="For example 27 3 2026"
    )
    ends_on = BritishDateField(
        label="Until which day does it hold?",
        required=False,
        help_text="Leave empty if it has no end.",
    )

    def clean_made_on(self) -> date | None:
        """Refuse a day that has not come."""
        return self.not_to_come("made_on")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        made_on, ends_on = found.get("made_on"), found.get("ends_on")
        if made_on and ends_on and ends_on < made_on:
            self.add_error("ends_on", "This day is before the day it was made. Check both")
        return found

    def order(self) -> Order:
        """Return the order; of a valid form."""
        data = self.cleaned_data
        return Order(
            kind=OrderKind(data["kind"]),
            says=data["says"],
            court=data["court"],
            made_on=data["made_on"],
            ends_on=data["ends_on"],
        )


class ViewForm(_OnADay):
    """What somebody thinks of it, in their own words; ``today`` is the date in London."""

    whose = RadioField(
        label="Whose view is it?",
        choices=Whose.choices,
        error_messages={"required": "Say whose view it is"},
    )
    said_by = NameField(
        label="Their name",
        max_length=200,
        error_messages={"required": "Enter the name of whoever said it"},
    )
    words = LongTextField(
        label="What did they say?",
        rows=4,
        help_text="In their words, also what they fear and what they wish for.",
        error_messages={"required": "Write what they said"},
    )
    how = RadioField(
        label="How was it heard?",
        choices=HeardHow.choices,
        error_messages={"required": "Say how it was heard"},
    )
    said_on = BritishDateField(
        label="Which day?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day they said it"},
    )
    heard_by = TextField(
        label="Who heard it?",
        max_length=200,
        help_text="Name and job.",
        error_messages={"required": "Say who heard it"},
    )

    def clean_said_on(self) -> date | None:
        """Refuse a day that has not come."""
        return self.not_to_come("said_on")

    def said(self) -> Said:
        """Return the view; of a valid form."""
        data = self.cleaned_data
        return Said(
            whose=Whose(data["whose"]),
            said_by=data["said_by"],
            words=data["words"],
            said_on=data["said_on"],
            how=HeardHow(data["how"]),
            heard_by=data["heard_by"],
        )
