"""Questions answered by choosing. Nothing is chosen beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

Choices = Sequence[tuple[str, str]]


class Radios(forms.RadioSelect):
    """Radio buttons; ``hints`` holds help for each value, ``inline`` puts them abreast."""

    hints: Mapping[str, str] = {}
    inline = False


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes; ``hints`` holds a line of help for each value."""

    hints: Mapping[str, str] = {}


class RadioField(forms.ChoiceField):
    """One of several, as radio buttons; gives the code chosen, or "" where not required."""

    widget: Any = Radios

    def __init__(
        self,
        *,
        choices: Choices,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=choices, **kwargs)
        _give(self.widget, hints, choices)
        self.widget.inline = inline


class CheckboxesField(forms.MultipleChoiceField):
    """Any of several, as checkboxes; gives the list of the codes chosen."""

    widget: Any = Checkboxes

    def __init__(
        self,
        *,
        choices: Choices,
        hints: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=choices, **kwargs)
        _give(self.widget, hints, choices)


class ConfirmField(forms.BooleanField):
    """One box to tick, such as a declaration: required means that it must be ticked."""


class YesNoField(RadioField):
    """Yes or no; gives True or False, or None where not required and not answered."""

    def __init__(
        self,
        *,
        yes: str = "Yes",
        no: str = "No",
        hints: Mapping[str, str] | None = None,
        inline: bool = True,
        **kwargs: Any,
    ) -> None:
        choices = [("yes", yes), ("no", no)]
        super().__init__(choices=choices, hints=hints, inline=inline, **kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(self.prepare_value(value)))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class YesNoNotSureField(RadioField):
    """Yes, no or not sure; gives "yes", "no" or "not_sure"."""

    def __init__(
        self,
        *,
        yes: str = "Yes",
        no: str = "No",
        not_sure: str = "I’m not sure",
        hints: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        choices = [("yes", yes), ("no", no), ("not_sure", not_sure)]
        super().__init__(choices=choices, hints=hints, **kwargs)


def _give(widget: Any, hints: Mapping[str, str] | None, choices: Choices) -> None:
    hints = dict(hints or {})
    if unknown := hints.keys() - {str(value) for value, _ in choices}:
        raise ValueError(f"Hints for values that are not offered: {sorted(unknown)}")
    widget.hints = hints
