"""Finding by words, and the searches of one user."""

from typing import Any

from django.db.models import Q, QuerySet

from infosharing.accounts.models import User
from infosharing.identifiers import CROCKFORD, REFERENCE_LENGTH
from infosharing.search.folding import asked_words
from infosharing.search.models import KeptSearch, Word

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
