"""What is somebody's to do: one shape for every app, gathered with one query over all of them.

An app says in its own ``due.py`` what it knows to be done, as ``sources(user)``: each a few lines
with its rows, the fields to fetch and how a row is told. Home shows all of it, the head of every
page counts it (docs/decisions/0008-one-list-of-what-is-due.md).
"""

import enum
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    IntegerField,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.timezone import get_default_timezone

from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING
from infosharing.cases.queries import names_in, working_days_at
from infosharing.workdays.clock import WorkingDays, day_of

Text = str | Expression | Subquery
WIDTH: Final = 5
# Named apart from the fields of the models they come from.
TEXTS: Final = tuple(f"due_text_{number}" for number in range(WIDTH))
COLUMNS: Final = (
    "due_source",
    "due_case",
    "due_day",
    "due_moment",
    "due_since",
    "due_place",
    *TEXTS,
)
NEVER: Final = date(9999, 12, 31)


class Group(enum.Enum):
    """The parts of the list, in the order in which they are read."""

    LATE = "Late"
    BACK = "Came back to you"
    DUE = "To be done"
    WAITING = "Others wait for you"
    DRAFT = "Your drafts"


class Kind(enum.Enum):
    """What kind of thing it is, to be counted and listed by; in the order they are shown."""

    WRITE_UP = "Write-ups"
    KEPT = "Typed and not sent"
    REQUEST = "Requests to decide"
    BREACH = "Breaches"
    CONSENT_CHANGED = "Consents changed"
    RETURNED = "Returned or not agreed"
    ADVICE_ASKED = "Advice asked of you"
    REVIEW = "Reviews"
    LOOK_BACK = "Emergencies to look back at"
    ADVICE_CAME = "Advice that has come"
    ADVICE_WAITING = "Advice nobody has given"
    SEND = "To be sent"
    RECEIPT = "Receipts to confirm"
    TELL = "Telling people"
    PRESS = "Replies to look for"
    AFTER = "Questions for afterwards"
    CONSENT = "Consents to ask about"
    DRAFT = "Drafts"
    STALE = "Drafts standing still"
    OTHER = "Other"

    @property
    def code(self) -> str:
        """How it is called in an address."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do: the step, where it is done, what it is about and where it stands.

    ``due_at`` is the moment after which it is late; None where nothing says when. ``case`` is the
    key of its case, 0 where nothing of the case may be shown.
    """

    group: Group
    title: str
    url: str
    status: str
    colour: str = ""
    hint: str = ""
    due_at: datetime | None = None
    case: int = 0
    # Since when it waits, in working time of its place: "Waiting for 3 working days".
    age: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the union; ``texts`` are those its source asked for, in that order.

    ``about`` names whom the case is about; blank where the source named no case. ``days`` are the
    working days of its place; every weekday where it named none.
    """

    case: int
    day: date | None
    moment: datetime | None
    since: datetime | None
    texts: Sequence[str]
    about: str = ""
    days: WorkingDays = field(default_factory=WorkingDays)

    @property
    def due_at(self) -> datetime | None:
        """When it is late: the moment given, or the end of the day given, in London."""
        if self.moment or not self.day or self.day == NEVER:
            return self.moment
        return datetime.combine(self.day, time(23, 59, 59), tzinfo=get_default_timezone())


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing to do: its rows, the fields to fetch, and how a row is told.

    ``due`` names a field with the moment, ``day`` one with the day by which it is to be done;
    ``since`` one with the moment from which it waits, which orders what has no time. ``case`` is
    the way to the case's key. A text is the name of a field, or an expression. ``tell`` is given
    the row and the present moment, and goes by nothing else that changes: it is kept for a
    standing (``ToDo``). The rows are only such as the user may see.
    """

    rows: QuerySet[Any]
    tell: Callable[[Row, datetime], Due]
    kind: Kind = Kind.OTHER
    case: str = ""
    place: str = ""
    due: str = ""
    day: str = ""
    since: str = ""
    texts: Sequence[Text] = field(default=())

    @property
    def _place(self) -> str:
        """The way to the organisation whose working time its age is told in."""
        return self.place or (self.case and f"{self.case.removesuffix('_id')}__organisation_id")

    def select(self, number: int) -> QuerySet[Any, Any]:
        """Return the rows with the columns of the union; ``number`` says which source it is."""
        texts: list[Text] = [*self.texts, *[""] * (WIDTH - len(self.texts))]
        day: Any = TruncDate(self.due) if self.due else F(self.day) if self.day else None
        never = Cast(Value(NEVER), DateField())
        found: QuerySet[Any, Any] = (
            self.rows.order_by()
            .annotate(
                due_source=Value(number, output_field=IntegerField()),
                due_case=F(self.case) if self.case else Cast(Value(0), IntegerField()),
                due_day=Coalesce(day, never, output_field=DateField()) if day else never,
                due_moment=_moment(self.due),
                due_since=_moment(self.since),
                due_place=F(self._place) if self._place else Cast(Value(0), IntegerField()),
                **{name: _text(text) for name, text in zip(TEXTS, texts, strict=True)},
            )
            .values_list(*COLUMNS)
        )
        return found


