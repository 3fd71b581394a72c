"""A story as a mould: which of its values every copy shares, and which each copy has anew."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final

from django.db import connection
from django.db.models import JSONField, Model

from consent.models import ConsentRecord
from decisions.models import Decision, Recipient, Request, SignedVersion
from infosharing.accounts.models import User
from infosharing.audit.models import Entry
from infosharing.audit.protection import options_of
from infosharing.audit.wholesale import Happened
from infosharing.casefile.bulk.line import Cell, Line
from infosharing.casefile.bulk.names import names_among
from infosharing.casefile.bulk.taking import Taken, is_history
from infosharing.casefile.bulk.tokens import Copy, Tokens, later, later_day
from infosharing.cases.models import Case, Person, Responsibility
from infosharing.search.folding import kept_words
from infosharing.search.models import Word

Key = tuple[type[Model], int]
Row = tuple[Any, ...]
# What each copy calls differently, by kind of text.
Rename = Callable[[str, str], str]
# Whose key stands in a word by which something is found.
WORDS_OF: Final[dict[str, type[Model]]] = {
    "case": Case,
    "opener": Case,
    "person": Person,
    "request": Request,
    "requester": Request,
    "worker": Request,
    "decision": Decision,
    "recipient": Decision,
    "author": Decision,
    "ground": Decision,
}
NAMES: Final[dict[type[Model], str]] = {
    User: "name",
    Person: "name",
    Request: "requester_name",
    Recipient: "name",
    ConsentRecord: "giver",
    Responsibility: "holder",
}


@dataclass
class Poured:
    """One copy: the new value of every known text, and every key."""

    values: dict[str, str]
    keys: dict[Key, int]


@dataclass
class Sink:
    """Rows to be written, by model; what happened; and the next free keys."""

    next_keys: dict[type[Model], int]
    columns: dict[type[Model], Sequence[str]] = field(default_factory=dict)
    rows: dict[type[Model], list[Row]] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """What something is found by: words that stay, and names whose words change."""

    kind: str
    key: int
    words: frozenset[bytes]
    names: Sequence[str]


class Mould:
    """What a story left, ready to be copied. ``outer`` are moulds whose copies it points to."""

    def __init__(self, taken: Taken, outer: Sequence["Mould"], known: Mapping[str, str]) -> None:
        """Read what was taken; ``known`` are further texts that each copy has anew."""
        self._rows = taken.rows
        above = {text: kind for one in outer for text, kind in one.known.items()}
        own = {text: kind for text, kind in _known(taken).items() if text not in above}
        self.known: dict[str, str] = {**own, **known}
        self._keys: list[Key] = [
            (model, row[options_of(model).pk.attname])
            for model, rows in taken.rows.items()
            if not is_history(model) and model is not Word
            for row in rows
        ]
        self._own = {key: number for number, key in enumerate(self._keys)}
        self._above = {key for one in outer for key in one._own}  # noqa: SLF001 - of its own kind
        bodies = {row["digest"]: row["body"] for row in taken.rows.get(SignedVersion, [])}
        self._tokens = Tokens([*self.known, *above], bodies)
        self._line = Line()
        tables = [self._table(model) for model in taken.rows if model is not Word]
        entries = [self._entry(entry, payload) for entry, payload in taken.entries]
        self._bodies = [(one, self._line.cell("text", text)[1]) for one, text in bodies.items()]
        self._texts = [self._filler(text) for text in self._line.values("text")]
        self._late = [
            number
            for number, text in enumerate(self._line.values("text"))
            if self._tokens.late.intersection(self._pattern(text)[1])
        ]
        self._tables = [
            (model, columns, [self._line.picker(cells) for cells in rows])
            for model, columns, rows in tables
        ]
        self._entries = [(entry, kept, self._line.picker(cells)) for entry, kept, cells in entries]
        self._constants = self._line.values("constant")
        self._found = list(self._finding({**above, **self.known}))

    @property
    def decisions(self) -> int:
        """How many decisions a copy has."""
        return len(self._rows.get(Decision, []))

    def pour(self, sink: Sink, outer: Sequence[Poured], rename: Rename, weeks: int = 0) -> Poured:
        """Add one copy to the sink, that many weeks later than told; earlier where negative."""
        new = {text: rename(kind, text) for text, kind in self.known.items()}
        values: dict[str, str] = {}
        above: dict[Key, int] = {}
        for one in outer:
            values |= one.values
            above |= one.keys
        values |= new
        keys = []
        for model, _ in self._keys:
            keys.append(sink.next_keys[model])
            sink.next_keys[model] += 1
        line = [
            *self._constants,
            *(keys[number] for number in self._line.values("key")),
            *(above[key] for key in self._line.values("outer")),
            *(_day(day, weeks) for day in self._line.values("day")),
            *(_moment(moment, weeks) for moment in self._line.values("moment")),
            *self._filled(Copy(values, weeks, {})),
        ]
        for model, columns, pickers in self._tables:
            sink.columns[model] = columns
            sink.rows.setdefault(model, []).extend([pick(line) for pick in pickers])
        for found in self._found:
            self._find(sink, found, keys[found.key], values)
        for entry, payload, pick in self._entries:
            sink.happened.append(_happened(entry, payload, pick(line), weeks))
        return Poured(new, dict(zip(self._keys, keys, strict=True)))

    def _filled(self, copy: Copy) -> list[str]:
        tokens = [make(copy) for make in self._tokens.makers]
        texts = [text % pick(tokens) for text, pick in self._texts]
        for digest, body in self._bodies:
            copy.digests[digest] = sha256(texts[body].encode()).hexdigest()
            for number in self._tokens.late:
                tokens[number] = self._tokens.makers[number](copy)
            for number in self._late:
                text, pick = self._texts[number]
                texts[number] = text % pick(tokens)
        return texts

    def _table(self, model: type[Model]) -> tuple[type[Model], list[str], list[list[Cell]]]:
        options = options_of(model)
        past = is_history(model)
        fields = [one for one in options.concrete_fields if not (past and one.primary_key)]
        rows = [
            [self._cell(model, one, row[one.attname]) for one in fields]
            for row in self._rows[model]
        ]
        return model, [one.column for one in fields], rows

    def _cell(self, model: type[Model], column: Any, value: Any) -> Cell:
        pointed = _points_at(model, column)
        if pointed is not None and value is not None:
            if (pointed, value) in self._own:
                return self._line.cell("key", self._own[pointed, value])
            if (pointed, value) in self._above:
                return self._line.cell("outer", (pointed, value))
        elif isinstance(value, datetime):
            return self._line.cell("moment", value)
        elif isinstance(value, date):
            return self._line.cell("day", value)
        elif isinstance(column, JSONField):
            return self._text(json.dumps(value, ensure_ascii=False))
        elif isinstance(value, str):
            return self._text(value)
        return self._line.cell("constant", _plain(column.get_db_prep_save(value, connection)))

    def _text(self, text: str) -> Cell:
        kind = "constant" if self._tokens.pattern(text) is None else "text"
        return self._line.cell(kind, text)

    def _pattern(self, text: str) -> tuple[str, list[int]]:
        found = self._tokens.pattern(text)
        if found is None:
            raise AssertionError("a text that never changes is a constant")
        return found

    def _filler(self, text: str) -> tuple[str, Callable[[Sequence[str]], Any]]:
        pattern, used = self._pattern(text)
        return pattern, itemgetter(*used)

    def _entry(self, entry: Entry, payload: bytes | None) -> tuple[Entry, bool, list[Cell]]:
        told = _readable(payload) if payload is not None else ""
        texts = (entry.actor_id, entry.organisation_id, entry.case_id, entry.object_id, told)
        return entry, payload is not None, [self._text(text) for text in texts]

    def _finding(self, known: dict[str, str]) -> Iterator[_Found]:
        """Yield what is found by which words: those of names are made anew for each copy."""
        groups: dict[tuple[str, int], set[bytes]] = {}
        for row in self._rows.get(Word, []):
            groups.setdefault((row["kind"], row["key"]), set()).add(bytes(row["word"]))
        names = [text for text, kind in known.items() if kind in ("person", "first")]
        for (kind, key), words in groups.items():
            here = [name for name in names if _words(name) <= words]
            own = self._own[WORDS_OF[kind], key]
            yield _Found(kind, own, frozenset(words.difference(*map(_words, here))), here)

    def _find(self, sink: Sink, found: _Found, key: int, values: dict[str, str]) -> None:
        words = found.words.union(*(_words(values[name]) for name in found.names))
        sink.columns[Word] = ("kind", "word", "key")
        sink.rows.setdefault(Word, []).extend([(found.kind, one, key) for one in sorted(words)])


def _known(taken: Taken) -> dict[str, str]:
    """Return the texts that each copy has anew, and their kind: ids, references, names."""
    found: dict[str, str] = {}
    for model, rows in taken.rows.items():
        if is_history(model) or not rows:
            continue
        for name in ("public_id", "reference", "username"):
            if name in rows[0]:
                found |= {row[name]: name for row in rows}
        if model in NAMES:
            found |= dict.fromkeys(
                names_among(rows, NAMES[model], doubt=model is not Person), "person"
            )
        if model is Person:
            short = (row["preferred_name"] for row in rows)
            found |= dict.fromkeys((one for one in short if len(one) > 3), "first")
    return found


def _points_at(model: type[Model], column: Any) -> type[Model] | None:
    """Return the model whose key a column holds; None for a column without a key."""
    if column.remote_field is not None:
        target: type[Model] = column.remote_field.model
        return target
    if is_history(model):
        subject: type[Model] = model.instance_type  # type: ignore[attr-defined]
        return subject if column.name == options_of(subject).pk.name else None
    return model if column.primary_key else None


def _plain(value: Any) -> Any:
    """Return a value as a database takes it, without the driver's own kinds of numbers and bytes.

    It may be handed from one process to another.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


