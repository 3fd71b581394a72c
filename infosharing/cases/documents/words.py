"""A document in words, wherever something points at it: what it is, its file and its checksum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from infosharing.cases.documents.kinds import FileKind


class Kept(Protocol):
    """What is said of a document; its row has it, and so has ``Named``."""

    @property
    def what(self) -> str:
        """What it is."""

    @property
    def name(self) -> str:
        """The name of its file."""

    @property
    def kind(self) -> str:
        """A code of ``FileKind``."""

    @property
    def size(self) -> int:
        """How many bytes."""

    @property
    def sha256(self) -> str:
        """Its checksum in hex."""


@dataclass(frozen=True)
class Named:
    """A document as a query gave it, without its row."""

    public_id: str
    what: str
    name: str
    kind: str
    size: int
    sha256: str

    @property
    def line(self) -> str:
        """What it is, with its file."""
        return document_words(self)

    @property
    def checksum(self) -> str:
        """Its checksum, with the name of the rule."""
        return checksum_words(self)


FIELDS = ("public_id", "what", "name", "kind", "size", "sha256")


def named(row: Mapping[str, Any], prefix: str) -> Named | None:
    """Return the document that stands in a row of values under a prefix; None where none does."""
    if row[f"{prefix}public_id"] is None:
        return None
    return Named(**{name: row[f"{prefix}{name}"] for name in FIELDS})


def size_words(size: int) -> str:
    """Return how large a file is, as people say it."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def document_words(document: Kept) -> str:
    """Return what a document is, with the name, kind and size of its file."""
    kind = FileKind(document.kind).label
    return f"{document.what}: {document.name} ({kind}, {size_words(document.size)})"


def checksum_words(document: Kept) -> str:
    """Return the checksum by which anybody can tell whether a file is this one."""
    return f"Fingerprint of the file (SHA-256): {document.sha256}"
