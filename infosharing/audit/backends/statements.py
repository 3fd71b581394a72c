"""What an SQL statement writes: read from its words, once for each statement.

Quoted texts and comments are taken out first, so a word inside them is never mistaken for a
command. Where there is doubt a statement counts as a write: the guard would rather refuse too
much than too little.
"""

import enum
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

CACHED_STATEMENTS = 4096
LONGEST_CACHED = 20_000  # characters; bulk inserts are longer and seldom come twice
CACHED_LONG_QUERIES = 128  # what is longer and only asks comes with every page


class Kind(enum.Enum):
    """What a part of a statement does."""

    INSERT = enum.auto()
    CHANGE = enum.auto()
    COMMIT = enum.auto()
    ROLLBACK = enum.auto()
    SAVEPOINT = enum.auto()
    ROLLBACK_TO = enum.auto()
    RELEASE = enum.auto()
    OPAQUE = enum.auto()


WRITES = frozenset({Kind.INSERT, Kind.CHANGE})


class Effect(NamedTuple):
    """One thing a statement does; ``name`` is a table or savepoint in small letters.

    ``returning`` is set when rows come back from a write, so that SQLite counts them late.
    """

    kind: Kind
    name: str = ""
    returning: bool = False


class _Token(NamedTuple):
    text: str
    is_name: bool  # quoted: a name and never a command


_INTERESTING = re.compile(
    r"\b(?:INTO|UPDATE|DELETE|TRUNCATE|COPY|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT"
    r"|RELEASE|DO|CALL|EXECUTE|PREPARE)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"[\s(]*SELECT\b", re.IGNORECASE)
_PLACES = re.compile(r"(?:\(\s*%s(?:\s*,\s*%s)*\s*\)[\s,]*)+")
_TOKENS = re.compile(
    r"""--[^\n]*
      | /\*.*?\*/
      | (?P<tag>\$(?:[^\W\d]\w*)?\$) .*? (?P=tag)
      | \b[eE]'(?:[^'\\]|\\.|'')*'
      | '(?P<single>(?:[^']|'')*)'
      | "(?P<double>(?:[^"]|"")*)"
      | `(?P<back>[^`]*)`
      | \[(?P<square>[^\[\]]*)\]
      | %s | %\(\w+\)s
      | (?P<word>[^\W\d][\w$]*)
      | (?P<mark>[.,;])
    """,
    re.VERBOSE | re.DOTALL,
)
# As Django writes them, each with a name of its own: read without being kept.
_POINT = re.compile(r'(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "(\w+)"')
_POINTS = {
    "SAVEPOINT": Kind.SAVEPOINT,
    "RELEASE SAVEPOINT": Kind.RELEASE,
    "ROLLBACK TO SAVEPOINT": Kind.ROLLBACK_TO,
}
_CONTROL = {
    "COMMIT": Kind.COMMIT,
    "END": Kind.COMMIT,
    "ABORT": Kind.ROLLBACK,
    "ROLLBACK": Kind.ROLLBACK,
    "SAVEPOINT": Kind.SAVEPOINT,
    "RELEASE": Kind.RELEASE,
}
_HIDING = frozenset({"DO", "CALL", "EXECUTE", "PREPARE"})


def effects(sql: object) -> tuple[Effect, ...]:
    """Return what a statement, or several parted by semicolons, does; empty for reading only."""
    if isinstance(sql, str):
        text = sql
    elif isinstance(sql, bytes):
        text = sql.decode("utf-8", "replace")
    else:  # psycopg's composed statements
        text = sql.as_string(None)  # type: ignore[attr-defined]
    point = _POINT.fullmatch(text)
    if point:
        return (Effect(_POINTS[point[1]], point[2].lower()),)
    if len(text) <= LONGEST_CACHED:
        return _read_once(text)
    return _read_long(text) if _ASKING.match(text) else _read(text)


def _read(sql: str) -> tuple[Effect, ...]:
    if not _INTERESTING.search(sql):
        return ()
    found: list[Effect] = []
    for statement in _statements(sql):
        words = ["" if token.is_name else token.text.upper() for token in statement]
        if words[0] == "CREATE" and "TRIGGER" in words[:5]:
            break  # what follows is the body, which may hold semicolons
        control = _control(statement, words)
        if control:
            found.append(control)
        else:
            found.extend(_targets(statement, words))
    return tuple(found)


_read_once = lru_cache(CACHED_STATEMENTS)(_read)
_read_long = lru_cache(CACHED_LONG_QUERIES)(_read)


def _statements(sql: str) -> Iterator[list[_Token]]:
    statement: list[_Token] = []
    for match in _TOKENS.finditer(_PLACES.sub(" ", sql)):
        kind = match.lastgroup
        if kind is None or kind == "tag":
            continue
        text = match[kind]
        if kind == "mark" and text == ";":
            if statement:
                yield statement
            statement = []
        else:
            statement.append(_Token(text, kind not in ("word", "mark")))
    if statement:
        yield statement


def _control(statement: list[_Token], words: list[str]) -> Effect | None:
    first = words[0]
    if first == "PREPARE" and words[1:2] == ["TRANSACTION"]:
        return Effect(Kind.COMMIT)
    if first in _HIDING:
        return Effect(Kind.OPAQUE, first)
    kind = _CONTROL.get(first)
    if kind is None:
        return None
    if kind is Kind.ROLLBACK and "TO" in words:
        return Effect(Kind.ROLLBACK_TO, statement[-1].text.lower())
    if kind in (Kind.SAVEPOINT, Kind.RELEASE):
        return Effect(kind, statement[-1].text.lower())
    return Effect(kind)


def _targets(statement: list[_Token], words: list[str]) -> Iterator[Effect]:
    returning = "RETURNING" in words
    for at, word in enumerate(words):
        match word:
            case "INTO":
                kind = Kind.CHANGE if words[at - 1] == "MERGE" else Kind.INSERT
                names = _names(statement, words, at + 1)
            case "UPDATE":
                after = at + 3 if words[at + 1 : at + 2] == ["OR"] else at + 1
                kind, names = Kind.CHANGE, _names(statement, words, after)
            case "DELETE" if words[at + 1 : at + 2] == ["FROM"]:
                kind, names = Kind.CHANGE, _names(statement, words, at + 2)
            case "TRUNCATE":
                kind, names = Kind.CHANGE, _names(statement, words, at + 1, several=True)
            case "COPY" if at == 0 and "FROM" in words:
                kind, names = Kind.INSERT, _names(statement, words, at + 1)
            case _:
                continue
        for name in names:
            yield Effect(kind, name, returning)


def _names(
    statement: list[_Token], words: list[str], at: int, *, several: bool = False
) -> Iterator[str]:
    """Yield the table named at a place, or all in a list, without their schema."""
    while at < len(statement):
        while words[at : at + 1] in (["TABLE"], ["ONLY"]):
            at += 1
        while words[at + 1 : at + 2] == ["."]:
            at += 2
        if at >= len(statement) or words[at] in (".", ","):
            return
        yield statement[at].text.replace('""', '"').replace("''", "'").lower()
        if not several or words[at + 1 : at + 2] != [","]:
            return
        at += 2
