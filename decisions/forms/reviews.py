"""The form of a review: agree, or return with what to change (R57)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from decisions.enums import ReviewOutcome
from infosharing.journeys.forms import LongTextField, PlainForm, RadioField

ASK = "ask_"


class ReviewForm(PlainForm):
    """What the reviewer says of the version that was shown; ``shown`` is its digest."""

    outcome = RadioField(
        label="What do you say to this decision?",
        choices=[
            (ReviewOutcome.AGREED.value, "I agree"),
            (ReviewOutcome.RETURNED.value, "I return it, with what to change"),
        ],
        hints={
            ReviewOutcome.RETURNED.value: (
                "The decision stays in force, and nothing sent is called back. "
                "Whoever signed it is asked for a new version."
            )
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
    role = RadioField(label="In which role do you review it?", choices=[])
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reveals: ClassVar = {
        "outcome": {
            ReviewOutcome.AGREED.value: ("comment",),
            ReviewOutcome.RETURNED.value: ("change",),
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
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(roles)
        if len(roles) == 1:
            del self.fields["role"]

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
        if outcome == ReviewOutcome.AGREED and self.asked:
            first = next(iter(self.asked))
            self.add_error(
                f"{ASK}{first}",
                "You agree, so nobody is asked to answer: return the decision, or take this out",
            )
        return cleaned

    @property
    def words(self) -> str:
        """The comment, or what to change."""
        cleaned = self.cleaned_data
        said = str(cleaned.get("change") or cleaned.get("comment") or "")
        return said or ("No words of their own: see the questions." if self.asked else "")
