"""Forms of restricted notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from infosharing.journeys.forms import CheckboxesField, LongTextField, PlainForm, RadioField

Choices = Sequence[tuple[str, str]]


class NoteForm(PlainForm):
    """A new note, and who reads it beside its author."""

    words = LongTextField(
        label="The note",
        rows=6,
        help_text="Only you and the people you choose below see it, and that it is there.",
        error_messages={"required": "Write the note"},
    )
    readers = CheckboxesField(
        label="Who else may read it?",
        choices=(),
        required=False,
        help_text="You can name further people later. They must see the case already.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, colleagues: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["readers"]
        assert isinstance(field, CheckboxesField)  # noqa: S101 - declared above
        field.choices = list(colleagues)
        if not colleagues:
            del self.fields["readers"]


class ChangeNoteForm(PlainForm):
    """A note put right."""

    words = LongTextField(label="The note", rows=6, error_messages={"required": "Write the note"})
    reason = LongTextField(
        label="Why is it changed?",
        rows=2,
        help_text="What stood there before stays in the history of the note.",
        error_messages={"required": "Say why, in a sentence"},
    )


class NoteReaderForm(PlainForm):
    """Somebody to be named on a note, or no longer."""

    user = RadioField(label="", choices=(), error_messages={"required": "Choose a colleague"})

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, label: str, colleagues: Choices, prefix: str
    ) -> None:
        super().__init__(data, prefix=prefix)
        field = self.fields["user"]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.label, field.choices = label, list(colleagues)
