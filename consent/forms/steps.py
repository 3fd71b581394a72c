"""Asking for a yes or no, saying why nobody asked, a part taken back, looking at it again."""

from collections.abc import Mapping
from typing import Any

from consent.domain.asking import Question
from consent.enums import GivenBy, How, Step
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
)

WHEN = "For example 27 3 2026"


class AskForm(PlainForm):
    """What somebody is asked, in the words of the leaflet; asked already, or to be asked (R22)."""

    reveals = {"kind": {"asked": ("happened_on", "how", "taken_by")}}

    whom = TextField(
        label="Whom do you ask?",
        help_text="The person themselves if they can decide it, otherwise whoever may decide for "
        "them.",
        max_length=200,
        error_messages={"required": "Enter the name of whom you ask"},
    )
    standing = RadioField(
        label="In what standing?",
        choices=GivenBy.choices,
        error_messages={"required": "Say in what standing they would answer"},
    )
    scope_information = LongTextField(
        label="Which information would be shared?",
        help_text="In words they would use. Leave out the names of other people.",
        rows=3,
        error_messages={"required": "Say which information would be shared"},
    )
    scope_recipients = LongTextField(
        label="With whom?",
        help_text="If there are several, one a line.",
        rows=3,
        error_messages={"required": "Say with whom it would be shared"},
    )
    scope_purpose = LongTextField(
        label="What for?",
        rows=2,
        error_messages={"required": "Say what it would be shared for"},
    )
    onward = LongTextField(
        label="Whom may they tell in turn?",
        help_text="Nobody, or whom and what for.",
        rows=2,
        error_messages={"required": "Say whom they may tell in turn"},
    )
    if_yes = LongTextField(
        label="What follows if they say yes?",
        rows=2,
        error_messages={"required": "Say what follows from a yes"},
    )
    if_no = LongTextField(
        label="What follows if they say no?",
        help_text="Honestly. If you would share it in any case, do not ask: tell them instead.",
        rows=2,
        error_messages={"required": "Say what follows from a no"},
    )
    until = BritishDateField(
        label="Until which day would it hold?",
        required=False,
        help_text="Leave empty if it is for this one time.",
    )
    kept = LongTextField(
        label="How long is it kept?",
        rows=2,
        error_messages={"required": "Say how long it is kept"},
    )
    contact = LongTextField(
        label="Whom can they ask, or tell that they have changed their mind, and how?",
        help_text="A name, and a telephone number or address that they can use.",
        rows=2,
        error_messages={"required": "Say whom they can ask or tell, and how"},
    )
    kind = RadioField(
        label="Have you asked them yet?",
        choices=(
            (str(Step.ASKED), "Yes, and they have not answered yet"),
            (str(Step.TO_ASK), "Not yet"),
        ),
        error_messages={"required": "Say whether you have asked them yet"},
    )
    happened_on = BritishDateField(
        label="Which day did you ask?",
        help_text=WHEN,
        error_messages={"required": "Enter the day you asked"},
    )
    how = RadioField(
        label="How did you ask?",
        choices=How.choices,
        error_messages={"required": "Say how you asked"},
    )
    taken_by = TextField(
        label="Who asked them?",
        max_length=200,
        error_messages={"required": "Enter the name of who asked them"},
    )
    again_on = BritishDateField(
        label="When will you look whether they have answered?",
        help_text="It comes up in your list of things to do on that day.",
        error_messages={"required": "Enter the day you will look whether they have answered"},
    )

    def question(self) -> Question:
        """Return the words of the question; of a valid form."""
        names = Question.__dataclass_fields__
        return Question(**{name: self.cleaned_data[name] for name in names})


class NotAskedForm(PlainForm):
    """Why nobody asks for a yes or no; never a dead end (R29)."""

    words = LongTextField(
        label="Why is nobody asked?",
        help_text="Such as: it would be shared in any case; asking could put somebody at risk; "
        "there is nobody who could answer.",
        rows=4,
        error_messages={"required": "Say why nobody is asked"},
    )
    happened_on = BritishDateField(
        label="Which day was that decided?",
        help_text=WHEN,
        error_messages={"required": "Enter the day that was decided"},
    )
    taken_by = TextField(
        label="Who decided it?",
        max_length=200,
        error_messages={"required": "Enter the name of who decided it"},
    )
    again_on = BritishDateField(
        label="When should somebody look at this again?",
        required=False,
        help_text="Leave empty if never.",
    )


class NoAnswerForm(PlainForm):
    """A question that was left without an answer."""

    words = LongTextField(
        label="What did you do to reach them?",
        rows=3,
        error_messages={"required": "Say what you did to reach them"},
    )
    happened_on = BritishDateField(
        label="Which day did you stop waiting?",
        help_text=WHEN,
        error_messages={"required": "Enter the day you stopped waiting"},
    )


class NarrowForm(PlainForm):
    """A part of a yes is taken back: some recipients, some information (R31, R33)."""

    scope_recipients = LongTextField(
        label="With whom may it no longer be shared?",
        help_text="Leave empty if it is about the information only.",
        rows=2,
        required=False,
    )
    scope_information = LongTextField(
        label="Which information may no longer be shared?",
        help_text="Leave empty if it is about the recipients only.",
        rows=2,
        required=False,
    )
    happened_on = BritishDateField(
        label="Which day did they say so?",
        help_text=WHEN,
        error_messages={"required": "Enter the day they said so"},
    )
    whom = TextField(
        label="Who said so?",
        max_length=200,
        error_messages={"required": "Enter the name of who said so"},
    )
    how = RadioField(
        label="How did they say it?",
        choices=How.choices,
        error_messages={"required": "Say how they said it"},
    )
    words = LongTextField(label="What were their words?", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask which part it is."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        names = ("scope_recipients", "scope_information")
        if not any(found.get(name) for name in names) and not set(names) & set(self.errors):
            self.add_error(
                "scope_recipients", "Say with whom, or which information, it no longer holds for"
            )
        return found


class LookAgainForm(PlainForm):
    """A continuing yes is looked at again and still stands (R33)."""

    words = LongTextField(
        label="How do you know that it still stands?",
        help_text="Whom you asked, and what they said.",
        rows=3,
        error_messages={"required": "Say how you know that it still stands"},
    )
    happened_on = BritishDateField(
        label="Which day did you ask?",
        help_text=WHEN,
        error_messages={"required": "Enter the day you asked"},
    )
    again_on = BritishDateField(
        label="When do you ask again?",
        help_text="At the latest on its last day.",
        error_messages={"required": "Enter the day you will ask again"},
    )


def beginning(fields: Mapping[str, Any], form: type[PlainForm]) -> dict[str, Any]:
    """Return what a form begins with: those of the values that it has fields for."""
    return {name: value for name, value in fields.items() if name in form.base_fields and value}
