"""The values of one copy in one line, so that each row is picked from it at once."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Final

KINDS: Final = ("constant", "key", "outer", "day", "moment", "text")
Cell = tuple[str, int]
Picker = Callable[[Sequence[Any]], tuple[Any, ...]]


class Line:
    """Where each value of a mould stands; kind by kind, each value once."""

    def __init__(self) -> None:
        self._places: dict[str, dict[Any, int]] = {kind: {} for kind in KINDS}

    def cell(self, kind: str, value: Any) -> Cell:
        """Return the place of a value among those of its kind."""
        places = self._places[kind]
        # True and 1 are equal, and not the same to a database.
        key = (type(value), value) if kind == "constant" else value
        return kind, places.setdefault(key, len(places))

    def values(self, kind: str) -> list[Any]:
        """Return the values of a kind, each in its place."""
        found = list(self._places[kind])
        return [value for _type, value in found] if kind == "constant" else found

    def picker(self, cells: Iterable[Cell]) -> Picker:
        """Return what picks a row from the line; to be called when all values are there."""
        starts: dict[str, int] = {}
        start = 0
        for kind in KINDS:
            starts[kind] = start
            start += len(self._places[kind])
        return itemgetter(*(starts[kind] + place for kind, place in cells))
