"""The page of one recipient: who gets it, how, and what they are told (R40 to R43)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from decisions.forms.addresses import refuse_no_address
from decisions.typed import ONWARD
from infosharing.guidance.codes import METHODS
from infosharing.journeys.forms import (
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)


class RecipientForm(PlainForm):
    """One person who gets it, and how it travels.

    ``brief``: in an emergency only name and way hold the signature back.
    """

    contact = forms.ChoiceField(
        label="Choose whom you know",
        help_text="From the school’s contacts. “Fill in below” writes what is known into this "
        "page, where you can change it.",
        required=False,
    )
    name = NameField(
        label="Who gets it?",
        help_text="A person rather than an office, where you can.",
        max_length=200,
        error_messages={"required": "Say who gets it"},
    )
    organisation = TextField(label="Organisation or team", max_length=200, required=False)
    method = RadioField(
        label="How will you send or tell it?",
        choices=METHODS,
        hints={
            "fax": "Ring first, and have them wait beside the machine.",
            "telephone": "Ring a number you found yourself.",
            "recorded_post": "Check address and enclosures before you seal it.",
        },
        error_messages={"required": "Choose how you will send or tell it"},
    )
    address = TextField(
        label="Address, number or mailbox",
        help_text="Exactly as you will use it.",
        max_length=300,
        required=False,
    )
    address_source = TextField(
        label="Where did you find this address or number?",
        help_text="Not in the message that asked: on their organisation’s website, or in your "
        "contacts.",
        max_length=500,
        required=False,
    )
    need_to_know = YesNoField(
        label="Do they need it to protect or help the person?",
        error_messages={"required": "Say whether they need to know it"},
    )
    told_confidential = YesNoField(
        label="Are they told that it is confidential, or will they be when you send it?",
        error_messages={"required": "Say whether they are told that it is confidential"},
    )
    intended_use = LongTextField(
        label="What will they do with it?",
        rows=3,
        error_messages={"required": "Say what they will do with it"},
    )
    onward = RadioField(
        label="May they pass it on?",
        choices=tuple(ONWARD.items()),
        help_text="Tell them so with what you send.",
        required=False,
    )
    onward_limits = LongTextField(
        label="To whom, and on what terms?",
        rows=2,
        error_messages={"required": "Say to whom they may pass it on"},
    )
    reveals = {"onward": {"named": ("onward_limits",)}}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        methods: Sequence[tuple[str, str]],
        brief: bool = False,
        offered: Sequence[tuple[str, str]] = (),
    ) -> None:
        """``offered`` are (key, words) of whom to choose; without any the question is not asked."""
        super().__init__(data)
        self._brief = brief
        if offered:
            choices = [("", "Somebody else: I type it below"), *offered]
            self.fields["contact"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["contact"]
        self.fields["method"].choices = list(methods)  # type: ignore[attr-defined]
        if brief:
            for name in ("need_to_know", "told_confidential", "intended_use"):
                self.fields[name].required = False

    def clean(self) -> None:
        """Refuse words for an e-mail address; in an emergency nothing waits for it."""
        super().clean()
        if not self._brief:
            refuse_no_address(self)

    def clean_need_to_know(self) -> bool | None:
        """Refuse a recipient who does not need to know."""
        needs: bool | None = self.cleaned_data["need_to_know"]
        if needs is False and not self._brief:
            raise forms.ValidationError(
                "Somebody who does not need it should not get it. Take them off the list"
            )
        return needs

    def clean_told_confidential(self) -> bool | None:
        """Refuse to leave the recipient in the dark."""
        told: bool | None = self.cleaned_data["told_confidential"]
        if told is False and not self._brief:
            raise forms.ValidationError(
                "Plan to tell them that it is confidential: one sentence with what you send"
            )
        return told
