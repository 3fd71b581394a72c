"""A document of a case: its row; the file itself is in the store (``cases.documents``)."""

from django.db import models

from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.documents import FileKind
from infosharing.cases.documents.kinds import MEDIA_TYPES
from infosharing.cases.models.case import Case
from infosharing.identifiers import Identified


class Document(Identified):
    """A file that belongs to a case and is pointed at by what it is evidence of (design.md).

    The same bytes are kept once in a case, however often they are given.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    what = models.CharField("what it is", max_length=300)
    name = models.CharField("file name", max_length=200)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=32, unique=True, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="documents_added")
    added_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "sha256"], name="cases_document_once_a_case"),
        ]

    def again(self, what: str) -> str:
        """Return what to say when the same file was given with other words; "" for the same."""
        if " ".join(what.split()) == " ".join(self.what.split()):
            return ""
        return (
            f"The same file was here already, as “{self.what}” ({self.name}). It was not kept "
            f"twice, and it was not described anew as “{what}”."
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def media_type(self) -> str:
        """The type to send it as."""
        return MEDIA_TYPES[FileKind(self.kind)]
