"""What the list of decisions can be narrowed to: what may stand in an address, and what may not."""

from typing import Any, ClassVar, Final

from django import forms

from decisions.enums import ReviewState
from decisions.finding import ALL, DECIDED, DRAFTING, NEW, NOBODY, OURS
from infosharing.guidance.codes import GROUNDS, OUTCOMES, REQUESTER_KINDS
from infosharing.journeys.forms import BritishDateField, CheckboxesField, PlainForm, TextField

REVIEWS: Final = (
    (ReviewState.WAITING.value, "Waiting for review"),
    (ReviewState.SECOND.value, "Waiting for a second reviewer"),
    (NOBODY, "Nobody here can review"),
    (ReviewState.RETURNED.value, "Returned with changes to make"),
    (ReviewState.AGREED.value, "Reviewed: agreed"),
    (ReviewState.DISAGREED.value, "Reviewed: not agreed, it stands"),
    (ReviewState.NOT_NEEDED.value, "No review needed"),
)
MARKS: Final = (
    ("without_consent", "Without consent"),
    ("against_suggestion", "Against the guide’s suggestion"),
    ("against_advice", "Against advice that was given"),
    ("write_up", "To be written up"),
    ("look_back", "Emergencies to be looked back at"),
)
FOLLOW: Final = (("", "Open or closed"), ("open", "Open"), ("closed", "Closed"))
# Without a choice, what is to be decided: the list as it is met.
STANDS: Final = (
    ("", "To be decided"),
    (NEW, "Not started"),
    (DRAFTING, "Being decided"),
    (DECIDED, "Decided"),
    (ALL, "All of them"),
)
REQUEST_MARKS: Final = (
    ("overdue", "Past their time"),
    ("unchecked", "From somebody whose identity is not checked"),
    ("mine", "Recorded by me"),
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
    follow = forms.ChoiceField(label="Follow-up", choices=FOLLOW, required=False)
    ground = forms.ChoiceField(
        label="Ground for sharing without consent",
        choices=[("", "Any ground, or none"), *GROUNDS],
        required=False,
    )
    marks = CheckboxesField(label="Only decisions that are", choices=MARKS, required=False)
    since = BritishDateField(label="Signed from", required=False)
    until = BritishDateField(label="Signed until", required=False)


class RequestsFilter(DatesForm):
    """Choices that stand in the address; without ``stands`` the list is of what is undecided."""

    stands = forms.ChoiceField(label="Where they stand", choices=STANDS, required=False)
    asker = forms.ChoiceField(
        label="Who asks",
        choices=[("", "Anybody"), *REQUESTER_KINDS, (OURS, "Nobody: our own initiative")],
        required=False,
    )
    marks = CheckboxesField(label="Only requests that are", choices=REQUEST_MARKS, required=False)
    since = BritishDateField(label="Came from", required=False)
    until = BritishDateField(label="Came until", required=False)


class WordsForm(PlainForm):
    """What is looked for in words; posted, as it may be a name (R56).

    ``more`` says what its further fields are for.
    """

    more: ClassVar[str] = ""
    find = TextField(label="Name, reference or words", max_length=200, width=20, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(found.values()):
            self.add_error("find", "Enter a name, a reference or words to look for")
        return found


class DecisionWords(WordsForm):
    """Where in a decision the words are to be found."""

    more = "Search for a person, a recipient or who signed"
    person = TextField(label="Somebody the case is about", max_length=200, width=20, required=False)
    recipient = TextField(label="Who was to be told", max_length=200, width=20, required=False)
    author = TextField(label="Signed by", max_length=200, width=20, required=False)


class RequestWords(WordsForm):
    """Where in a request the words are to be found."""

    more = "Search for a person, who asks or who works on it"
    person = TextField(label="Somebody the case is about", max_length=200, width=20, required=False)
    requester = TextField(label="Who asks", max_length=200, width=20, required=False)
    worker = TextField(
        label="Who recorded, started or signed it", max_length=200, width=20, required=False
    )


class NameForm(PlainForm):
    """The name of a filter to save; nobody else sees it."""

    name = TextField(
        label="Name of this filter",
        help_text="Only you see it.",
        max_length=80,
        width=20,
        error_messages={"required": "Enter a name for this filter"},
    )
