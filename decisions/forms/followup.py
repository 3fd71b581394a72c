"""Forms for what follows a signature: told, afterwards, amended, what came of it, closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.enums import STAGES, ProgressKind
from decisions.forms.sending import not_after
from infosharing.guidance.codes import ANSWERS
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)

Choices = Sequence[tuple[str, str]]


class TellingForm(PlainForm):
    """Whether a person was told; if not, why, and when it is looked at again (R49)."""

    person = RadioField(label="Who is this about?", choices=[])
    told = YesNoField(label="Have they been told what was shared?", inline=False)
    told_who = NameField(
        label="Who was told?",
        help_text="The person themselves, or somebody for them, such as a parent.",
        max_length=200,
    )
    told_on = BritishDateField(label="On which day?")
    told_by = NameField(label="Who told them?", max_length=200)
    how = LongTextField(
        label="How were they told, and what did they say?",
        help_text="You can leave this empty.",
        required=False,
        rows=3,
    )
    why_not = LongTextField(label="Why have they not been told?", rows=3)
    look_again_on = BritishDateField(
        label="When will you look at this again?",
        help_text="It then stands in your work for that day.",
    )
    reveals: ClassVar = {
        "told": {
            "yes": ("told_who", "told_on", "told_by", "how"),
            "no": ("why_not", "look_again_on"),
        }
    }

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(people)

    def clean_told_on(self) -> date | None:
        day: date | None = self.cleaned_data["told_on"]
        not_after(day, self.today)
        return day

    def clean_look_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["look_again_on"]
        if day and day < self.today:
            raise ValidationError("This day has passed. Choose today or later", code="past")
        return day


class AfterwardsForm(PlainForm):
    """The checklist's questions for afterwards; any of them may wait (R14)."""

    def __init__(self, *args: Any, questions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [code for code, _text in questions]
        for code, text in questions:
            self.fields[f"answer_{code}"] = RadioField(
                label=text, choices=list(ANSWERS), inline=True, required=False
            )
            self.fields[f"note_{code}"] = LongTextField(
                label=f"Note on “{text}”",
                help_text="You can leave this empty.",
                required=False,
                rows=2,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.questions:
            if cleaned.get(f"note_{code}") and not cleaned.get(f"answer_{code}"):
                self.add_error(f"answer_{code}", "Choose an answer to go with your note")
        if not self.errors and not any(cleaned.get(f"answer_{c}") for c in self.questions):
            raise ValidationError("Answer at least one question", code="nothing")
        return cleaned


NEW, OTHER = "new", "other"


class AmendForm(PlainForm):
    """Why a signed decision is taken up again; ``refused``: it may be opened again (R50)."""

    why = RadioField(
        label="Why do you take it up again?",
        choices=[
            (NEW, "Something new is known: open the refusal again"),
            (OTHER, "Something else: a mistake, or what a reviewer asked for"),
        ],
        error_messages={"required": "Choose why you take it up again"},
    )
    what_is_new = LongTextField(
        label="What is new?",
        help_text="What is known now that was not known when it was refused.",
        rows=4,
    )
    known_on = BritishDateField(label="Since when is it known?", help_text="For example 27 3 2026")
    known_from = TextField(label="From whom do you know it?", max_length=300)
    reason = LongTextField(
        label="Why is a new version needed?",
        help_text=(
            "Such as what the reviewer asked for, or what is known now that was not known then."
        ),
        rows=4,
    )
    reveals: ClassVar = {
        "why": {NEW: ("what_is_new", "known_on", "known_from"), OTHER: ("reason",)}
    }

    def __init__(self, *args: Any, refused: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        if not refused:
            for name in ("why", *self.reveals["why"][NEW]):
                del self.fields[name]
            self.reveals = {}  # type: ignore[misc]

    @property
    def reopens(self) -> bool:
        """Whether the refusal is opened again on new information."""
        return self.cleaned_data.get("why") == NEW

    def clean_known_on(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["known_on"]
        if day is not None and day > self._today:
            raise forms.ValidationError("Enter a day that has been")
        return day


class ProgressForm(PlainForm):
    """What a recipient did, or a stage of pressing for it (domain.md section 5)."""

    kind = RadioField(
        label="What happened?",
        choices=[
            (ProgressKind.REPLY.value, "They replied, or did something"),
            *[(one.value, str(one.label)) for one in STAGES],
        ],
        hints={
            ProgressKind.FORMAL.value: "Under your safeguarding partnership’s escalation policy."
        },
    )
    who = NameField(
        label="Who was it?",
        help_text="Who replied, or with whom you raised it: name and role.",
        max_length=300,
    )
    happened_on = BritishDateField(label="On which day?")
    words = LongTextField(label="What was said or done?", rows=4)
    look_again_on = BritishDateField(
        label="When will you look at this again?",
        help_text="It then stands in the list of what is to be done. Leave it empty if nothing "
        "more is expected.",
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date | None:
        day: date | None = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day

    def clean_look_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["look_again_on"]
        if day and day < self.today:
            raise ValidationError("This day has passed. Choose today or later", code="past")
        return day


class CloseForm(PlainForm):
    """Why a decision is closed, or opened again."""

    reason = LongTextField(label="Why?", rows=4)

    def __init__(self, *args: Any, closing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label = "Why can it be closed?" if closing else "Why is it opened again?"
        field.help_text = (
            "Such as what came of it, and who goes on looking after the person."
            if closing
            else "Such as what is known now."
        )
