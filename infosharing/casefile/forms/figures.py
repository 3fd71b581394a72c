"""Which figures somebody wants: where and from when to when."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from infosharing.journeys.forms import BritishDateField, PlainForm

EVERYWHERE: Final = ""
NOT_THERE: Final = (
    "You do not have the figures of the place asked for. Choose dates to see your own"
)


class FiguresForm(PlainForm):
    """A place that the user oversees, or all of them, and the days of signing, both included."""

    place = forms.ChoiceField(label="Where", required=False)
    since = BritishDateField(label="Signed from", required=False)
    until = BritishDateField(label="Signed until", required=False)

    def __init__(self, data: Any, *, places: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        found = list(places)
        self._places = {place for place, _name in found}
        if len(found) > 1:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                (EVERYWHERE, "Everywhere, taken together"),
                *found,
            ]
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, and a place that is not theirs.

        :raises django.core.exceptions.ValidationError: (beside the last day; above the form
            for somebody with one place, as there is no field then).
        """
        found: dict[str, Any] = super().clean() or {}
        place = self.data.get("place")
        if "place" not in self.fields and place and place not in self._places:
            raise forms.ValidationError(NOT_THERE)
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            self.add_error("until", "The last day must not be before the first day")
        return found


class QuarterForm(PlainForm):
    """A quarter that is over."""

    quarter = forms.ChoiceField(label="Which three months")

    def __init__(self, data: Any, *, quarters: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["quarter"].choices = list(quarters)  # type: ignore[attr-defined]
