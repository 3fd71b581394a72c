"""What the list of cases can be narrowed to: what may stand in an address, and what may not."""

from typing import Final

from django import forms

from decisions.forms.lists import DatesForm, WordsForm
from infosharing.casefile.finding import CLOSED, NOTHING, OPEN, SIGNED, UNDECIDED
from infosharing.cases.enums import YearGroup
from infosharing.journeys.forms import BritishDateField, CheckboxesField, TextField

STATES: Final = (("", "Open or closed"), (OPEN, "Open"), (CLOSED, "Closed"))
DECIDED: Final = (
    ("", "Decided or not"),
    (UNDECIDED, "Something is to be decided"),
    (SIGNED, "Something was decided"),
    (NOTHING, "Nothing was asked or thought of"),
)
MARKS: Final = (
    ("restricted", "Restricted to the people named"),
    ("mine", "Opened by me"),
)


class CasesFilter(DatesForm):
    """Choices that stand in the address; none means all."""

    state = forms.ChoiceField(label="Where they stand", choices=STATES, required=False)
    decided = forms.ChoiceField(label="Decisions", choices=DECIDED, required=False)
    year = forms.ChoiceField(
        label="Year group of whom it is about",
        choices=[("", "Any year group, or none"), *YearGroup.choices],
        required=False,
    )
    marks = CheckboxesField(label="Only cases that are", choices=MARKS, required=False)
    since = BritishDateField(label="Opened from", required=False)
    until = BritishDateField(label="Opened until", required=False)


class CaseWords(WordsForm):
    """Where in a case the words are to be found."""

    more = "Search for a person or who opened it"
    person = TextField(label="Somebody in the case", max_length=200, width=20, required=False)
    opener = TextField(label="Opened by", max_length=200, width=20, required=False)
