"""Which document shows what is recorded: one of the case's, or a file given with the form."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile

from infosharing.cases.models import Document
from infosharing.journeys.forms.choices import RadioField
from infosharing.journeys.forms.files import UploadField
from infosharing.journeys.forms.plain import PlainForm

NONE_OF_THEM = "none"


class EvidenceFields(PlainForm):
    """Asks for the document last; neither is ever needed.

    ``documents`` are those of the case, offered where there are any. The two fields are apart
    rather than inside one answer, so that a file somebody chose is never dropped unsaid. A form
    may ask in other words: ``asks`` for one that is there, ``asks_for_file`` where none is.
    """

    asks: ClassVar[str] = ""
    asks_for_file: ClassVar[str] = ""

    document = RadioField(label="Does a document of this case show it?", choices=(), required=False)
    file = UploadField(label="A copy of it", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        documents: Sequence[Document] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self._documents = {one.public_id: one for one in documents}
        if documents:
            field = self.fields["document"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            found = [(key, f"{one.what} ({one.name})") for key, one in self._documents.items()]
            field.choices = [*found, (NONE_OF_THEM, "None of these")]
            field.label = self.asks or field.label
            self.fields["file"].label = "Or add a copy here"
        else:
            del self.fields["document"]
            self.fields["file"].label = self.asks_for_file or self.fields["file"].label
        last = ("document", "file")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean(self) -> dict[str, Any]:
        """Refuse two documents where one is meant."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("file") and found.get("document") in self._documents:
            self.add_error(
                "document", "Choose one: a document that is here already, or the new file"
            )
        return found

    @property
    def shown_by(self) -> Document | None:
        """The document of the case that was chosen; of a valid form."""
        return self._documents.get(self.cleaned_data.get("document") or "")

    @property
    def given(self) -> "UploadedFile[bytes] | None":
        """The file that came with a valid form."""
        found: UploadedFile[bytes] | None = self.cleaned_data.get("file") or None
        return found
