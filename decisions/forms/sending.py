"""What was sent to one recipient, and whether it arrived."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.care import care_of
from decisions.domain.following import Taken
from decisions.enums import ReceiptState
from decisions.forms.addresses import refuse_no_address
from decisions.models import Recipient
from decisions.policies import unplanned
from infosharing.journeys.forms import (
    BritishDateField,
    BritishTimeField,
    CheckboxesField,
    EvidenceFields,
    LongTextField,
    NameField,
    RadioField,
    RememberedTimeField,
    TextField,
    YesNoField,
)
from infosharing.journeys.forms.clocks import check_there_was

Choices = Sequence[tuple[str, str]]


def not_after(day: date | None, today: date) -> None:
    """Refuse a day that has not come.

    :raises ValidationError: for such a day.
    """
    if day and day > today:
        raise ValidationError("This day has not come yet", code="future")


class DisclosureForm(EvidenceFields):
    """What was sent to one recipient. What is held back is never among the items (R38)."""

    asks = "Is a copy of what was sent among the documents of this case?"
    asks_for_file = "A copy of what was sent"

    recipient = RadioField(label="Who was it sent to?", choices=[])
    items = CheckboxesField(
        label="What was sent?",
        help_text="Tick everything that was in it. What is held back is not offered.",
        choices=[],
    )
    sent_on = BritishDateField(label="On which day was it sent?")
    sent_time = RememberedTimeField(
        label="At what time?",
        help_text="As you remember it, such as “after lunch, about 2”. You can leave this empty.",
        required=False,
        max_length=100,
        width=20,
    )
    method = RadioField(label="How was it sent?", choices=[])
    address = TextField(
        label="Which address or number was used?",
        help_text="Where it really went. You can leave this empty if it was handed over in person.",
        required=False,
        max_length=300,
    )
    unplanned_because = LongTextField(
        label="If it was not sent as planned: why?",
        help_text="Another way, number or address than was signed. Whoever reviews it sees this.",
        required=False,
        rows=2,
    )
    sent_by = NameField(label="Who sent it?", max_length=200)
    told_confidential = YesNoField(label="Were they told that it is confidential?")
    note = LongTextField(
        label="Anything else worth knowing?",
        help_text="You can leave this empty.",
        required=False,
        rows=3,
    )

    def __init__(
        self,
        *args: Any,
        recipients: Mapping[str, Recipient],
        items: Choices,
        methods: Choices,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self._recipients = recipients
        named = [
            (key, ", ".join(filter(None, (one.name, one.organisation))))
            for key, one in recipients.items()
        ]
        for name, choices in (("recipient", named), ("items", items), ("method", methods)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = list(choices)
        self.fields["method"].widget.hints = {
            one.method: f"As planned for {one.name}." for one in recipients.values()
        }
        self._ask_for_care(methods)

    def _ask_for_care(self, methods: Choices) -> None:
        """Ask inside each way of sending what that way needs (R41)."""
        asked = {}
        for method, _words in methods:
            care = care_of(method)
            names = [f"checks_{method}"]
            self.fields[names[0]] = CheckboxesField(
                label="Tick what was done",
                help_text="What you leave out is shown to whoever reviews it.",
                choices=list(care.checks),
                required=False,
            )
            if care.tracking:
                names.append(f"tracking_{method}")
                self.fields[names[-1]] = TextField(
                    label=care.tracking,
                    help_text="If there is none, write why.",
                    max_length=200,
                )
            if care.heard:
                names.append(f"heard_{method}")
                self.fields[names[-1]] = TextField(label=care.heard, max_length=300)
            asked[method] = tuple(names)
        self.reveals = {"method": asked}  # type: ignore[misc]

    def clean_sent_on(self) -> date | None:
        day: date | None = self.cleaned_data["sent_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        """Ask why, where it was not sent as planned."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_no_address(self)
        recipient = self._recipients.get(cleaned.get("recipient") or "")
        method = cleaned.get("method")
        if recipient and method and not cleaned.get("unplanned_because"):
            other = unplanned(recipient, method, cleaned.get("address") or "")
            if other:
                self.add_error(
                    "unplanned_because",
                    f"Not as planned: {' and '.join(other)}. Say why, or correct it above",
                )
        return cleaned

    @property
    def taken(self) -> Taken:
        """The care taken, of a valid form."""
        said = self.cleaned_data
        method = said["method"]
        return Taken(
            checks=tuple(said[f"checks_{method}"]),
            tracking=said.get(f"tracking_{method}", ""),
            heard_by=said.get(f"heard_{method}", ""),
            unplanned_because=said["unplanned_because"],
        )


STATES = [
    (ReceiptState.CONFIRMED.value, "Yes, they confirmed it"),
    (ReceiptState.CHASED.value, "We asked, and have no answer yet"),
    (ReceiptState.NOT_RECEIVED.value, "No, it came back or never arrived"),
    (ReceiptState.WRONG_RECIPIENT.value, "No, it reached the wrong person"),
]


class ReceiptForm(EvidenceFields):
    """Whether what was sent reached who it was meant for (R44)."""

    asks = "Does a document of this case show it, such as their reply?"
    asks_for_file = "Something that shows it, such as their reply"

    state = RadioField(label="Has it reached who it was meant for?", choices=STATES)
    confirmed_by = TextField(label="Who confirmed it?", max_length=200)
    known_on = BritishDateField(label="On which day did you learn this, or ask?")
    how = LongTextField(
        label="How do you know?",
        help_text="Such as “she rang back”. You can leave this empty.",
        required=False,
        rows=3,
    )
    reached = LongTextField(
        label="Whom did it reach?",
        help_text="As far as you know: a name, an office, a household.",
        rows=2,
    )
    known_time = BritishTimeField(
        label="At what time did you learn this?",
        help_text="For example 5:40pm. There are 72 hours from then to tell the Information "
        "Commissioner (ICO), where that is needed.",
        error_messages={"required": "Enter the time: 72 hours run from it"},
    )
    contained = LongTextField(
        label="What has been done about it so far?",
        help_text="Such as asking them to delete it and not to pass it on. You can leave this "
        "empty and add it later.",
        required=False,
        rows=3,
    )
    reveals: ClassVar = {
        "state": {
            ReceiptState.CONFIRMED.value: ("confirmed_by",),
            ReceiptState.WRONG_RECIPIENT.value: ("reached", "known_time", "contained"),
        }
    }

    def __init__(
        self,
        *args: Any,
        sent_on: date,
        today: date,
        heard: bool = False,
        breached: bool = False,
        **kwargs: Any,
    ) -> None:
        """Offer only what makes sense.

        ``heard``: somebody heard it or took it, so that nobody asks whether it arrived;
        ``breached``: that it reached the wrong person is recorded already.
        """
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on
        self.today = today
        wrong = ReceiptState.WRONG_RECIPIENT.value
        offered = STATES[-1:] if heard else STATES
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [one for one in offered if one[0] != wrong or not breached]
        if heard:
            field.label = "What went wrong?"

    def clean_known_on(self) -> date | None:
        day: date | None = self.cleaned_data["known_on"]
        not_after(day, self.today)
        if day and day < self.sent_on:
            raise ValidationError("This day is before it was sent", code="before_sent")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a time that the clocks jumped over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_there_was(self, "known_on", "known_time")
        return cleaned
