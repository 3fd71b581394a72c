"""What changed between two versions of a decision, in the words of both (R50)."""

from collections import Counter
from dataclasses import dataclass

from decisions.summary import Row, Section

Key = tuple[str, str, int]
# Says why there is a new version, and so differs always.
RENEWAL = "renewal"


@dataclass(frozen=True)
class Change:
    """One thing that was said before and is said otherwise now; blank where it was not there."""

    section: str
    label: str
    before: str
    after: str


def _words(row: Row) -> str:
    return "\n".join(filter(None, (row.value, row.note)))


def _said(sections: list[Section]) -> dict[Key, tuple[str, str]]:
    """Return each row by where it stands, with the title of its section."""
    found: dict[Key, tuple[str, str]] = {}
    for section in sections:
        if section.code == RENEWAL:
            continue
        counted: Counter[str] = Counter()
        for row in section.rows:
            counted[row.label] += 1
            found[(section.code, row.label, counted[row.label])] = (section.title, _words(row))
    return found


def between(before: list[Section], after: list[Section]) -> list[Change]:
    """Return what differs, in the order of the later version; what is gone comes last."""
    earlier, later = _said(before), _said(after)
    keys = [*later, *(key for key in earlier if key not in later)]
    return [
        Change(
            section=(later.get(key) or earlier[key])[0],
            label=key[1],
            before=earlier.get(key, ("", ""))[1],
            after=later.get(key, ("", ""))[1],
        )
        for key in keys
        if earlier.get(key, ("", ""))[1] != later.get(key, ("", ""))[1]
    ]


def changed_by_author(before: list[Section], after: list[Section]) -> bool:
    """Return whether anything but the guide's own words differs."""
    own = [
        [section for section in sections if section.code != "guide"] for sections in (before, after)
    ]
    return bool(between(*own))