@lru_cache(100_000)
def _words(name: str) -> frozenset[bytes]:
    return frozenset(word.encode() for word in kept_words([name]))


@lru_cache(100_000)
def _day(day: date, weeks: int) -> str:
    return str(connection.ops.adapt_datefield_value(later_day(day, weeks)))


@lru_cache(100_000)
def _moment(moment: datetime, weeks: int) -> str:
    return str(connection.ops.adapt_datetimefield_value(later(moment, weeks)))


def _happened(entry: Entry, payload: bool, texts: Row, weeks: int) -> Happened:
    actor, organisation, case, object_id, told = texts
    return Happened(
        at=later(entry.at, weeks),
        event=entry.event,
        outcome=entry.outcome,
        actor=actor,
        organisation=organisation,
        case=case,
        object_type=entry.object_type,
        object_id=object_id,
        payload=_canonical(told) if payload else None,
    )


def _readable(payload: bytes) -> str:
    """Return the details of an entry in their one form, with letters as they are."""
    told = json.dumps(
        json.loads(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    if _canonical(told) != payload:
        raise AssertionError("details that are not in their one form")
    return told


def _canonical(told: str) -> bytes:
    """Return details in their one form from what ``_readable`` gave, with other names in it."""
    return told.encode("ascii", ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write letters beyond ASCII as JSON does."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


ESCAPED: Final = "infosharing.json"
codecs.register_error(ESCAPED, _escaped)
