"""Refusing somebody who is not who they said: what was asked, how that showed, why (R4, R6)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from decisions.domain.refusing import Refusal
from decisions.domain.requesting import Asked, Identity, Requester
from decisions.enums import HOW_IT_SHOWED
from decisions.forms.matter import MatterForm
from infosharing.guidance import codes
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    NameField,
    RadioField,
    TextField,
)


class RefuseForm(MatterForm):
    """Why somebody is refused, and how it showed that they are not who they said.

    ``checked``: the failed check has been recorded, so only the reasons are asked. The case is
    known here.
    """

    identity_how = RadioField(
        label="How did it come out that they are not who they said?",
        choices=[(how.value, words) for how, words in HOW_IT_SHOWED.items()],
        error_messages={"required": "Say how it came out"},
        hints={"called_back": "For example: the real office does not know of it."},
    )
    identity_note = LongTextField(
        label="What did you check, and what did you find?",
        rows=3,
        error_messages={"required": "Say what you checked and what you found"},
    )
    reasons = LongTextField(
        label="Why are they told nothing?",
        rows=3,
        help_text="One sentence is enough.",
        error_messages={"required": "Give your reasons, in one sentence"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        checked: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if checked:
            del self.fields["identity_how"], self.fields["identity_note"]

    def refusal(self) -> Refusal:
        """Return the refusal; of a valid form."""
        data = self.cleaned_data
        identity = None
        if "identity_how" in self.fields:
            identity = Identity(
                identity="failed",
                identity_how=data["identity_how"],
                identity_note=data["identity_note"],
            )
        return Refusal(reasons=data["reasons"], role=self.chosen_role(), identity=identity)


class RefuseNewForm(RefuseForm):
    """The same for somebody whose asking has not been recorded yet; ``today`` is London's."""

    whom = "Whom did they ask about?"
    field_order = (
        *("channel", "requester_kind", "requester_name", "requester_organisation"),
        *("requester_contact", "who", "name", "age", "place", "find", "asked_for", "happened_on"),
        *("identity_how", "identity_note", "reasons", "role"),
    )

    channel = RadioField(
        label="How did they ask?",
        choices=codes.CHANNELS,
        error_messages={"required": "Say how they asked"},
    )
    requester_kind = RadioField(
        label="Who did they say they were?",
        choices=codes.REQUESTER_KINDS,
        error_messages={"required": "Say who they said they were"},
    )
    requester_name = NameField(
        label="The name they gave",
        max_length=200,
        help_text="If they would not say, write that.",
        error_messages={"required": "Enter the name they gave, or that they would not say"},
    )
    requester_organisation = TextField(
        label="The organisation they named", max_length=200, required=False
    )
    requester_contact = TextField(
        label="The number or address they used",
        max_length=300,
        required=False,
        help_text="It may help the police.",
    )
    asked_for = LongTextField(
        label="What did they want to know, and what did they say it was for?",
        rows=3,
        error_messages={"required": "Say what they wanted to know"},
    )
    happened_on = BritishDateField(
        label="Which day did they ask?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day they asked"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise ValidationError("This day has not come yet. Check it")
        return day

    def asked(self) -> Asked:
        """Return what was asked; of a valid form."""
        data = self.cleaned_data
        return Asked(
            asked_for=data["asked_for"],
            purpose="As they said, and they were not who they said",
            happened_on=data["happened_on"],
        )

    def requester(self) -> Requester:
        """Return who they said they were; of a valid form."""
        data = self.cleaned_data
        return Requester(
            channel=data["channel"],
            requester_kind=data["requester_kind"],
            requester_name=data["requester_name"],
            requester_organisation=data["requester_organisation"],
            requester_contact=data["requester_contact"],
        )
