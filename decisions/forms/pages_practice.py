"""Pages of practice mode alone: an imagined request, imagined people, imagined advice."""

from collections.abc import Mapping
from typing import Any

from decisions.forms.pages_advice import ADVISED, ADVISING_ROLES
from infosharing.guidance.codes import (
    AGE_BANDS,
    CHANNELS,
    CONSENT_STATUSES,
    GIVEN_BY,
    IDENTITIES,
    INFORMED,
    ORIGINS,
    REQUESTER_KINDS,
)
from infosharing.journeys.forms import (
    BritishDateField,
    CheckboxesField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)

BORN = "born"
NOT_REACHED = "not_reached"
NOBODY = "nobody"


class PracticeRequestForm(PlainForm):
    """Where the imagined question came from."""

    origin = RadioField(label="Where does the question come from?", choices=ORIGINS)
    channel = RadioField(label="How did it come?", choices=CHANNELS)
    requester_kind = RadioField(label="Who asks?", choices=REQUESTER_KINDS)
    identity = RadioField(label="Have you checked who they are?", choices=IDENTITIES)
    call_back_source = TextField(
        label="Where did the number you rang back on come from?",
        required=False,
        max_length=300,
    )
    crime_investigation = YesNoField(label="Is it to prevent or detect a crime?")
    reveals = {
        "origin": {
            "received": (
                "channel",
                "requester_kind",
                "identity",
                "call_back_source",
                "crime_investigation",
            )
        }
    }


class PracticePersonForm(PlainForm):
    """One imagined person, and one yes or no about sharing, if there was any."""

    age = RadioField(
        label="How old are they?",
        choices=[*AGE_BANDS, (BORN, "I want to give a date of birth")],
    )
    born = BritishDateField(label="Date of birth", help_text="For example 27 3 2014")
    able = RadioField(
        label="Has somebody judged whether they can decide this themselves?",
        choices=[
            ("nobody", "Nobody has judged it"),
            ("yes", "Yes: they can decide this"),
            ("no", "Yes: they cannot decide this"),
        ],
    )
    asked = YesNoField(label="Has anybody said yes or no to sharing?", inline=False)
    status = RadioField(label="What did they say?", choices=CONSENT_STATUSES)
    given_by = RadioField(label="Who said it?", choices=GIVEN_BY)
    said_on = BritishDateField(label="When?", help_text="For example 27 3 2026")
    until = BritishDateField(label="Until when does it hold?", required=False)
    withdrawn_on = BritishDateField(label="When did they take it back?", required=False)
    informed = CheckboxesField(label="What did they know?", choices=INFORMED, required=False)
    held = CheckboxesField(
        label="What else holds?",
        choices=[
            ("parental_responsibility", "They hold parental responsibility"),
            ("authority_evidenced", "You have seen proof of their authority"),
            ("consequences_explained", "Somebody explained what follows from yes and from no"),
            ("freely_given", "They said it freely"),
            ("understood", "They understood it"),
        ],
        required=False,
    )
    reveals = {
        "age": {BORN: ("born",)},
        "asked": {
            "yes": (
                "status",
                "given_by",
                "said_on",
                "until",
                "withdrawn_on",
                "informed",
                "held",
            )
        },
    }


class PracticeAdviceForm(PlainForm):
    """One piece of imagined advice, or nobody reached."""

    advised = RadioField(
        label="What was advised?",
        choices=[
            (NOBODY, "Nobody was asked"),
            *ADVISED,
            (NOT_REACHED, "Nobody could be reached"),
        ],
    )
    role = RadioField(label="Whom did you ask, or try to?", choices=ADVISING_ROLES, required=False)
    how = LongTextField(label="How and when did you try?", rows=2)
    reveals = {"advised": {NOT_REACHED: ("how",)}}

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)

    def clean(self) -> None:
        """Ask for the role wherever somebody was asked."""
        super().clean()
        advised = self.cleaned_data.get("advised")
        if advised not in (None, NOBODY) and not self.cleaned_data.get("role"):
            self.add_error("role", "Choose whom you asked, or tried to")
