"""What the list of decisions can be narrowed to: what may stand in an address, and what may not."""

from typing import Any, Final

from django import forms

from decisions.enums import ReviewState
from decisions.finding import NOBODY
from infosharing.guidance.codes import GROUNDS, OUTCOMES
from infosharing.journeys.forms import BritishDateField, CheckboxesField, PlainForm, TextField

REVIEWS: Final = (
    (ReviewState.WAITING.value, "Waiting for review"),
    (NOBODY, "Nobody here can review"),
    (ReviewState.RETURNED.value, "Returned with changes to make"),
    (ReviewState.AGREED.value, "Reviewed: agreed"),
)
MARKS: Final = (
    ("without_consent", "Without consent"),
    ("against_suggestion", "Against the guide’s suggestion"),
    ("write_up", "To be written up"),
)


class DatesForm(PlainForm):
    """From one day to another, both included; either may be left open."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            self.add_error("until", "The last day must not be before the first day")
        return found


class DecisionsFilter(DatesForm):
    """Choices that stand in the address; none means all."""

    outcome = forms.ChoiceField(
        label="Outcome", choices=[("", "Any outcome"), *OUTCOMES], required=False
    )
    review = forms.ChoiceField(
        label="Review", choices=[("", "Reviewed or not"), *REVIEWS], required=False
    )
    ground = forms.ChoiceField(
        label="Ground for sharing without consent",
        choices=[("", "Any ground, or none"), *GROUNDS],
        required=False,
    )
    marks = CheckboxesField(label="Only decisions that are", choices=MARKS, required=False)
    since = BritishDateField(label="Signed from", required=False)
    until = BritishDateField(label="Signed until", required=False)


class WordsForm(PlainForm):
    """What is looked for in words; posted, as it may be a name (R56)."""

    find = TextField(label="Name, reference or words", max_length=200, width=20, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(found.values()):
            self.add_error("find", "Enter a name, a reference or words to look for")
        return found


class DecisionWords(WordsForm):
    """Where in a decision the words are to be found."""

    person = TextField(label="Somebody the case is about", max_length=200, width=20, required=False)
    recipient = TextField(label="Who was to be told", max_length=200, width=20, required=False)
    author = TextField(label="Signed by", max_length=200, width=20, required=False)


class NameForm(PlainForm):
    """The name of a filter to save; nobody else sees it."""

    name = TextField(
        label="Name of this filter",
        help_text="Only you see it.",
        max_length=80,
        width=20,
        error_messages={"required": "Enter a name for this filter"},
    )
