"""What is asked about a person: the same on a new matter and on a case."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import AgeBand, Part, YearGroup
from infosharing.cases.matching import Described
from infosharing.cases.models.person import band_of
from infosharing.cases.upn import plain_upn, upn_problem
from infosharing.journeys.forms import BritishDateField, NameField, PlainForm, RadioField, TextField

BORN, ABOUT = "born", "about"
AGES = (
    (BORN, "I know the date of birth"),
    (ABOUT, "I know about how old they are"),
    (AgeBand.UNDER_16, "Not known, but under 16"),
    (AgeBand.SIXTEEN_OR_17, "Not known, but 16 or 17"),
    (AgeBand.ADULT, "Not known, but 18 or over"),
    (AgeBand.UNBORN, "Not yet born"),
)
NOBODY = "nobody"
Choices = Sequence[tuple[str, str]]


class PersonFields(PlainForm):
    """A name and an age: the date of birth, or else roughly how old (guide.md section 1).

    ``today`` is the date in London. ``known`` are people who may be the same, as choices: then
    the form asks first whether it is one of them.
    """

    reveals = {"age": {BORN: ("born",), ABOUT: ("about_age",)}}

    same = RadioField(
        label="Is this the same person?",
        choices=(),
        help_text="Nothing has been saved yet, and nothing you typed is lost.",
        error_messages={
            "required": "Say whether this is somebody who is recorded already",
            "invalid_choice": "Say whether this is somebody who is recorded already",
        },
    )
    name = NameField(
        label="Full name",
        max_length=200,
        help_text="As far as you know it. A first name will do for now.",
        error_messages={"required": "Enter the name, or as much of it as you know"},
    )
    preferred_name = NameField(
        label="Name they are known by",
        max_length=200,
        required=False,
        help_text="Leave empty if it is the same.",
    )
    age = RadioField(
        label="How old are they?",
        choices=[(str(code), words) for code, words in AGES],
        help_text="Who may decide about sharing depends on it.",
        error_messages={"required": "Say how old they are, as far as you know"},
    )
    born = BritishDateField(
        label="Date of birth",
        help_text="For example 27 3 2012",
        error_messages={"required": "Enter the date of birth"},
    )
    about_age = forms.IntegerField(
        label="About how many years old?",
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text="If they may be over 15 or over 17, choose the younger age.",
        error_messages={
            "required": "Enter about how many years old they are",
            "invalid": "Enter the years as a number, for example 9",
            "min_value": "Enter the years as a number, for example 9",
            "max_value": "Enter an age of 120 or less",
        },
    )
    upn = TextField(
        label="Pupil number (UPN)",
        max_length=30,
        width=20,
        required=False,
        help_text="The unique number of a pupil in England, from your register. Leave empty if "
        "you do not have it.",
    )
    year_group = forms.ChoiceField(
        label="Year group",
        choices=[("", "Not known"), *YearGroup.choices],
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        today: date,
        known: Choices = (),
        known_hints: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today
        self.known, self.known_hints = known, dict(known_hints or {})
        if known:
            field = self.fields["same"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            field.choices = [*known, (NOBODY, "No, somebody else: record a new person")]
            field.widget.hints = self.known_hints
        else:
            del self.fields["same"]

    def clean_upn(self) -> str:
        """Refuse a number that cannot be one: its shape, and its check letter."""
        upn = plain_upn(self.cleaned_data["upn"])
        problem = upn_problem(upn) if upn else ""
        if problem:
            raise forms.ValidationError(problem)
        return upn

    def clean_born(self) -> date | None:
        """Refuse a day that has not come: somebody not yet born has an answer of their own."""
        born: date | None = self.cleaned_data["born"]
        if born and born > self.today:
            raise forms.ValidationError(
                "This date has not come yet. If the child is not born, choose “Not yet born”"
            )
        return born

    def age_band(self) -> str:
        """Return the age band chosen, empty where the date of birth is known."""
        chosen = str(self.cleaned_data["age"])
        if chosen == ABOUT:
            return str(band_of(self.cleaned_data["about_age"]))
        return "" if chosen == BORN else chosen

    @property
    def same_as(self) -> str:
        """Return which of the known people it is, "" for somebody new; of a valid form."""
        same = str(self.cleaned_data.get("same", NOBODY))
        return "" if same == NOBODY else same

    def described(self) -> Described:
        """Return what tells the person typed from others, as far as it was understood."""
        data = getattr(self, "cleaned_data", {})
        return Described(
            name=data.get("name") or "",
            preferred_name=data.get("preferred_name") or "",
            born=data.get("born"),
            upn=data.get("upn") or "",
        )

    def new_person(self, part: Part = Part.SUBJECT) -> NewPerson:
        """Return the person typed; of a valid form."""
        return NewPerson(
            name=self.cleaned_data["name"],
            preferred_name=self.cleaned_data.get("preferred_name", ""),
            born=self.cleaned_data["born"],
            age_band=self.age_band(),
            about_age=self.cleaned_data["about_age"],
            upn=self.cleaned_data.get("upn", ""),
            year_group=self.cleaned_data.get("year_group", ""),
            part=part,
        )
