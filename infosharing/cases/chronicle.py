"""How every app tells its part of a chronology (R2), and how the parts become one.

An app's part is one query: a union of one select for each kind of thing that happens, all with
the same columns. A kind says its own words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    Model,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.timezone import localdate

from infosharing.cases.enums import Strand
from infosharing.cases.models import Case

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
    "entry_case",
    *TEXTS,
)


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
    strand: Strand | None = None
    case: int | None = None


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
    strand: Strand | None = None
    case: int | None = None

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
            strand=self.strand,
            case=self.case,
        )


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that happens: its rows, the fields to fetch, and how it is told.

    ``moment`` (recorded), ``by`` (a name), ``day`` and ``clock`` (as typed) and ``case`` (its
    key) name fields; a text is the name of a field, or an expression.
    """

    rows: QuerySet[Any]
    tell: Callable[[Row], Entry]
    moment: str = "recorded_at"
    by: str = "recorded_by__name"
    day: str = ""
    clock: str = ""
    case: str = ""
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
                entry_case=F(self.case) if self.case else Cast(Value(None), IntegerField()),
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


def told(*sources: Source, strands: Mapping[type[Model], Strand] | None = None) -> list[Entry]:
    """Return what all the sources tell, source by source, each as it was recorded; one query.

    ``strands`` says of each model, if anything, to which kind its entries belong.
    """
    first, *others = (source.select(number) for number, source in enumerate(sources))
    rows = first.union(*others, all=True).order_by("entry_source", "entry_key")
    kinds = [strands[source.rows.model] if strands else None for source in sources]
    return [
        sources[number].tell(
            Row(day, clock, moment, by, texts[: len(sources[number].texts)], kinds[number], case)
        )
        for number, _, day, clock, moment, by, case, *texts in rows
    ]


Cases = Case | Iterable[Case]


def keys_of(cases: Cases) -> list[int]:
    """Return the keys of one case, or of several; all of them are such as the reader may see."""
    return [cases.pk] if isinstance(cases, Case) else [case.pk for case in cases]


def shown_by(cases: Cases) -> Choose:
    """Return the document that shows a row, as one text; empty for one kept in another case."""
    words = Concat("document__what", Value(" ("), "document__name", Value(")"))
    return Choose(
        When(document__case__in=keys_of(cases), then=words),
        default=Value(""),
        output_field=CharField(),
    )


def with_document(words: str, document: str) -> str:
    """Return what is told of a row, with the document that shows it below."""
    return f"{words}\nDocument: {document}" if document else words


def in_order(*lists: Iterable[Entry], recorded: bool = False) -> list[Entry]:
    """Return entries of several apps as one chronology: as it happened, then as recorded.

    Only as ``recorded``, if so asked.
    """
    entries = [entry for entries in lists for entry in entries]
    if recorded:
        return sorted(entries, key=lambda entry: entry.recorded_at)
    return sorted(entries, key=lambda entry: (entry.happened_on, entry.recorded_at))
