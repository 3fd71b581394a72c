"""What a chronology, a history and the list of who looked can be narrowed to; all in addresses."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from decisions.forms.lists import DatesForm
from infosharing.casefile.finding import RECORDED
from infosharing.cases.enums import Strand
from infosharing.journeys.forms import BritishDateField, CheckboxesField

ORDERS: Final = (("", "When it happened"), (RECORDED, "When it was recorded"))


class ChronologyFilter(DatesForm):
    """Kinds and days; ``order`` says by which day, that it happened or that it was recorded."""

    kinds = CheckboxesField(label="Only these kinds", choices=Strand.choices, required=False)
    order = forms.ChoiceField(label="Order and days go by", choices=ORDERS, required=False)
    since = BritishDateField(label="From", required=False)
    until = BritishDateField(label="Until", required=False)


class HistoryFilter(DatesForm):
    """One kind of record, and days; ``kinds`` are those that are there."""

    kind = forms.ChoiceField(label="Kind of record", choices=(), required=False)
    since = BritishDateField(label="Changed from", required=False)
    until = BritishDateField(label="Changed until", required=False)

    def __init__(self, data: Mapping[str, Any], *, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        kind.choices = [("", "Every kind"), *kinds]
