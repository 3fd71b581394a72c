"""Recording a request: where it comes from, which case, what is asked, who asks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from decisions.domain.requesting import Asked, Requester
from decisions.enums import LegalPower
from decisions.forms.people import PersonFields
from infosharing.guidance import codes
from infosharing.journeys.forms import (
    BritishDateField,
    BritishTimeField,
    CheckboxesField,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    RememberedTimeField,
    TextField,
    YesNoField,
)
from infosharing.journeys.forms.clocks import check_there_was

LONDON = ZoneInfo("Europe/London")
# A day without a time means until it ends.
END_OF_DAY = time(23, 59)
NEW, FIND = "new", "find"

Choices = Sequence[tuple[str, str]]

# The order on the page, and so in the error summary.
_PERSON = ("same", "name", "age", "born", "about_age", "upn", "summary", "keep_from")
_WHEN = ("happened_on", "happened_time", "by_when_on", "by_when_time")
_REQUESTER = (
    "channel",
    "requester_kind",
    "requester_name",
    "requester_role",
    "requester_organisation",
    "requester_contact",
)
_WANTED = ("asked_for", "purpose", "crime_investigation", "legal_power_kind", "legal_power")


class StartForm(PlainForm):
    """Where it comes from, and which case it belongs to.

    ``cases`` are the visible cases offered, ``places`` where a new one may be opened; both as
    choices. Without cases there is nothing to choose, and with one place nothing to ask.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
        "case": {FIND: ("find",), NEW: ("place",)}
    }

    origin = RadioField(
        label="What has happened?",
        choices=codes.ORIGINS,
        error_messages={"required": "Say whether somebody asked, or you thought of it yourselves"},
    )
    case = RadioField(
        label="Which case does it belong to?",
        choices=(),
        error_messages={"required": "Say which case it belongs to, or that it is a new one"},
    )
    find = TextField(
        label="Name or case reference",
        max_length=200,
        help_text="Only cases that you may see are found.",
        error_messages={"required": "Enter a name or a case reference to look for"},
    )
    place = RadioField(
        label="For which school or service?",
        choices=(),
        error_messages={"required": "Say for which school or service the case is"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        cases: Choices = (),
        hints: Mapping[str, str] | None = None,
        places: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if len(places) < 2:
            del self.fields["place"]
        else:
            self._offer("place", places)
        if cases:
            found: list[tuple[str, str]] = [(NEW, "A new case"), *cases, (FIND, "Another case")]
            self._offer("case", found)
            self.fields["case"].widget.hints = dict(hints or {})
        else:
            del self.fields["case"], self.fields["find"]
            self.reveals = {}  # type: ignore[misc]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = list(choices)


class OriginForm(PlainForm):
    """Where it comes from, asked alone when the case is known."""

    one_question = True

    origin = RadioField(
        label="What has happened?",
        choices=codes.ORIGINS,
        error_messages={"required": "Say whether somebody asked, or you thought of it yourselves"},
    )


class RequestForm(PlainForm):
    """What both kinds of request have; ``asked`` gives it as the domain takes it.

    ``people`` are those of the case, as choices: asked for where there are several. ``earlier``
    are requests that may be this one, as choices: then the form asks first.
    """

    again = RadioField(
        label="Is this recorded already?",
        choices=(),
        help_text="Nothing has been saved yet, and nothing you typed is lost.",
        error_messages={
            "required": "Say whether this request is recorded already",
            "invalid_choice": "Say whether this request is recorded already",
        },
    )

    asked_for = LongTextField(label="", rows=4)
    purpose = LongTextField(label="", rows=3)
    happened_on = BritishDateField(label="")
    happened_time = RememberedTimeField(
        label="About what time?",
        max_length=100,
        required=False,
        width=20,
        help_text="As you remember it, for example “after lunch, about 3”.",
    )
    by_when_on = BritishDateField(
        label="By which day must it be decided?",
        required=False,
        help_text="Leave empty if there is no date.",
    )
    by_when_time = BritishTimeField(
        label="By what time, if one was given?",
        required=False,
        help_text="For example 5:30pm. Leave empty for the whole day.",
    )

    about = CheckboxesField(
        label="Whom is it about?",
        choices=(),
        help_text="Somebody who is not here yet can be added on the page of the request.",
        error_messages={"required": "Tick whom it is about"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        earlier: Choices = (),
        people: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if len(people) > 1:
            about = self.fields["about"]
            assert isinstance(about, CheckboxesField)  # noqa: S101 - declared above
            about.choices = list(people)
        else:
            del self.fields["about"]
        if earlier:
            field = self.fields["again"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            field.choices = [*earlier, (NEW, "No, record it as a new request")]
        else:
            del self.fields["again"]

    @property
    def same_request(self) -> str:
        """Return which earlier request it is, "" for a new one; of a valid form."""
        again = str(self.cleaned_data.get("again", NEW))
        return "" if again == NEW else again

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its day, and a day before the request itself."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        until = found.get("by_when_on")
        if found.get("by_when_time") and not until and "by_when_on" not in self.errors:
            self.add_error("by_when_on", "Enter the day as well as the time")
        if until and found.get("happened_on") and until < found["happened_on"]:
            self.add_error("by_when_on", "This day is before the day it happened. Check both")
        check_there_was(self, "by_when_on", "by_when_time")
        return found

    def asked(self) -> Asked:
        """Return what is asked; of a valid form."""
        data = self.cleaned_data
        day: date | None = data["by_when_on"]
        by_when = (
            datetime.combine(day, data["by_when_time"] or END_OF_DAY, tzinfo=LONDON)
            if day
            else None
        )
        return Asked(
            asked_for=data["asked_for"],
            purpose=data["purpose"],
            happened_on=data["happened_on"],
            happened_time=data["happened_time"],
            by_when=by_when,
            background=data.get("background", ""),
        )

    def requester(self) -> Requester | None:
        """Return who asks; None for our own initiative. Of a valid form."""
        return None


class OwnForm(RequestForm):
    """We are thinking of sharing something ourselves (R5)."""

    origin = "own_initiative"
    field_order: Sequence[str] | None = ("again", "about", "asked_for", "purpose", *_WHEN)

    asked_for = LongTextField(
        label="What are you thinking of sharing?",
        rows=4,
        help_text="What was seen, said or written. You choose item by item later.",
        error_messages={"required": "Say what you are thinking of sharing"},
    )
    purpose = LongTextField(
        label="What would it be for?",
        rows=3,
        help_text="For example: so that somebody can find out whether the child is safe.",
        error_messages={"required": "Say what sharing it would be for"},
    )
    happened_on = BritishDateField(
        label="Which day did this come up?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day this came up"},
    )


class ReceivedForm(RequestForm):
    """Somebody asked us (R4, R7, R8)."""

    origin = "received"
    field_order: Sequence[str] | None = ("again", "about", *_REQUESTER, *_WANTED, *_WHEN)

    channel = RadioField(
        label="How did they ask?",
        choices=codes.CHANNELS,
        error_messages={"required": "Say how they asked"},
        hints={
            "telephone": "Tell a caller nothing yet. Ring back first, on a number you find "
            "yourself, never one they gave you.",
            "email": "Look closely at the address, not only at the name.",
        },
    )
    requester_kind = RadioField(
        label="Who is asking?",
        choices=codes.REQUESTER_KINDS,
        error_messages={"required": "Say who is asking"},
    )
    requester_name = NameField(
        label="Their name",
        max_length=200,
        help_text="If they would not say, write that.",
        error_messages={"required": "Enter the name they gave, or that they would not say"},
    )
    requester_role = TextField(label="Their job", max_length=200, required=False)
    requester_organisation = TextField(label="Their organisation", max_length=200, required=False)
    requester_contact = TextField(
        label="How to reach them",
        max_length=300,
        required=False,
        help_text="The number or address as they gave it.",
    )
    asked_for = LongTextField(
        label="What do they want to know?",
        rows=4,
        help_text="In their words, as far as you can.",
        error_messages={"required": "Say what they want to know"},
    )
    purpose = LongTextField(
        label="What do they say it is for?",
        rows=3,
        help_text="If they did not say, write that.",
        error_messages={"required": "Say what it is for, or that they did not say"},
    )
    crime_investigation = YesNoField(
        label="Do they say it is to prevent or look into a crime?",
        help_text="If so, the guide asks you to take advice before anything is shared.",
        error_messages={"required": "Say whether it is to prevent or look into a crime"},
    )
    legal_power_kind = RadioField(
        label="Which law or order do they rely on?",
        choices=LegalPower.choices,
        error_messages={"required": "Say which law or order they rely on, or that they named none"},
    )
    legal_power = LongTextField(
        label="What does it say?",
        rows=2,
        required=False,
        help_text="The court and the date, or the section of the law, as far as they named it. "
        "You can attach a copy afterwards.",
    )
    happened_on = BritishDateField(
        label="Which day did they ask?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day they asked"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words of a law or an order that was named."""
        found: dict[str, Any] = super().clean()
        vague = found.get("legal_power_kind") in (LegalPower.COURT_ORDER, LegalPower.OTHER)
        if vague and not found.get("legal_power") and "legal_power" not in self.errors:
            self.add_error("legal_power", "Say which court and when, or which law")
        return found

    def requester(self) -> Requester:
        """Return who asks; of a valid form."""
        data = self.cleaned_data
        return Requester(
            channel=data["channel"],
            requester_kind=data["requester_kind"],
            requester_name=data["requester_name"],
            requester_role=data["requester_role"],
            requester_organisation=data["requester_organisation"],
            requester_contact=data["requester_contact"],
            crime_investigation=data["crime_investigation"],
            legal_power_kind=data["legal_power_kind"],
            legal_power=data["legal_power"],
        )


class NewCaseFields(PersonFields):
    """What a new case begins with; ``colleagues`` are the choices of whom to keep from it.

    What somebody is called every day, and their year, can wait until the case is there.
    """

    preferred_name = None  # type: ignore[assignment]
    year_group = None  # type: ignore[assignment]

    summary = LongTextField(
        label="What is it about?",
        rows=3,
        help_text="One or two sentences: what was seen, said or asked.",
        error_messages={"required": "Say in a sentence what it is about"},
    )
    keep_from = CheckboxesField(
        label="Who must not see this case?",
        choices=(),
        required=False,
        help_text="Tick anybody it may be about, or who could be put in a difficult place by "
        "it. They will not find it in any list, whatever their role.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        colleagues: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if colleagues:
            field = self.fields["keep_from"]
            assert isinstance(field, CheckboxesField)  # noqa: S101 - declared above
            field.choices = list(colleagues)
        else:
            del self.fields["keep_from"]


class NewOwnForm(OwnForm, NewCaseFields):
    """A new case and our own initiative on one page."""

    field_order = ("again", *_PERSON, "asked_for", "purpose", *_WHEN)


class NewReceivedForm(ReceivedForm, NewCaseFields):
    """A new case and a request received on one page."""

    field_order = ("again", "same", *_REQUESTER, *_WANTED, *_WHEN, *_PERSON[1:])


class _Correcting(PlainForm):
    """What both corrections have: what else is known, and the reason."""

    background = LongTextField(label="What else is known of it?", rows=3, required=False)
    reason = LongTextField(
        label="Why are you correcting it?",
        rows=2,
        help_text="What stands there now is kept and stays readable.",
        error_messages={"required": "Say why you are correcting it"},
    )


class CorrectOwnForm(OwnForm, _Correcting):
    """Putting right what we thought of sharing."""

    field_order = ("about", "asked_for", "purpose", *_WHEN, "background", "reason")


class CorrectReceivedForm(ReceivedForm, _Correcting):
    """Putting right what was asked."""

    field_order = ("about", *_REQUESTER, *_WANTED, *_WHEN, "background", "reason")


CORRECT: Mapping[str, type[CorrectOwnForm | CorrectReceivedForm]] = {
    "received": CorrectReceivedForm,
    "own_initiative": CorrectOwnForm,
}
NEW_MATTER: Mapping[str, type[NewOwnForm | NewReceivedForm]] = {
    "received": NewReceivedForm,
    "own_initiative": NewOwnForm,
}
FURTHER: Mapping[str, type[OwnForm | ReceivedForm]] = {
    "received": ReceivedForm,
    "own_initiative": OwnForm,
}
