"""What happened to a case itself, for its one chronology (R2); and how every app tells its part.

An app's part is one query: a union of one select for each kind of thing that happens, all with
the same columns. A kind says its own words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    DateField,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.timezone import localdate

from infosharing.accounts.models import User
from infosharing.cases.enums import AccessKind, HeardHow, Holds, JudgementKind, OrderKind, Part
from infosharing.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    CourtOrder,
    Document,
    Judgement,
    Protection,
    Responsibility,
    SamePerson,
    ViewHeard,
)
from infosharing.cases.permissions import user_knows_who_is_kept_from

Text = str | Expression | Subquery
WIDTH: Final = 7
# Named apart from the fields of the models they come from.
TEXTS: Final = tuple(f"entry_text_{number}" for number in range(WIDTH))
COLUMNS: Final = (
    "entry_source",
    "entry_key",
    "entry_day",
    "entry_clock",
    "entry_moment",
    "entry_by",
    *TEXTS,
)
RESTRICTED: Final = Choose(When(restricted=True, then=Value("yes")), default=Value(""))
CLOSED: Final = Choose(When(closed_at__isnull=False, then=Value("yes")), default=Value(""))
SAME: Final = Choose(When(same=True, then=Value("yes")), default=Value(""))
ABLE: Final = Choose(When(able=True, then=Value("able")), default=Value("not able"))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened: when, when it was recorded and by whom, what, and where it stands.

    ``happened_words`` is the time of day as remembered; ``url`` is empty where the case page is
    the place. ``words`` begin with words of ours, not with a name, so that a name written from
    right to left does not turn the line.
    """

    happened_on: date
    recorded_at: datetime
    kind: str
    happened_words: str = ""
    words: str = ""
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the union; ``texts`` are those its source asked for, in that order.

    ``day`` is None where nobody typed one: it happened when it was recorded.
    """

    day: date | None
    clock: str
    moment: datetime
    by: str
    texts: Sequence[str]

    def entry(self, kind: str, words: str = "", *, by: str = "", url: str = "") -> Entry:
        """Return what this row tells, with the words of its kind."""
        return Entry(
            happened_on=self.day or localdate(self.moment),
            happened_words=self.clock,
            recorded_at=self.moment,
            kind=kind,
            words=words.strip(),
            by=by or self.by,
            url=url,
        )


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that happens: its rows, the fields to fetch, and how it is told.

    ``moment`` (recorded), ``by`` (a name), ``day`` and ``clock`` (as typed) name fields; a text
    is the name of a field, or an expression.
    """

    rows: QuerySet[Any]
    tell: Callable[[Row], Entry]
    moment: str = "recorded_at"
    by: str = "recorded_by__name"
    day: str = ""
    clock: str = ""
    texts: Sequence[Text] = field(default=())

    def select(self, number: int) -> QuerySet[Any, Any]:
        """Return the rows with the columns of the union; ``number`` says which source it is."""
        texts: list[Text] = [*self.texts, *[""] * (WIDTH - len(self.texts))]
        found: QuerySet[Any, Any] = (
            self.rows.order_by()
            .annotate(
                entry_source=Value(number, output_field=IntegerField()),
                entry_key=F("pk"),
                entry_day=F(self.day) if self.day else Cast(Value(None), DateField()),
                entry_clock=_text(self.clock),
                entry_moment=F(self.moment),
                entry_by=_text(self.by),
                **{name: _text(text) for name, text in zip(TEXTS, texts, strict=True)},
            )
            .values_list(*COLUMNS)
        )
        return found


def _text(wanted: Text) -> Any:
    """Return a column of text, never null: a field, an expression, or nothing."""
    if not wanted:
        return Cast(Value(""), TextField())
    found = F(wanted) if isinstance(wanted, str) else wanted
    return Cast(Coalesce(found, Value(""), output_field=CharField()), TextField())


