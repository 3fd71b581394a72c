"""Known names standing in what somebody typed: a remark, never a proof that none does."""

import re
from collections.abc import Iterable

from infosharing.cases.models import Person
from infosharing.search.folding import searchable

SHORTEST = 3  # shorter parts of a name stand in too many other words' places


def _parts(*names: str) -> set[str]:
    return {part for part in re.findall(r"\w+", searchable(*names)) if len(part) >= SHORTEST}


def names_in_words(text: str, people: Iterable[Person], but: Iterable[str] = ()) -> list[str]:
    """Return the names of those people of whom a whole name, or a part of one, stands in a text.

    Accents and capitals aside. ``but`` are names that are meant to stand there: what they share
    with others, such as a family name, does not count (R39, R53).
    """
    plain = searchable(text)
    words = set(re.findall(r"\w+", plain))
    meant = _parts(*but)
    found = []
    for person in people:
        whole = searchable(person.name)
        parts = _parts(person.name, person.preferred_name) - meant
        if parts & words or (len(whole) > 1 and whole in plain and not _parts(whole) <= meant):
            found.append(person.name)
    return found
