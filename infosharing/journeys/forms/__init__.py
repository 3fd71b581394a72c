"""The forms of the question pages: one base form, the fields, and what is wrong for the summary."""

from infosharing.journeys.forms.choices import (
    CheckboxesField,
    ConfirmField,
    RadioField,
    YesNoField,
    YesNoNotSureField,
)
from infosharing.journeys.forms.dates import (
    BritishDateField,
    BritishTimeField,
    RememberedTimeField,
)
from infosharing.journeys.forms.evidence import EvidenceFields
from infosharing.journeys.forms.files import UploadField
from infosharing.journeys.forms.plain import PlainForm, PlainWords
from infosharing.journeys.forms.summary import ErrorItem, error_items
from infosharing.journeys.forms.texts import TEXT_LIMIT, LongTextField, NameField, TextField

__all__ = [
    "TEXT_LIMIT",
    "BritishDateField",
    "BritishTimeField",
    "CheckboxesField",
    "ConfirmField",
    "ErrorItem",
    "EvidenceFields",
    "LongTextField",
    "NameField",
    "PlainForm",
    "PlainWords",
    "RadioField",
    "RememberedTimeField",
    "TextField",
    "UploadField",
    "YesNoField",
    "YesNoNotSureField",
    "error_items",
]