def told(*sources: Source) -> list[Entry]:
    """Return what all the sources tell, source by source, each as it was recorded; one query."""
    first, *others = (source.select(number) for number, source in enumerate(sources))
    rows = first.union(*others, all=True).order_by("entry_source", "entry_key")
    return [
        sources[number].tell(Row(day, clock, moment, by, texts[: len(sources[number].texts)]))
        for number, _, day, clock, moment, by, *texts in rows
    ]


def shown_by(case: Case) -> Choose:
    """Return the document that shows a row, as one text; empty for one kept in another case."""
    words = Concat("document__what", Value(" ("), "document__name", Value(")"))
    return Choose(
        When(document__case=case, then=words), default=Value(""), output_field=CharField()
    )


def with_document(words: str, document: str) -> str:
    """Return what is told of a row, with the document that shows it below."""
    return f"{words}\nDocument: {document}" if document else words


def in_order(*lists: Iterable[Entry]) -> list[Entry]:
    """Return entries of several apps as one chronology: as it happened, then as recorded."""
    entries = [entry for entries in lists for entry in entries]
    return sorted(entries, key=lambda entry: (entry.happened_on, entry.recorded_at))


def entries(case: Case, user: User) -> list[Entry]:
    """Return what happened to the case: opened, people, access, judgements; one query.

    Who is kept from it is told only to those who may know.
    """
    named = CaseAccess.objects.filter(case=case)
    if not user_knows_who_is_kept_from(user, case):
        named = named.filter(kind=AccessKind.NAMED)
    return told(
        Source(
            rows=Case.objects.filter(pk=case.pk),
            tell=lambda row: row.entry("Case opened", row.texts[0]),
            moment="opened_at",
            by="opened_by__name",
            texts=["summary"],
        ),
        Source(
            rows=CasePerson.objects.filter(case=case),
            tell=_person,
            moment="added_at",
            by="added_by__name",
            texts=["part", "person__name"],
        ),
        Source(
            rows=SamePerson.objects.filter(
                Q(same=True) | Q(known__in=CasePerson.objects.filter(case=case).values("person")),
                case=case,
            ),
            tell=_same,
            moment="said_at",
            by="said_by__name",
            texts=["person__name", "known__name", SAME, "why"],
        ),
        Source(
            rows=Responsibility.objects.filter(person__parts__case=case),
            tell=_responsibility,
            texts=["holder", "person__name", "holds", shown_by(case)],
        ),
        Source(
            rows=named,
            tell=_access,
            moment="given_at",
            by="given_by__name",
            texts=["kind", "user__name", "reason"],
        ),
        Source(
            rows=named.filter(ended_at__isnull=False),
            tell=_access_ended,
            moment="ended_at",
            by="ended_by__name",
            texts=["kind", "user__name", "end_reason"],
        ),
        Source(
            rows=_restrictions(case),
            tell=_restriction,
            moment="history_date",
            by="changed_by",
            texts=[RESTRICTED, "history_change_reason"],
        ),
        Source(
            rows=_closings(case),
            tell=_closing,
            moment="history_date",
            by="changed_by",
            texts=[CLOSED, "history_change_reason"],
        ),
        Source(
            rows=Judgement.objects.filter(case=case),
            tell=_judgement,
            day="judged_on",
            texts=["kind", "person__name", ABLE, "matter", shown_by(case)],
        ),
        Source(
            rows=Document.objects.filter(case=case),
            tell=lambda row: row.entry("Document added", f"{row.texts[0]} ({row.texts[1]})"),
            moment="added_at",
            by="added_by__name",
            texts=["what", "name"],
        ),
        Source(
            rows=Protection.objects.filter(person__parts__case=case),
            tell=lambda row: row.entry(
                "Details must not reach somebody",
                f"Not to reach {row.texts[0]}: details of {row.texts[1]}. {row.texts[2]}",
            ),
            texts=["from_whom", "person__name", "why"],
        ),
        Source(
            rows=Protection.objects.filter(person__parts__case=case, ended_at__isnull=False),
            tell=lambda row: row.entry(
                "No longer marked that details must not reach somebody",
                f"About {row.texts[0]} and {row.texts[1]}. {row.texts[2]}",
            ),
            moment="ended_at",
            by="ended_by__name",
            texts=["person__name", "from_whom", "ended_why"],
        ),
        Source(
            rows=CourtOrder.objects.filter(person__parts__case=case),
            tell=_order,
            texts=["kind", "person__name", "says", shown_by(case)],
        ),
        Source(
            rows=ViewHeard.objects.filter(case=case),
            tell=lambda row: row.entry(
                "View heard",
                f"Of {row.texts[0]}, about {row.texts[1]}: “{row.texts[2]}” "
                f"({HeardHow(row.texts[3]).label}; heard by {row.texts[4]})",
            ),
            day="said_on",
            texts=["said_by", "person__name", "words", "how", "heard_by"],
        ),
    )


