"""The base of every form: a form validates a dictionary and does nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import MaxLengthValidator

from infosharing.journeys.forms.summary import ErrorItem, error_items
from infosharing.journeys.forms.texts import TEXT_LIMIT, UNREADABLE, readable_data

# Django's own words, replaced by ours wherever a field has not brought better ones.
_REQUIRED = str(forms.Field.default_error_messages["required"])
_INVALID_CHOICE = {
    str(forms.ChoiceField.default_error_messages["invalid_choice"]),
    str(forms.MultipleChoiceField.default_error_messages["invalid_choice"]),
    str(forms.ModelChoiceField.default_error_messages["invalid_choice"]),
}


class PlainWords:
    """Our words in place of Django's, and our limits; may be put before any form class."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __getitem__(self, name: str) -> forms.BoundField:
        # Here rather than in __init__, so that fields a form adds for itself are prepared too.
        prepared: dict[str, forms.Field] = self.__dict__.setdefault("_prepared", {})
        field = self.fields.get(name)
        if field is not None and prepared.get(name) is not field:
            _limit_text(field)
            _choose_nothing(field)
            _say_plainly(field, str(field.label or name.replace("_", " ").capitalize()))
            prepared[name] = field
        found: forms.BoundField = super().__getitem__(name)  # type: ignore[misc]
        return found


class PlainForm(PlainWords, forms.Form):
    """Base of every form in the product.

    - Posted text is composed (NFC), has one kind of line end, is stripped and at most 10,000
      characters; what cannot be stored is refused beside its field and shown as ``\\ufffd``.
    - Nothing is chosen beforehand, and the server's words are shown rather than the browser's.
    - ``reveals`` names fields that belong to one answer of a choice: ``{"informed": {"no":
      ("why_not",)}}``. They are shown inside that answer, are only required when it is chosen,
      and are emptied when it is not.
    - ``one_question``: the only question's label is the heading of the page.
    """

    one_question: bool = False
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {}

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        self._unreadable: set[str] = set()
        self._cleaned = False
        if data is not None:
            data, self._unreadable = readable_data(data)
        super().__init__(data, *args, **kwargs)

    @property
    def revealed_names(self) -> frozenset[str]:
        """The fields that are shown inside an answer instead of on their own."""
        return frozenset(
            name
            for answers in self.reveals.values()
            for names in answers.values()
            for name in names
            if name in self.fields
        )

    def revealed_by(self, name: str, value: str) -> list[forms.BoundField]:
        """The fields that belong to one answer of a choice."""
        names = self.reveals.get(name, {}).get(value, ())
        return [self[revealed] for revealed in names if revealed in self.fields]

    def full_clean(self) -> None:
        """Clean it, and say of a file beside another error that it has to be chosen again."""
        self._cleaned = False
        super().full_clean()
        self._cleaned = True
        self._ask_for_files_again()

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error, after cleaning too, such as what the record refused."""
        super().add_error(field, error)
        if self._cleaned:
            self._ask_for_files_again()

    def _ask_for_files_again(self) -> None:
        """A browser does not fill the control of a file again, so nobody may think it is there."""
        if not self.errors:
            return
        for name, field in self.fields.items():
            chosen = self.files.get(self.add_prefix(name)) if self.files else None
            if isinstance(field, forms.FileField) and chosen and name not in self.errors:
                super().add_error(
                    name, f"“{chosen.name}” was not kept, as this page came back. Choose it again"
                )

    def error_summary(self) -> list[ErrorItem]:
        """What is wrong, in page order, each with the id of the control to focus."""
        return error_items(self)

    def _clean_fields(self) -> None:
        # Between the fields and clean(), so that clean() sees no answer that does not count.
        idle = self._idle_names()
        required = {name: self.fields[name].required for name in idle}
        for name in idle:
            self.fields[name].required = False
        super()._clean_fields()  # type: ignore[misc]
        for name in idle:
            self.errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].clean(None)
            self.fields[name].required = required[name]
        for name in self.fields.keys() - idle:
            if self._unreadable & self._keys(name):
                self.errors.pop(name, None)
                self.add_error(name, forms.ValidationError(UNREADABLE, code="unreadable"))

    def _idle_names(self) -> set[str]:
        """Revealed fields whose answer was not chosen: what they hold does not count."""
        idle = set(self.revealed_names)
        for name, answers in self.reveals.items():
            if name not in self.fields:
                continue
            chosen = self[name].data
            chosen = chosen if isinstance(chosen, list) else [chosen]
            for value, names in answers.items():
                if value in chosen:
                    idle.difference_update(names)
        return idle

    def _keys(self, name: str) -> set[str]:
        """The keys of the posted data that belong to a field."""
        html_name = self.add_prefix(name)
        suffixes = getattr(self.fields[name].widget, "widgets_names", [""])
        return {html_name + suffix for suffix in suffixes}


def _limit_text(field: forms.Field) -> None:
    if isinstance(field, forms.CharField):
        if field.max_length is None:
            field.max_length = TEXT_LIMIT
            field.validators.append(MaxLengthValidator(TEXT_LIMIT))
        field.error_messages.setdefault(
            "max_length",
            "Shorten this to %(limit_value)d characters or fewer. It has %(show_value)d",
        )


def _choose_nothing(field: forms.Field) -> None:
    """A drop-down without an empty choice would show the first as if it had been chosen."""
    if (
        isinstance(field, forms.ChoiceField)
        and not isinstance(field, forms.ModelChoiceField)
        and isinstance(field.widget, forms.Select)
        and not isinstance(field.widget, forms.SelectMultiple)
    ):
        choices: list[tuple[Any, Any]] = list(cast(Iterable[tuple[Any, Any]], field.choices))
        if not any(value in ("", None) for value, _ in choices):
            field.choices = [("", "Choose one"), *choices]


def _say_plainly(field: forms.Field, label: str) -> None:
    if str(field.error_messages.get("required")) == _REQUIRED:
        field.error_messages["required"] = _please(field, label)
    if str(field.error_messages.get("invalid_choice")) in _INVALID_CHOICE:
        field.error_messages["invalid_choice"] = "Choose from the answers offered"


def _please(field: forms.Field, label: str) -> str:
    label = label.strip()
    if isinstance(field, forms.BooleanField):
        return "Tick the box to confirm: " + _inside(label)
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    return ("Choose " if isinstance(field, forms.ChoiceField) else "Enter ") + _inside(label)


def _inside(label: str) -> str:
    """A label in the middle of a sentence: "Full name" gives "full name", "DSL" stays."""
    starts_plainly = len(label) > 1 and label[1:2].islower() and not label.startswith("I ")
    return label[:1].lower() + label[1:] if starts_plainly else label
