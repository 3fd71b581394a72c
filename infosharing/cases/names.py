"""Known names standing in what somebody typed: a remark, never a proof that none does."""

import re
from collections.abc import Iterable

from infosharing.cases.models import Person
from infosharing.cases.reaching import BARE, Marks
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


def may_be(somebody: str, from_whom: str) -> bool:
    """Return whether somebody may be the one whom details must not reach.

    What stands before the first comma is taken as the name; all of it is in the other, or the
    other has nothing that is not in it. Rather once too often: it only warns.
    """
    wanted, found = _parts(re.split(r"[,;(]", from_whom)[0]), _parts(somebody)
    return bool(wanted and found) and (wanted <= found or found <= wanted)


def guarded(marks: Marks, reached: Iterable[str]) -> list[str]:
    """Return whom details must not reach, each as a sentence, worst first.

    ``reached`` are those whom what is shown is for: one who may be meant is named. Of a bare mark
    nobody is compared with it: what is said must not tell whom it names.
    """
    told = []
    reached = list(reached)
    for one in marks.told:
        words = f"Details of {one.person.name} must not reach {one.from_whom}."
        meant = [name for name in reached if may_be(name, one.from_whom)]
        if meant:
            words += f" This may be them: {meant[0]}. Make sure before anything leaves your hands."
        told.append((not meant, words))
    calm = [words for _calm, words in sorted(told, key=lambda pair: pair[0])]
    return [*calm, *(BARE.format(person.name) for person in marks.bare)]
