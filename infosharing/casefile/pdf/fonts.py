"""Which characters the shipped fonts can print, and what stands for those they cannot.

A missing glyph would be printed as an empty box, which says nothing and breaks PDF/UA. So every
character that no font has is printed as its code point, such as [U+1F600], and an export never
fails for it (design.md "Scripts").
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont

FOLDER: Final = Path(__file__).parent / "print"
# In the order in which print.css falls back from one to the next; one whole file a weight.
FAMILIES: Final = (
    ("NotoSans-Regular", "NotoSans-Bold"),
    ("NotoSansArabic-Regular", "NotoSansArabic-Bold"),
    ("NotoSansHebrew-Regular", "NotoSansHebrew-Bold"),
    ("NotoSansDevanagari-Regular", "NotoSansDevanagari-Bold"),
    ("NotoSansBengali-Regular", "NotoSansBengali-Bold"),
    ("NotoSansGurmukhi-Regular", "NotoSansGurmukhi-Bold"),
    ("NotoSansGujarati-Regular", "NotoSansGujarati-Bold"),
    ("NotoSansTamil-Regular", "NotoSansTamil-Bold"),
    ("DroidSansFallbackFull",),
)
# They have glyphs, but turn the direction of the text around them: shown, never obeyed.
_DIRECTING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def _characters_of(name: str) -> set[str]:
    with TTFont(FOLDER / "fonts" / f"{name}.ttf", lazy=True) as font:
        cmap: dict[int, str] = font.getBestCmap()
    return {chr(code) for code, glyph in cmap.items() if glyph != ".notdef"}


@lru_cache(maxsize=1)
def printable_characters() -> frozenset[str]:
    """Return the characters that some family has in each of its weights; read once a process."""
    found: set[str] = set()
    for weights in FAMILIES:
        found |= set.intersection(*(_characters_of(name) for name in weights))
    visible = {one for one in found if unicodedata.category(one) not in ("Cc", "Cs")}
    return frozenset((visible | {"\n"}) - _DIRECTING)


def printable(text: str) -> str:
    """Return a text as it can be printed: nothing is lost, nothing becomes a box."""
    known = printable_characters()
    lines = _LINES.sub("\n", text).replace("\t", "    ")
    return "".join(one if one in known else f"[U+{ord(one):04X}]" for one in lines)


def all_printable(data: Any) -> Any:
    """Return data (dictionaries, lists, texts and what is neither) with every text printable."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: all_printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [all_printable(value) for value in data]
    return data