def _same(row: Row) -> Entry:
    name, known, same, why = row.texts
    if same:
        words = f"Recorded twice: “{name}” is {known}, who was known already. {why}"
        return row.entry("Said to be one person", words)
    return row.entry("Said to be two people", f"Compared: “{name}” and {known}. {why}")


def _person(row: Row) -> Entry:
    part, name = row.texts
    return row.entry("Person added to the case", f"{Part(part).label}: {name}.")


def _responsibility(row: Row) -> Entry:
    holder, name, holds, document = row.texts
    words = f"Of {holder}, for {name}: {Holds(holds).label}."
    return row.entry("Parental responsibility recorded", with_document(words, document))


def _order(row: Row) -> Entry:
    kind, name, says, document = row.texts
    words = f"{OrderKind(kind).label}, about {name}. {says}"
    return row.entry("Court order recorded", with_document(words, document))


def _access(row: Row) -> Entry:
    kind, name, reason = row.texts
    return row.entry(str(AccessKind(kind).label), f"Colleague: {name}. {reason}")


def _access_ended(row: Row) -> Entry:
    kind, name, reason = row.texts
    ended = "No longer named on the case"
    if kind == AccessKind.EXCLUDED:
        ended = "No longer kept from the case"
    return row.entry(ended, f"Colleague: {name}. {reason}")


def _changes(case: Case, name: str) -> QuerySet[Any]:
    """Return the history rows of a case, each with what a field was in the row before: ``was``."""
    rows: QuerySet[Any] = Case.history.filter(id=case.pk)
    earlier = rows.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    who = User.objects.filter(public_id=OuterRef("history_actor"))
    found: QuerySet[Any] = rows.annotate(
        was=Subquery(earlier.order_by("-history_id").values(name)[:1]),
        changed_by=Subquery(who.values("name")[:1]),
    )
    return found


def _restrictions(case: Case) -> QuerySet[Any]:
    """Return the history rows with which a case was restricted, or opened up again."""
    rows: QuerySet[Any] = _changes(case, "restricted")
    return rows.exclude(restricted=Coalesce("was", Value(False)))


def _restriction(row: Row) -> Entry:
    restricted, reason = row.texts
    kind = "Restricted to the people named" if restricted else "Opened again to those who lead"
    return row.entry(kind, reason)


def _closings(case: Case) -> QuerySet[Any]:
    """Return the history rows with which a case was closed, or opened again."""
    closed = Q(closed_at__isnull=False, was__isnull=True)
    return _changes(case, "closed_at").filter(closed | Q(closed_at=None, was__isnull=False))


def _closing(row: Row) -> Entry:
    closed, reason = row.texts
    return row.entry("Case closed" if closed else "Case opened again", reason)


def _judgement(row: Row) -> Entry:
    kind, name, able, matter, document = row.texts
    words = with_document(f"About {name}: {able} to decide this. {matter}", document)
    return row.entry(f"{JudgementKind(kind).name.capitalize()} judged", words)
