"""Text made alike for searching: without accents and capitals, in every script."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

LONGEST: Final = 40  # characters of a word that count
LONGEST_UNSPACED: Final = 8  # of a run in a script that puts no spaces between words
FOLDING: Final = 2  # one more whenever the words kept of a text change: see ``anew``
_EDGES: Final = ".,;:!?\"'()[]{}<>“”«»…-。、，؟،"
# Whatever is typed or pasted for an apostrophe: quotation marks, primes, accents standing alone,
# the ʻokina and the ʼ of several languages, the marks by which Arabic and Hebrew are transcribed.
_APOSTROPHES: Final = "`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋʹ՚׳ꞌ＇‹›᾽᾿῾"
_MORE_DASHES: Final = "−⁃˗⁻"
# Letters that Unicode does not take apart, as they are typed on a British keyboard; and the Arabic
# letters of which keyboards have one or the other.
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"}
    | {"ð": "d", "þ": "th", "ĸ": "k", "ŋ": "ng"}
    | {"\u06a9": "\u0643", "\u06cc": "\u064a", "\u0649": "\u064a"}
)
# Seen by nobody, though Unicode counts them as letters or marks: the Arabic tatweel, which only
# makes a word longer, joiners and fillers, what picks the picture of a letter, the empty braille.
_UNSEEN: Final = (
    (0x0640, 0x0640),
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xE0100, 0xE01EF),
)
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
    """Return text for searching: no accents, no capitals, the same on both databases.

    Every apostrophe is ``'`` and every dash ``-``; nothing that cannot be seen is left.
    """
    small = " ".join(part for part in parts if part).casefold()
    plain = unicodedata.normalize("NFKD", "".join(map(_plain, small)))
    kept = "".join(_plain(letter) for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_STROKES).split())


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return what a character is taken for: an apostrophe, a dash, itself or nothing."""
    if letter in _APOSTROPHES:
        return "'"
    if letter in _MORE_DASHES:
        return "-"
    category = unicodedata.category(letter)
    if category == "Pd":
        return "-"
    return "" if unseen(letter) and not letter.isspace() else letter


def unseen(letter: str) -> bool:
    """Return whether a character cannot be seen: a control, a mark of direction, a filler."""
    place = ord(letter)
    return unicodedata.category(letter) in ("Cf", "Cc") or any(
        first <= place <= last for first, last in _UNSEEN
    )


def asked_words(text: str) -> list[str]:
    """Return the words of a search; what is found begins one of its words with each of them.

    What a dash joins is two words, as others write it with a space; an apostrophe does not count.
    """
    apart = searchable(text).replace("-", " ").split()
    found = dict.fromkeys(_cut(word.strip(_EDGES).replace("'", "")) for word in apart)
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
    if not word.isalnum():
        yield "".join(letter for letter in word if not _divides(letter))
    for part in word.split("-"):
        yield from _tails(part.strip(_EDGES))


def _tails(word: str) -> Iterator[str]:
    yield word.replace("'", "")
    for place, (before, here) in enumerate(pairwise(word), start=1):
        if _divides(before) or _divides(here) or _unspaced(here):
            yield word[place:].replace("'", "")


def _divides(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"


def _unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)


def _cut(word: str) -> str:
    return word[: LONGEST_UNSPACED if word and _unspaced(word[0]) else LONGEST]
