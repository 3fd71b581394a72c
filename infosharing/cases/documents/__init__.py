"""Files that belong to a case: what they are, and where they are kept."""

from infosharing.cases.documents.kinds import ALLOWED_WORDS, FileKind, kind_of
from infosharing.cases.documents.names import safe_name
from infosharing.cases.documents.store import (
    Arrived,
    Damaged,
    UnableToKeep,
    arriving,
    arriving_if,
    read_kept,
)
from infosharing.cases.documents.words import (
    Named,
    checksum_words,
    document_words,
    named,
    size_words,
)

__all__ = [
    "ALLOWED_WORDS",
    "Arrived",
    "Damaged",
    "FileKind",
    "Named",
    "UnableToKeep",
    "arriving",
    "arriving_if",
    "checksum_words",
    "document_words",
    "kind_of",
    "named",
    "read_kept",
    "safe_name",
    "size_words",
]
