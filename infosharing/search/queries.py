"""Finding by words, and the searches of one user."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from infosharing.accounts.models import User
from infosharing.identifiers import CROCKFORD, REFERENCE_LENGTH
from infosharing.search.folding import asked_words
from infosharing.search.models import KeptSearch, Word
from infosharing.search.walking import row_by_row

MANY: Final = 1000  # objects; what is found more often is looked for along the list
_MISREAD = str.maketrans("OIL", "011")


def found_by(kind: str, text: str) -> QuerySet[Word, Any]:
    """Return the keys of what has, in its texts of a kind, every word of ``text`` or its start.

    Nothing where the text has no word. To be used inside ``__in``: it knows nothing of who asks.
    """
    words = asked_words(text)
    if not words:
        return Word.objects.none().values("key")
    first, *others = (
        Word.objects.filter(_starts(word), kind=kind).order_by().values("key") for word in words
    )
    # Each word is looked up by itself: of words inside each other PostgreSQL expects one row, and
    # then goes through all of one word for every row of the other.
    return first.intersection(*others) if others else first


def has_words(kind: str, text: str, key: str) -> Q:
    """Return what is true of rows whose ``key`` ``found_by`` gives, asked row by row.

    For words that stand in so much that looking up all of it would take longer than walking along
    a list until a page of it is full.
    """
    words = asked_words(text)
    if not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= row_by_row(Word.objects.filter(_starts(word), kind=kind, key=OuterRef(key)))
    return found


def found_often(words: Mapping[str, str], kinds: Mapping[str, Sequence[str]]) -> set[str]:
    """Return which of the searches find more than ``MANY`` objects of a kind; one query.

    ``words`` are texts by the name of the search, ``kinds`` says where each looks. Counting ends
    at ``MANY``, whatever there is. No query where nothing is asked.
    """
    asked = [(name, kind) for name, text in words.items() if text for kind in kinds.get(name, ())]
    arms: list[str] = []
    given: list[Any] = []
    for name, kind in asked:
        try:
            sql, parameters = found_by(kind, words[name])[: MANY + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, parameters = "SELECT 1 WHERE 1 = 0", ()
        arms.append(f"(SELECT COUNT(*) FROM ({sql}) found_{len(arms)})")  # noqa: S608 - Django's
        given += parameters
    if not arms:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(arms)}", given)
        numbers = cursor.fetchone()
    return {name for (name, _), number in zip(asked, numbers, strict=True) if number > MANY}


def marked(kind: str, word: str) -> QuerySet[Word, Any]:
    """Return the keys of what has exactly this word."""
    return Word.objects.filter(kind=kind, word=word.encode()).values("key")


def _starts(word: str) -> Q:
    first = word.encode()
    return Q(word__gte=first, word__lt=first[:-1] + bytes([first[-1] + 1]))


def as_reference(text: str) -> str:
    """Return a reference as it is stored, however it was typed or heard; "" for anything else.

    Spaces and dashes do not count; the letters O, I and L are the digits they look like.
    """
    bare = "".join(text.upper().split()).replace("-", "").translate(_MISREAD)
    good = len(bare) == REFERENCE_LENGTH and not set(bare) - set(CROCKFORD)
    return bare if good else ""


def own_searches(user: User, listing: str, asked: str = "") -> list[KeptSearch]:
    """Return a user's saved filters of a list, by name, and the search asked for by its id."""
    rows = KeptSearch.objects.filter(owner=user, listing=listing)
    return list(rows.filter(~Q(name="") | Q(public_id=asked)).order_by("name", "id"))
