"""Pages that do not shift when something is added above: no OFFSET, at any depth as quick."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet, Subquery

Row = TypeVar("Row", bound=Model)

PAGE: Final = 50
OLDER, NEWER = "older", "newer"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(\d{1,18})\.([A-Za-z0-9_-]{22})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Beside which row a page begins: its time and its id, and in which direction to go."""

    way: str
    at: datetime
    public_id: str


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of a page, and the places of the next and the previous one ("" for none)."""

    rows: list[Row]
    newer: str
    older: str


def place(query: Any) -> Place | None:
    """Return where the query of an address says to go on; None for the first page."""
    for way in (OLDER, NEWER):
        found = _PLACE.fullmatch(query.get(way, ""))
        if found:
            try:
                at = _EPOCH + timedelta(microseconds=int(found[1]))
            except OverflowError:
                return None
            return Place(way, at, found[2])
    return None


def misplaced(query: Any) -> bool:
    """Return whether the query of an address says to go on at something that is no place."""
    return place(query) is None and any(query.get(way) for way in (OLDER, NEWER))


def page(
    rows: QuerySet[Row], field: str, where: Place | None, *, size: int = PAGE, rising: bool = False
) -> Page[Row]:
    """Return one page of rows by a time (the latest first, unless ``rising``) and their key.

    ``field`` is a column or annotation that is never null. One query.
    """
    back = where is not None and where.way == NEWER
    up = rising != back
    sign = "" if up else "-"
    if where is not None:
        rows = rows.filter(_beyond(rows.model, field, where, up=up))
    ordered = rows.order_by(f"{sign}{field}", f"{sign}pk")
    if connection.vendor == "sqlite":
        # It plans as if all were fetched, and then begins with any small table that is joined: the
        # keys are found without those.
        fetched = list(ordered.filter(pk__in=ordered.values("pk")[: size + 1]))
    else:
        fetched = list(ordered[: size + 1])
    more = len(fetched) > size
    found = fetched[:size][::-1] if back else fetched[:size]
    if not found:
        return Page([], "", "")
    first, last = (f"{_micros(getattr(r, field))}.{vars(r)['public_id']}" for r in _ends(found))
    if back:
        return Page(found, first if more else "", last)
    return Page(found, first if where else "", last if more else "")


def _ends(rows: list[Row]) -> tuple[Row, Row]:
    return rows[0], rows[-1]


def _beyond(model: type[Row], field: str, where: Place, *, up: bool) -> Q:
    # The bound on the time alone lets the index be entered at the place (performance.md 6).
    beyond = "gt" if up else "lt"
    key = Subquery(model._default_manager.filter(public_id=where.public_id).values("pk")[:1])  # noqa: SLF001
    same_or_beyond = Q(**{f"{field}__{beyond}e": where.at})
    return same_or_beyond & (Q(**{f"{field}__{beyond}": where.at}) | Q(**{f"pk__{beyond}": key}))


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
