"""Taking a person's identity out of a question for advice: names, dates of birth, references.

Pure: what is known to the case goes in, the text comes out as the adviser will see it (R20;
golden rule 3 of the 2018 and 2024 rules: without disclosing identity where possible). It is a
help, not a promise: who asks sees the result before it is sent.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

REQUESTER: Final = "the requester"
# Words that stand where a name is asked for and are none.
_GENERIC: Final = frozenset(
    re.findall(
        r"\w+",
        "mother father mum mam mummy dad daddy parent parents carer carers guardian grandmother "
        "grandfather gran nan nana grandad aunt uncle sister brother stepmother stepfather social "
        "worker the and mr mrs ms miss mx dr de da del della di van von der den la le bin bint ibn "
        "al el abu unknown not known baby unborn police council school of",
    )
)
# Names that are everyday words as well: taken for a name only with a capital letter.
_EVERYDAY: Final = frozenset(
    re.findall(
        r"\w+",
        "will may mark grace hope rose summer april june august autumn joy faith dawn eve bill rob "
        "art pat jack frank grant drew sky iris ivy lily holly daisy young white brown black green "
        "gray grey long short little best good price wood hill stone field day case king knight "
        "bishop park banks brooks marsh moss bell cook baker hall house home love rich sharp wise "
        "read small son an so do he you see",
    )
)
_MONTHS: Final = re.findall(
    r"\w+",
    "january february march april may june july august september october november december",
)
_LETTER: Final = r"[^\W\d_]"
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_TOKEN: Final = re.compile(rf"{_LETTER}+(?:'{_LETTER}+)*")
# After an everyday word with a capital letter: a question begins ("May I …", "Will she …").
_ASKS: Final = re.compile(r"\s+(?:i|we|you|he|she|they|it|this|that|there|the)\b")
_PATTERNS: Final = (
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "an e-mail address"),
    (r"(?<!\w)[a-z]\d{11}[a-z0-9](?!\w)", "a pupil number"),
    (r"(?<![\w+])\d{3}[ -]\d{3}[ -]\d{4}(?!\d)", "a number"),
    (r"(?<![\w+])(?:\+44|0)(?:[ -]?\(?\d\)?){9,10}(?!\d)", "a telephone number"),
    (r"(?<!\w)[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?!\w)", "a postcode"),
)


@dataclass(frozen=True)
class Known:
    """What the case knows by which somebody could be recognised.

    ``people`` are the names of each person, full and preferred, one person after the other;
    ``requesters`` the names of who asks; ``references`` those of the case and what is in it.
    """

    people: Sequence[Sequence[str]] = ()
    born: Sequence[date] = ()
    requesters: Sequence[str] = ()
    references: Sequence[str] = ()


@dataclass(frozen=True)
class Masked:
    """A question as the adviser sees it; ``left`` are words in it that still look like names."""

    text: str
    left: list[str] = field(default_factory=list)
    replaced: int = 0


def _letters_alone(char: str) -> str:
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    )
    return (
        plain.replace("’", "'")
        .replace("ʼ", "'")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("ø", "o")
    )


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text without accents and capitals, and where each of its characters came from."""
    chars, places = [], []
    for place, char in enumerate(text):
        for one in _letters_alone(char).casefold():
            chars.append(one)
            places.append(place)
    return "".join(chars), places


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s\-,.()/]+", folded(name)[0]) if part]


def _useful(part: str) -> bool:
    return part not in _GENERIC and (len(part) > 1 or bool(_CJK.search(part)))


def _whole(name: str) -> str:
    """Return a pattern for a whole name, however its parts are joined."""
    return r"[\s\-.,]+".join(re.escape(part) for part in _parts(name))


def _alone(pattern: str) -> str:
    """Return a pattern for a word on its own; scripts without spaces have none."""
    if _CJK.search(pattern):
        return pattern
    return rf"(?<!{_LETTER}){pattern}(?!{_LETTER})"


def _letter(number: int) -> str:
    """Return A, B … Z, AA … for the first, second … person."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _names(known: Known) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return patterns of whole names and, by part of a name, the words to put in its place."""
    whole: list[tuple[str, str]] = []
    parts: dict[str, list[str]] = {}
    called = [(names, f"Person {_letter(n)}") for n, names in enumerate(known.people)]
    called += [((name,), REQUESTER) for name in known.requesters]
    for names, label in called:
        for name in names:
            useful = [part for part in _parts(name) if _useful(part)]
            if len(_parts(name)) > 1 and useful:
                whole.append((_whole(name), label))
            for part in useful:
                labels = parts.setdefault(part, [])
                if label not in labels:
                    labels.append(label)
    whole.sort(key=lambda one: -len(one[0]))
    return whole, {part: " or ".join(labels) for part, labels in parts.items()}


