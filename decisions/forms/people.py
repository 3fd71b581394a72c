"""What is asked about a person: the same on a new matter and on a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import AgeBand, Part
from infosharing.journeys.forms import BritishDateField, PlainForm, RadioField, TextField

BORN = "born"
AGES = (
    (BORN, "I know the date of birth"),
    (AgeBand.UNDER_16, "Not known, but under 16"),
    (AgeBand.SIXTEEN_OR_17, "Not known, but 16 or 17"),
    (AgeBand.ADULT, "Not known, but 18 or over"),
    (AgeBand.UNBORN, "Not yet born"),
)


class PersonFields(PlainForm):
    """A name and an age: the date of birth, or else roughly how old (guide.md section 1).

    ``today`` is the date in London.
    """

    reveals = {"age": {BORN: ("born",)}}

    name = TextField(
        label="Full name",
        max_length=200,
        help_text="As far as you know it. A first name will do for now.",
        error_messages={"required": "Enter the name, or as much of it as you know"},
    )
    preferred_name = TextField(
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

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today

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
        return "" if chosen == BORN else chosen

    def new_person(self, part: Part = Part.SUBJECT) -> NewPerson:
        """Return the person typed; of a valid form."""
        return NewPerson(
            name=self.cleaned_data["name"],
            preferred_name=self.cleaned_data.get("preferred_name", ""),
            born=self.cleaned_data["born"],
            age_band=self.age_band(),
            part=part,
        )
