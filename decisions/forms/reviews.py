"""The form of a review: agree, or return with what to change (R57)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from decisions.enums import ReviewOutcome
from infosharing.journeys.forms import LongTextField, PlainForm, RadioField


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
    change = LongTextField(label="What should change?", rows=4)
    role = RadioField(label="In which role do you review it?", choices=[])
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reveals: ClassVar = {
        "outcome": {
            ReviewOutcome.AGREED.value: ("comment",),
            ReviewOutcome.RETURNED.value: ("change",),
        }
    }

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(roles)
        if len(roles) == 1:
            del self.fields["role"]

    @property
    def words(self) -> str:
        """The comment, or what to change."""
        cleaned = self.cleaned_data
        return str(cleaned.get("change") or cleaned.get("comment") or "")
