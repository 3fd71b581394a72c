"""File names as they came, made harmless; never part of an address, the log or the disk."""

import re
import unicodedata
from pathlib import PurePosixPath

from infosharing.cases.documents.kinds import SUFFIXES, FileKind

LONGEST = 150
NAMELESS = "document"
# Controls, line ends, and what turns the direction of writing so that "exe" looks like "fdp".
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # letters of Persian and of Indian scripts are written with them


def safe_name(name: str, kind: FileKind) -> str:
    """Return a name to show and to download under; it ends as its kind does.

    Letters of every script stay. Folders, control characters, hidden turns of direction and
    leading dots go; what is left is at most 150 characters.
    """
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    last = re.split(r"[/\\]", plain)[-1]
    shown = "".join(
        " " if letter not in _JOINERS and unicodedata.category(letter) in _HIDDEN else letter
        for letter in last
    )
    cleaned = " ".join(shown.split()).strip(". ")
    suffix = PurePosixPath(cleaned).suffix
    wanted = SUFFIXES[kind]
    stem = cleaned[: -len(suffix)] if suffix.lower() in wanted else cleaned
    ending = suffix.lower() if suffix.lower() in wanted else wanted[0]
    return (stem.strip(". ") or NAMELESS)[: LONGEST - len(ending)] + ending
