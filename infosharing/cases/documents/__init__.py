"""Files that belong to a case: what they are, and where they are kept."""

from infosharing.cases.documents.kinds import ALLOWED_WORDS, FileKind, kind_of
from infosharing.cases.documents.names import safe_name
from infosharing.cases.documents.store import (
    Arrived,
    Damaged,
    UnableToKeep,
    arriving,
    read_kept,
)

__all__ = [
    "ALLOWED_WORDS",
    "Arrived",
    "Damaged",
    "FileKind",
    "UnableToKeep",
    "arriving",
    "kind_of",
    "read_kept",
    "safe_name",
]