def _moment(name: str) -> Any:
    return F(name) if name else Cast(Value(None), DateTimeField())


def _text(wanted: Text) -> Any:
    """Return a column of text, never null: a field, an expression, or nothing."""
    if not wanted:
        return Cast(Value(""), TextField())
    found = F(wanted) if isinstance(wanted, str) else wanted
    return Cast(Coalesce(found, Value(""), output_field=CharField()), TextField())


def whose(user: User, field: str, place: str) -> Q:
    """Return what is true of rows whose ``field`` is the user, or whom they stand in for today.

    ``place`` is the way to the organisation: what is somebody else's counts where their place is
    taken, and nowhere else.
    """
    found = Q(**{field: user})
    stand = standing(user)
    for other in stand.stands_in_for:
        places = [one.pk for one in stand.organisations_with(RECORDING, standing_in=other)]
        found |= Q(**{field: other, f"{place}__in": places})
    return found


# A moment that stands in a statement that is kept, wherever the present one is to be put.
_THEN: Final = datetime(9999, 1, 1, tzinfo=UTC)
_ORDER: Final = ("due_day", "due_moment", "due_source", "due_since")


@dataclass(frozen=True)
class _Statement:
    """A statement put together, with its parameters; nothing where there is nothing to ask."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()

    def run(self, now: datetime) -> list[tuple[Any, ...]]:
        """Return its rows, with the present moment (aware) in the place of ``_THEN``."""
        if not self.sql:
            return []
        then, present = (connection.ops.adapt_datetimefield_value(one) for one in (_THEN, now))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [present if one == then else one for one in self.parameters])
            return list(cursor.fetchall())


@dataclass(frozen=True)
class _Line:
    """What is needed of a source to tell a row of a statement that is kept."""

    kind: Kind
    tell: Callable[[Row, datetime], Due]
    width: int


_KEPT: Final[dict[tuple[object, ...], tuple[list[_Line], _Statement]]] = {}
_MOST_KEPT: Final = 2000


class ToDo:
    """What is somebody's to do, of which at most ``most`` is shown or counted.

    Putting a statement together costs more than running it, so it is kept for ``signature``,
    which says all that ``sources`` goes by beside the moment it is given (aware).
    """

    def __init__(
        self,
        sources: Callable[[datetime], Sequence[Source]],
        signature: tuple[object, ...],
        most: int,
    ) -> None:
        self._sources = sources
        self._signature = signature
        self._most = most

    def listed(self, now: datetime, kind: Kind | None = None) -> list[Due]:
        """Return what there is to do, or only that of one kind: what is late first, then by part.

        In each part the earliest comes first, what has no time last. When there is more than
        ``most``, what has its time last is left out. Three queries: the things, the names of whom
        their cases are about, and the days on which their places are closed.
        """
        lines, statement = self._kept(_listing, kind)
        rows = [
            (lines[number], place, _row(lines[number], case, day, moment, since, texts))
            for number, case, day, moment, since, place, *texts in statement.run(now)
        ]
        names = names_in(row.case for _, _, row in rows if row.case)
        days = working_days_at(place for _, place, _ in rows if place)
        told = [
            _told(
                line,
                replace(row, about=names.get(row.case, ""), days=days.get(place, WorkingDays())),
                now,
            )
            for line, place, row in rows
        ]
        places = list(Group)
        return sorted(told, key=lambda one: places.index(one.group))

    def by_kind(self, now: datetime) -> dict[Kind, int]:
        """Return how much there is of each kind, each counted up to ``most``; one query."""
        lines, statement = self._kept(_counting_each)
        found: dict[Kind, int] = {}
        for number, many in statement.run(now):
            kind = lines[number].kind
            found[kind] = min(found.get(kind, 0) + many, self._most)
        return {kind: found[kind] for kind in Kind if found.get(kind)}

    def how_many(self, now: datetime) -> int:
        """Return how much there is altogether, counted up to ``most``; one query."""
        _, statement = self._kept(_counting)
        return sum(number for (number,) in statement.run(now))

    def _kept(
        self, put_together: Callable[[Sequence[Source], int], _Statement], kind: Kind | None = None
    ) -> tuple[list[_Line], _Statement]:
        vendor = connection.vendor
        key = (connection.alias, vendor, put_together, kind, self._most, *self._signature)
        if key not in _KEPT:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            sources = [one for one in self._sources(_THEN) if kind in (None, one.kind)]
            lines = [_Line(one.kind, one.tell, len(one.texts)) for one in sources]
            statement = put_together(sources, self._most)
            # Whoever holds the same roles asks in the same words: these are kept once.
            _KEPT[key] = (lines, replace(statement, sql=sys.intern(statement.sql)))
        return _KEPT[key]


def _union(arms: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = arms
    return first.union(*others, all=True) if others else first


def _written(rows: QuerySet[Any, Any]) -> _Statement:
    try:
        return _Statement(*rows.query.sql_with_params())
    except EmptyResultSet:
        return _Statement()


def _listing(sources: Sequence[Source], most: int) -> _Statement:
    if not sources:
        return _Statement()
    rows = _union([source.select(number) for number, source in enumerate(sources)])
    return _written(rows.order_by(*_ORDER)[:most])


def _counting_each(sources: Sequence[Source], most: int) -> _Statement:
    arms: list[str] = []
    parameters: list[Any] = []
    for number, source in enumerate(sources):
        rows = _written(source.rows.order_by().values_list("pk")[:most])
        if rows.sql:
            arms.append(f"SELECT {number}, COUNT(*) FROM ({rows.sql}) due_{number}")  # noqa: S608
            parameters += rows.parameters
    return _Statement(" UNION ALL ".join(arms), tuple(parameters))


def _counting(sources: Sequence[Source], most: int) -> _Statement:
    if not sources:
        return _Statement()
    numbered = [
        source.rows.order_by()
        .annotate(due_source=Value(number, output_field=IntegerField()))
        .values_list("due_source")
        for number, source in enumerate(sources)
    ]
    rows = _written(_union(numbered)[:most])
    if not rows.sql:
        return rows
    return replace(rows, sql=f"SELECT COUNT(*) FROM ({rows.sql}) due")  # noqa: S608


def _row(line: _Line, case: int, day: Any, moment: Any, since: Any, texts: Sequence[str]) -> Row:
    """Return a row as told by the driver: SQLite gives texts for days and moments, in UTC."""
    return Row(
        case=case,
        day=date.fromisoformat(day) if isinstance(day, str) else day,
        moment=_aware(moment),
        since=_aware(since),
        texts=texts[: line.width],
    )


def _aware(moment: Any) -> datetime | None:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    found: datetime | None = moment
    return found


def _told(line: _Line, row: Row, now: datetime) -> Due:
    due = replace(
        line.tell(row, now),
        due_at=row.due_at,
        case=row.case,
        age=_age(row.since, now, row.days),
    )
    late = due.due_at is not None and due.due_at < now
    return replace(due, group=Group.LATE) if late else due


def _age(since: datetime | None, now: datetime, days: WorkingDays) -> str:
    """Return for how long something has waited, in working time; nothing where nobody knows."""
    if since is None or since > now:
        return ""
    waited = days.between(day_of(since), day_of(now))
    if day_of(since) == day_of(now):
        return "Waiting since today"
    if not waited:
        return "Waiting for less than a working day"
    return f"Waiting for {waited} working day{'' if waited == 1 else 's'}"
