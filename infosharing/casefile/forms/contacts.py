"""Contacts: who, and numbers or addresses with where they were found."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from infosharing.cases.domain.contacts import Found
from infosharing.cases.enums import ContactKind
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)

Choices = Sequence[tuple[str, str]]


class WhoFields(PlainForm):
    """Who a contact is."""

    name = NameField(label="Name", max_length=200, help_text="A person, or a desk or helpline.")
    role = TextField(label="Role", max_length=200, required=False)
    agency = TextField(label="Organisation or team", max_length=200, required=False)


class FoundFields(PlainForm):
    """A number or an address, and where it was found."""

    kind = RadioField(label="What is it?", choices=ContactKind.choices)
    value = TextField(label="Number or address", max_length=300)
    source = TextField(
        label="Where did you find it?",
        help_text="Not in a message from them: on their organisation’s website, in a letter you "
        "asked for, through their switchboard.",
        max_length=300,
    )
    found_on = BritishDateField(label="On which day?")
    found_by = TextField(label="Who found it?", max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_found_on(self) -> date | None:
        day: date | None = self.cleaned_data["found_on"]
        if day and day > self.today:
            raise ValidationError("This day has not come yet", code="future")
        return day

    @property
    def found(self) -> Found:
        """The number or address, of a valid form."""
        said = self.cleaned_data
        return Found(
            kind=ContactKind(said["kind"]),
            value=said["value"],
            source=said["source"],
            found_on=said["found_on"],
            found_by=said["found_by"],
        )


class NewContactForm(FoundFields, WhoFields):
    """A contact with its first number or address; ``places`` are asked for where several."""

    place = RadioField(label="Whose contact is it?", choices=[])
    field_order = (
        "place",
        "name",
        "role",
        "agency",
        "kind",
        "value",
        "source",
        "found_on",
        "found_by",
    )

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(places)
        if len(places) == 1:
            del self.fields["place"]


class ChangeContactForm(WhoFields):
    """Correcting a contact; the earlier details stay readable."""

    used = YesNoField(label="Is it still used?", no="No, offer it no longer")
    reason = LongTextField(label="Why are you changing this?", rows=2)


class DetailForm(FoundFields):
    """A further number or address, perhaps in place of an earlier one."""

    NEW: ClassVar = "new"
    replaces = RadioField(label="Does it replace one?", choices=[])
    because = LongTextField(
        label="If it replaces one: why is the old one no longer right?", rows=2, required=False
    )

    def __init__(self, *args: Any, current: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["replaces"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(self.NEW, "No, it is a further one"), *current]

    def clean(self) -> dict[str, Any]:
        """Ask why, where one is replaced."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("replaces") not in (None, "", self.NEW) and not cleaned.get("because"):
            self.add_error("because", "Say why the old one is no longer right")
        return cleaned
