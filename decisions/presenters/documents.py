"""Documents as they are listed: what each is, the way to it, and who added it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from infosharing.cases.documents import FileKind, size_words
from infosharing.cases.models import Document
from infosharing.journeys.templatetags.british import british_datetime

HEADERS = ["Document", "File", "Added"]


def document_rows(documents: Iterable[Document]) -> list[list[Any]]:
    """Return the rows of a table of documents."""
    return [
        [
            {
                "text": document.what,
                "url": reverse("casefile:document", args=[document.public_id]),
                "hint": f"{FileKind(document.kind).label}, {size_words(document.size)}",
            },
            document.name,
            british_datetime(document.added_at),
        ]
        for document in documents
    ]
