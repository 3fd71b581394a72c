"""That somebody in a case is recorded twice, or is not after all."""

from collections.abc import Mapping, Sequence
from typing import Any

from infosharing.journeys.forms import LongTextField, PlainForm, RadioField


class SameForm(PlainForm):
    """Who it is; ``found`` are the people it may be, as choices with ``hints``."""

    known = RadioField(
        label="Who is it?",
        choices=(),
        error_messages={"required": "Choose who it is"},
    )
    why = LongTextField(
        label="How do you know?",
        rows=2,
        help_text="For example: the same date of birth on the register.",
        error_messages={"required": "Say how you know"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        found: Sequence[tuple[str, str]],
        hints: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        field = self.fields["known"]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = list(found)
        field.widget.hints = dict(hints)


class TwoPeopleForm(PlainForm):
    """They are two people after all."""

    why = LongTextField(
        label="How do you know that they are two people?",
        rows=2,
        error_messages={"required": "Say how you know that they are two people"},
    )
