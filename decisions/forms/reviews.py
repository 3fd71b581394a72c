"""The forms of a review, of the answer to one, of a look back and of what is reviewed (R57)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from decisions.enums import LookedBack, ReviewKind, ReviewOutcome
from decisions.needs import CHOICES
from infosharing.journeys.forms import CheckboxesField, LongTextField, PlainForm, RadioField

ASK = "ask_"


class ReviewForm(PlainForm):
    """What the reviewer says of the version that was shown; ``shown`` is its digest."""

    outcome = RadioField(
        label="What do you say to this decision?",
        choices=[
            (ReviewOutcome.AGREED.value, "I agree"),
            (ReviewOutcome.RETURNED.value, "I return it, with what to change"),
            (ReviewOutcome.DISAGREED.value, "I do not agree, and the decision stands"),
        ],
        hints={
            ReviewOutcome.RETURNED.value: (
                "The decision stays in force, and nothing sent is called back. "
                "Whoever signed it is asked for a new version."
            ),
            ReviewOutcome.DISAGREED.value: (
                "Nothing is asked of whoever signed it, but that they read why. Your words stand "
                "beside the decision for good."
            ),
        },
    )
    comment = LongTextField(
        label="Comment",
        help_text="You can leave this empty. Everybody who reads the decision sees it.",
        required=False,
        rows=3,
    )
    change = LongTextField(
        label="What should change?",
        help_text="Questions about one part go beside that part, above. You can leave this empty "
        "when they say it all.",
        required=False,
        rows=4,
    )
    why_not = LongTextField(
        label="Why do you not agree?",
        help_text="Say what you would have decided, and why.",
        rows=4,
        error_messages={"required": "Say why you do not agree"},
    )
    role = RadioField(label="In which role do you review it?", choices=[])
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reveals: ClassVar = {
        "outcome": {
            ReviewOutcome.AGREED.value: ("comment",),
            ReviewOutcome.RETURNED.value: ("change",),
            ReviewOutcome.DISAGREED.value: ("why_not",),
        }
    }

    def __init__(
        self,
        *args: Any,
        roles: Sequence[tuple[str, str]],
        parts: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Take the reviewer's roles, and code and title of each part that can be asked about."""
        super().__init__(*args, **kwargs)
        self._parts = tuple(code for code, _title in parts)
        for code, title in parts:
            self.fields[f"{ASK}{code}"] = LongTextField(
                label=f"Your question about “{title}”", required=False, rows=3
            )
        _offer_roles(self, roles)

    @property
    def beside(self) -> dict[str, BoundField]:
        """The field for a question about each part, by the part's code."""
        return {code: self[f"{ASK}{code}"] for code in self._parts}

    @property
    def asked(self) -> dict[str, str]:
        """What is asked about each part, by its code; only parts that are asked about."""
        found = {code: self.cleaned_data.get(f"{ASK}{code}") for code in self._parts}
        return {code: words for code, words in found.items() if words}

    def clean(self) -> dict[str, Any]:
        """Need something to change from whoever returns it, and no questions of who agrees."""
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if outcome == ReviewOutcome.RETURNED and not cleaned.get("change") and not self.asked:
            self.add_error(
                "change", "Say what should change, or ask a question beside the part it is about"
            )
        if outcome in (ReviewOutcome.AGREED, ReviewOutcome.DISAGREED) and self.asked:
            first = next(iter(self.asked))
            self.add_error(
                f"{ASK}{first}",
                "Only a decision that is returned is asked questions: return it, or take this out",
            )
        return cleaned

    @property
    def words(self) -> str:
        """The comment, what to change, or why not agreed."""
        cleaned = self.cleaned_data
        said = str(cleaned.get("change") or cleaned.get("why_not") or cleaned.get("comment") or "")
        return said or ("No words of their own: see the questions." if self.asked else "")


class ReplyForm(PlainForm):
    """That the author has read why a reviewer did not agree, and what they say to it."""

    words = LongTextField(
        label="What do you say to it?",
        help_text="You can leave this empty: then it is on record that you have read it. "
        "Everybody who reads the decision sees it.",
        required=False,
        rows=4,
    )


class LookBackForm(PlainForm):
    """What a look back at an emergency found; ``shown`` is the digest of what was read."""

    found = RadioField(label="What do you find, looking back?", choices=LookedBack.choices)
    findings = LongTextField(
        label="Why?",
        help_text="Go by what could be known then, and say what has come of it since.",
        rows=4,
        error_messages={"required": "Say why you find this"},
    )
    to_change = LongTextField(
        label="What should be done differently next time?",
        help_text="You can leave this empty.",
        required=False,
        rows=3,
    )
    role = RadioField(label="In which role do you look back?", choices=[])
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the roles of whoever looks back."""
        super().__init__(*args, **kwargs)
        _offer_roles(self, roles)


def _offer_roles(form: PlainForm, roles: Sequence[tuple[str, str]]) -> None:
    field = form.fields["role"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    field.choices = list(roles)
    if len(roles) == 1:
        del form.fields["role"]


EVERY = ReviewKind.EVERY.value
SOME = "some"
NONE = "none"
KINDS = [(kind.value, str(kind.label).capitalize()) for kind in CHOICES]


class ReviewRulesForm(PlainForm):
    """Which decisions of a place are reviewed, by how many, and when emergencies once more."""

    reviewed = RadioField(
        label="Which decisions are reviewed?",
        choices=[(EVERY, "Every decision"), (SOME, "Only decisions where…")],
        error_messages={"required": "Choose which decisions are reviewed"},
    )
    kinds = CheckboxesField(
        label="A decision is reviewed where any of this holds",
        choices=KINDS,
        error_messages={"required": "Choose at least one, or every decision"},
    )
    twice = RadioField(
        label="Which of them are reviewed by a second person too?",
        choices=[
            (NONE, "None"),
            (EVERY, "Every decision"),
            (SOME, "Only decisions where…"),
        ],
        error_messages={"required": "Choose which are reviewed by a second person"},
    )
    second = CheckboxesField(
        label="A second person reviews it where any of this holds",
        choices=KINDS,
        error_messages={"required": "Choose at least one, or none"},
    )
    look_back_days = forms.IntegerField(
        label="Within how many working days is an emergency looked back at?",
        help_text="Every emergency is, whatever is chosen above. Between 1 and 30.",
        min_value=1,
        max_value=30,
        error_messages={
            "required": "Enter a number of working days",
            "invalid": "Enter a number, such as 5",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 30 or fewer",
        },
    )
    reason = LongTextField(
        label="Why do you change it?",
        help_text="It stays beside the change. For example: agreed with the governors.",
        rows=3,
        error_messages={"required": "Say why you change it"},
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=22, required=False)
    reveals: ClassVar = {"reviewed": {SOME: ("kinds",)}, "twice": {SOME: ("second",)}}

    @property
    def chosen(self) -> list[str]:
        """The kinds that are reviewed."""
        cleaned = self.cleaned_data
        return [EVERY] if cleaned["reviewed"] == EVERY else list(cleaned["kinds"])

    @property
    def chosen_twice(self) -> list[str]:
        """The kinds that are reviewed by a second person."""
        cleaned = self.cleaned_data
        if cleaned["twice"] == NONE:
            return []
        return [EVERY] if cleaned["twice"] == EVERY else list(cleaned["second"])
