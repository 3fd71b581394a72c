"""Lines and headings of the record, and how what is signed keeps them."""

from dataclasses import asdict, dataclass, field
from typing import Any

from infosharing.guidance import codes

NOT_ANSWERED = "Not answered"
YES_NO = {True: "Yes", False: "No", None: NOT_ANSWERED}


@dataclass(frozen=True)
class Row:
    """One line: what was asked, what was said, and the note beside it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One heading of the record; ``page`` and ``index`` say where a draft changes it."""

    code: str
    title: str
    rows: list[Row] = field(default_factory=list)
    page: str = ""
    index: int = 0


def as_data(sections: list[Section]) -> list[dict[str, Any]]:
    """Return sections as they are kept in what is signed."""
    return [asdict(section) for section in sections]


def from_data(data: list[dict[str, Any]]) -> list[Section]:
    """Return sections from what was signed."""
    return [
        Section(**{**section, "rows": [Row(**row) for row in section["rows"]]}) for section in data
    ]


def words_of(choices: codes.Choices[Any], code: str | None) -> str:
    """Return a chosen code in words; that it is not answered, where none is."""
    return codes.words_of(choices, code) if code else NOT_ANSWERED
