"""Opening a case without a request, and saying who may see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from decisions.forms.requests import NewCaseFields
from infosharing.journeys.forms import ConfirmField, LongTextField, PlainForm, RadioField

Choices = Sequence[tuple[str, str]]


class OpenCaseForm(NewCaseFields):
    """A case that is opened before there is anything to decide."""

    place = RadioField(
        label="For which school or service?",
        choices=(),
        error_messages={"required": "Say for which school or service the case is"},
    )

    field_order = (
        "place",
        "same",
        "name",
        "age",
        "born",
        "about_age",
        "upn",
        "summary",
        "keep_from",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        places: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if len(places) < 2:
            del self.fields["place"]
        else:
            field = self.fields["place"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            field.choices = list(places)


class _ColleagueForm(PlainForm):
    """One colleague and the reason; ``colleagues`` are the choices."""

    user = RadioField(label="", choices=())
    reason = LongTextField(
        label="Why?", rows=2, error_messages={"required": "Say why, in a sentence"}
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        colleagues: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = list(colleagues)


class NameForm(_ColleagueForm):
    """Let a colleague work on the case."""

    user = RadioField(
        label="Whom do you want to bring in?",
        choices=(),
        error_messages={"required": "Choose a colleague"},
    )


class KeepFromForm(_ColleagueForm):
    """Keep somebody from the case, whatever their role."""

    user = RadioField(
        label="Who must not see this case?",
        choices=(),
        error_messages={"required": "Choose who must not see this case"},
    )


class RestrictForm(PlainForm):
    """Close the case to all who are not named on it."""

    sure = ConfirmField(
        label="Only the people named on this case will see it from now on",
        error_messages={"required": "Tick the box if only the people named are to see it"},
    )
    reason = LongTextField(
        label="Why?", rows=2, error_messages={"required": "Say why, in a sentence"}
    )


class CloseCaseForm(PlainForm):
    """Why a case is closed, or opened again."""

    reason = LongTextField(
        label="Why?", rows=3, error_messages={"required": "Say why, in a sentence"}
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, closing: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        field = self.fields["reason"]
        field.label = "Why can it be closed?" if closing else "Why is it opened again?"
        field.help_text = (
            "What came of it, and who goes on looking after the person. Everything in it stays "
            "readable, and you can open it again."
            if closing
            else "For example what is known now."
        )


class EndAccessForm(PlainForm):
    """Why somebody is no longer named on the case, or no longer kept from it."""

    reason = LongTextField(
        label="Why?", rows=2, error_messages={"required": "Say why, in a sentence"}
    )


class LiftForm(PlainForm):
    """Open a restricted case to those who lead."""

    sure = ConfirmField(
        label="Everybody who leads here, and auditors, may see this case from now on",
        error_messages={"required": "Tick the box if those who lead here are to see it again"},
    )
    reason = LongTextField(
        label="Why?", rows=2, error_messages={"required": "Say why, in a sentence"}
    )
