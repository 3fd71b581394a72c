"""The emergency page: who, what, to whom, how, why now; nothing else holds it up (R19)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from decisions.domain.emergency import FromPaper, Shared, SharedAlready
from decisions.domain.requesting import Identity, Requester
from decisions.enums import IdentityHow
from decisions.forms.matter import MatterForm
from infosharing.guidance import codes
from infosharing.journeys.forms import (
    BritishDateField,
    ConfirmField,
    LongTextField,
    NameField,
    RadioField,
    RememberedTimeField,
    TextField,
    YesNoField,
)
from infosharing.journeys.forms.dates import parse_time
from infosharing.workdays.clock import LONDON

_SHARED = ("shared_on", "shared_time", "told_confidential")
_ASKED = ("channel", "requester_kind", "requester_name", "sure", "how_sure", "call_back_source")
_PAPER = ("paper_by", "paper_on", "paper_time")


def _when(name: str, **kwargs: Any) -> RememberedTimeField:
    return RememberedTimeField(
        label="About what time?",
        max_length=100,
        required=False,
        width=20,
        help_text=f"{name} For example 5:40pm, or “just after lunch”.",
        **kwargs,
    )


class EmergencyForm(MatterForm):
    """What an emergency needs, and no more; ``paper`` asks for what the printed sheet says too.

    ``now`` is the present moment.
    """

    whom = "Who is in danger?"
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
        "already": {"yes": _SHARED},
        "asked": {"yes": _ASKED},
    }
    field_order = (
        *("who", "name", "age", "place", "find", "why", "what"),
        *("recipient", "organisation", "method", "address"),
        *("already", *_SHARED, "asked", *_ASKED, *_PAPER, "role", "danger"),
    )

    why = LongTextField(
        label="What has happened, and why can it not wait?",
        rows=3,
        error_messages={"required": "Say what has happened and why it cannot wait"},
    )
    what = LongTextField(
        label="What do you tell them?",
        rows=3,
        help_text="What they need now to keep somebody safe, and no more.",
        error_messages={"required": "Say what you tell them"},
    )
    recipient = TextField(
        label="Who is told?",
        max_length=200,
        help_text="A name where you have it, else the desk: “999, police control room”.",
        error_messages={"required": "Say who is told"},
    )
    organisation = TextField(label="Their organisation", max_length=200, required=False)
    method = RadioField(
        label="How?",
        choices=codes.METHODS,
        error_messages={"required": "Choose how they are told"},
    )
    address = TextField(
        label="Number or address",
        max_length=300,
        required=False,
        help_text="One you found yourself, not one a caller gave you.",
    )
    already = YesNoField(
        label="Have you told them already?",
        yes="Yes, it is done",
        no="No, I do it now",
        error_messages={"required": "Say whether they have been told already"},
    )
    shared_on = BritishDateField(
        label="Which day?", error_messages={"required": "Enter the day on which they were told"}
    )
    shared_time = _when("")
    told_confidential = ConfirmField(label="They were told that it is confidential", required=False)
    asked = YesNoField(
        label="Did somebody ask you for it?",
        yes="Yes, they came to us",
        no="No, we go to them",
        error_messages={"required": "Say whether somebody asked you for it"},
    )
    channel = RadioField(
        label="How did they ask?",
        choices=codes.CHANNELS,
        error_messages={"required": "Say how they asked"},
    )
    requester_kind = RadioField(
        label="Who asked?",
        choices=codes.REQUESTER_KINDS,
        error_messages={"required": "Say who asked"},
    )
    requester_name = NameField(
        label="Their name, if it is not who is told",
        max_length=200,
        required=False,
    )
    sure = YesNoField(
        label="Have you made sure that they are who they say?",
        error_messages={"required": "Say whether you have made sure who they are"},
    )
    how_sure = RadioField(
        label="How?",
        choices=IdentityHow.choices,
        required=False,
    )
    call_back_source = TextField(
        label="If they rang: where did the number you rang back come from?",
        max_length=300,
        required=False,
        help_text="For example the police’s own website, or our contact list.",
    )
    paper_by = TextField(
        label="Who wrote the sheet?",
        max_length=200,
        error_messages={"required": "Enter who wrote the sheet"},
    )
    paper_on = BritishDateField(
        label="Which day was it written?",
        error_messages={"required": "Enter the day on which the sheet was written"},
    )
    paper_time = _when("")
    danger = ConfirmField(
        label="Somebody is in danger now, and this cannot wait",
        error_messages={
            "required": "Tick this if somebody is in danger now. If not, record a request "
            "instead: the guide takes you through it"
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        now: datetime,
        methods: Sequence[tuple[str, str]],
        paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.now = now.astimezone(LONDON)
        first = [one for one in methods if one[0] == "telephone"]
        rest = [one for one in methods if one[0] != "telephone"]
        self.fields["method"].choices = [*first, *rest]  # type: ignore[attr-defined]
        if paper:
            self.fields["danger"].label = "Somebody was in danger then, and it could not wait"
        else:
            for name in _PAPER:
                del self.fields[name]
        self.paper_mode = paper

    def _not_to_come(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > self.now.date():
            raise ValidationError("This day has not come yet. Check it")
        return day

    def clean_shared_on(self) -> date | None:
        """Refuse a day that has not come."""
        return self._not_to_come("shared_on")

    def clean_paper_on(self) -> date | None:
        """Refuse a day that has not come."""
        return self._not_to_come("paper_on")

    def clean(self) -> dict[str, Any]:
        """Hold back only what guide.md section 5 names: who asked, and the number rung back."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for day, clock in (("shared_on", "shared_time"), ("paper_on", "paper_time")):
            if found.get(day) == self.now.date() and self._is_ahead(found.get(clock) or ""):
                self.add_error(clock, "This time has not come yet. Check it")
        if found.get("sure") is False:
            self.add_error(
                "sure",
                "Tell them nothing yet. Make sure who they are, or ring the real agency yourself "
                "and choose “No, we go to them”",
            )
        if found.get("sure") and not found.get("how_sure") and "how_sure" not in self.errors:
            self.add_error("how_sure", "Say how you made sure who they are")
        rang = found.get("channel") == "telephone" or found.get("how_sure") == "called_back"
        if found.get("sure") and rang and not found.get("call_back_source"):
            self.add_error("call_back_source", "Say where the number you rang back came from")
        return found

    def _is_ahead(self, typed: str) -> bool:
        try:
            return parse_time(typed, "") > self.now.time()
        except ValidationError:
            return False  # in words

    def shared(self) -> Shared:
        """Return what is shared; of a valid form."""
        data = self.cleaned_data
        return Shared(
            what=data["what"],
            recipient=data["recipient"],
            organisation=data["organisation"],
            method=data["method"],
            address=data["address"],
            why=data["why"],
            role=self.chosen_role(),
            already=SharedAlready(
                on=data["shared_on"],
                time=data["shared_time"],
                told_confidential=data["told_confidential"],
            )
            if data["already"]
            else None,
            paper=FromPaper(by=data["paper_by"], on=data["paper_on"], time=data["paper_time"])
            if self.paper_mode
            else None,
            requester=self._requester() if data["asked"] else None,
            identity=self._identity() if data["asked"] else None,
        )

    def _requester(self) -> Requester:
        data = self.cleaned_data
        return Requester(
            channel=data["channel"],
            requester_kind=data["requester_kind"],
            requester_name=data["requester_name"] or data["recipient"],
            requester_organisation=data["organisation"],
            requester_contact=data["address"],
        )

    def _identity(self) -> Identity:
        data = self.cleaned_data
        return Identity(
            identity="verified",
            identity_how=data["how_sure"],
            call_back_source=data["call_back_source"],
        )