def _dates(born: Iterable[date]) -> list[str]:
    found = []
    for day in born:
        d, y = rf"0?{day.day}(?:st|nd|rd|th)?", rf"(?:{day.year}|{day.year % 100:02d})"
        name = _MONTHS[day.month - 1]
        month = rf"(?:0?{day.month}|{name}|{name[:3]}|{name[:4]})"
        sep = r"[\s./,\-]+(?:of\s+)?"
        found += [
            rf"(?<!\d){d}{sep}{month}{sep}{y}(?!\d)",
            rf"(?<!\d){month}{sep}{d}{sep}{y}(?!\d)",
            rf"(?<!\d){day.year}{sep}{month}{sep}0?{day.day}(?!\d)",
        ]
    return found


def _references(references: Iterable[str]) -> list[str]:
    spaced = (r"[\s-]?".join(re.escape(char) for char in one.casefold()) for one in references)
    return [rf"(?<!\w){one}(?!\w)" for one in spaced if one]


def masked(text: str, known: Known) -> Masked:
    """Return a text with everybody known to the case called by a letter, and what is left."""
    whole, parts = _names(known)
    rules = [(pattern, "a date of birth") for pattern in _dates(known.born)]
    rules += [(pattern, "a reference") for pattern in _references(known.references)]
    rules += list(_PATTERNS)
    rules += [(_alone(pattern), label) for pattern, label in whole]
    longest = sorted(parts.items(), key=lambda one: -len(one[0]))
    rules += [(_alone(re.escape(part)), label) for part, label in longest]
    plain, places = folded(text)
    cuts: list[tuple[int, int, str]] = []
    for pattern, label in rules:
        for found in re.finditer(pattern, plain):
            start, end = places[found.start()], places[found.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            everyday = found.group() in _EVERYDAY and (
                not text[start].isupper() or _ASKS.match(plain, found.end()) is not None
            )
            if not everyday and all(end <= left or start >= right for left, right, _ in cuts):
                cuts.append((start, end, label))
    pieces, kept, at = [], [], 0
    for start, end, label in _joined(cuts, text):
        pieces += [text[at:start], label]
        kept.append(text[at:start])
        at = end
    shown = "".join([*pieces, text[at:]])
    return Masked(shown, left_over("\n".join([*kept, text[at:]]), parts), len(cuts))


def _joined(cuts: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Return the cuts in order; two parts of one name next to each other become one."""
    found: list[tuple[int, int, str]] = []
    for start, end, label in sorted(cuts):
        beside = found and not text[found[-1][1] : start].strip(" \t-") and found[-1][2] == label
        if beside:
            start = found.pop()[0]
        found.append((start, end, label))
    return found


def left_over(text: str, parts: Iterable[str]) -> list[str]:
    """Return the words of a text that look like a name known to the case.

    A letter off, with an ending, or inside a longer word. What is short is only taken for a name
    with a capital letter, so that "heart" is not taken for Hart; everyday words are not at all.
    """
    known = {part for part in parts if len(part) > 3 and part not in _EVERYDAY}
    found: dict[str, None] = {}
    plain, places = folded(text)
    for token in _TOKEN.finditer(plain):
        word = token.group().removesuffix("'s")
        written = text[places[token.start()] : places[token.end() - 1] + 1]
        if word in _EVERYDAY and _ASKS.match(plain, token.end()):
            continue
        if any(_near(word, part, capital=written[0].isupper()) for part in known):
            found[written] = None
    return list(found)


def _near(word: str, part: str, *, capital: bool) -> bool:
    if not capital and len(part) < 6:
        return False
    ending = word.startswith(part) and len(word) <= len(part) + 2
    inside = len(part) > 5 and part in word
    return ending or inside or (word[0] == part[0] and _one_off(word, part))


def _one_off(one: str, other: str) -> bool:
    """Return whether two words differ by one letter: another, one more, one less, two swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and (a[0], a[1]) == (b[1], b[0]) and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
