"""Text made alike for searching: without accents and capitals, in every script."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

LONGEST: Final = 40  # characters of a word that count
LONGEST_UNSPACED: Final = 8  # of a run in a script that puts no spaces between words
_EDGES: Final = ".,;:!?\"'()[]{}<>“”‘’«»…。、，؟،"
# Letters that Unicode does not take apart, as they are typed on a British keyboard.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
# Scripts written without spaces: every character may begin a word.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0x20000, 0x3FFFF),
)


def searchable(*parts: str) -> str:
    """Return text for searching: no accents, no capitals, the same on both databases."""
    plain = unicodedata.normalize("NFKD", " ".join(part for part in parts if part).casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_STROKES).split())


def asked_words(text: str) -> list[str]:
    """Return the words of a search; what is found begins one of its words with each of them."""
    found = dict.fromkeys(_cut(word.strip(_EDGES)) for word in searchable(text).split())
    return [word for word in found if word]


def kept_words(texts: Iterable[str]) -> set[str]:
    """Return the words by which texts are found.

    Besides each word: what follows a hyphen, apostrophe or the like in it, and its letters alone,
    so that Smith-Jones is found as jones and as smithjones; each tail in scripts without spaces.
    """
    found: set[str] = set()
    for text in texts:
        for word in searchable(text).split():
            found.update(_cut(one) for one in _forms(word.strip(_EDGES)))
    return found - {""}


def _forms(word: str) -> Iterator[str]:
    yield word
    if not word.isalnum():
        yield "".join(letter for letter in word if not _divides(letter))
    for place, (before, here) in enumerate(pairwise(word), start=1):
        if _divides(before) or _divides(here) or _unspaced(here):
            yield word[place:]


def _divides(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"


def _unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)


def _cut(word: str) -> str:
    return word[: LONGEST_UNSPACED if word and _unspaced(word[0]) else LONGEST]
