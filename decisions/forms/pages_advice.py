"""Asking for advice, giving it, reporting it, and having tried in vain (R7, R20, R27)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from infosharing.accounts.roles import ADVISING, Role, words
from infosharing.guidance.codes import OUTCOMES
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    YesNoField,
)

NEITHER = "neither"
ADVISED = (*OUTCOMES, (NEITHER, "Neither: something to think about"))
ADVISING_ROLES = tuple((str(role), words(role)) for role in Role if role in ADVISING)


def advised_code(value: str) -> str:
    """Return what was advised as it is kept: blank for neither."""
    return "" if value == NEITHER else value


WITHHELD, NAMED = "withheld", "named"


class AskForm(PlainForm):
    """A question to one colleague, who sees it and nothing else of the case."""

    asked_of = RadioField(
        label="Whom do you ask?",
        choices=(),
        error_messages={"required": "Choose whom you ask"},
    )
    question = LongTextField(
        label="What do you ask?",
        help_text="Say what happened, who asks for what, and what you are not sure of. Names, "
        "dates of birth and references that the case knows are taken out for you; leave out "
        "anything else that points at the person.",
        rows=7,
        error_messages={"required": "Type your question"},
    )
    how = RadioField(
        label="Does your colleague learn who it is about?",
        choices=[
            (WITHHELD, "No: take the identity out"),
            (NAMED, "Yes: I name the person"),
        ],
        hints={WITHHELD: "You see exactly what your colleague will see, before it is sent."},
        error_messages={"required": "Choose whether your colleague learns who it is about"},
    )
    named_because = LongTextField(
        label="Why do they have to know?",
        help_text="This stands on the record. Your colleague does not see it.",
        rows=3,
        error_messages={"required": "Say why they have to know who it is about"},
    )
    reveals: ClassVar = {"how": {NAMED: ("named_because",)}}

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["asked_of"].choices = list(people)  # type: ignore[attr-defined]

    @property
    def anonymous(self) -> bool:
        """Whether the person's identity is withheld."""
        return bool(self.cleaned_data["how"] == WITHHELD)


class AnswerForm(PlainForm):
    """The colleague's advice, in a role they hold."""

    advised = RadioField(
        label="What do you advise?",
        choices=ADVISED,
        error_messages={"required": "Choose what you advise"},
    )
    words = LongTextField(
        label="In your words",
        help_text="Why, and what to look out for.",
        rows=6,
        error_messages={"required": "Say it in your words"},
    )
    role = RadioField(
        label="In which role do you advise?",
        choices=(),
        error_messages={"required": "Choose the role in which you advise"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, roles: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        field = self.fields["role"]
        field.choices = list(roles)  # type: ignore[attr-defined]
        if len(roles) == 1:
            field.initial = roles[0][0]


class ReportForm(PlainForm):
    """Advice that somebody gave elsewhere, told by whoever heard it."""

    adviser = NameField(
        label="Who gave the advice?",
        max_length=200,
        error_messages={"required": "Say who gave the advice"},
    )
    role = RadioField(
        label="In which role?",
        choices=ADVISING_ROLES,
        error_messages={"required": "Choose the role in which they advised"},
    )
    given_on = BritishDateField(
        label="When?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day of the advice"},
    )
    named = YesNoField(
        label="Did you name the person when you asked?",
        error_messages={"required": "Say whether you named the person"},
    )
    advised = RadioField(
        label="What did they advise?",
        choices=ADVISED,
        error_messages={"required": "Choose what they advised"},
    )
    words = LongTextField(
        label="What did they say?",
        rows=5,
        error_messages={"required": "Say what they said"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data)
        self._today = today

    def clean_given_on(self) -> date:
        """Refuse a day that has not come."""
        given: date = self.cleaned_data["given_on"]
        if given > self._today:
            raise forms.ValidationError("Enter a day that has been")
        return given


class TriedForm(PlainForm):
    """Nobody could be reached: advice never holds up a child (guide.md section 5)."""

    role = RadioField(
        label="Whom did you try to reach?",
        choices=ADVISING_ROLES,
        error_messages={"required": "Choose whom you tried to reach"},
    )
    how = LongTextField(
        label="How, and when?",
        help_text="For example: rang the safeguarding lead and the deputy at 5:38pm and 5:45pm, "
        "left messages.",
        rows=4,
        error_messages={"required": "Say how and when you tried"},
    )
