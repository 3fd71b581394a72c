"""Whether two people recorded may be one: only ever a question to whoever records (R1).

Names are compared as sets of words without accents, capitals, hyphens and apostrophes, in any
order; Cyrillic and Greek also as they are written in Latin letters. Where two scripts cannot be
compared, the same date of birth is enough to ask.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from infosharing.search.folding import searchable

_CYRILLIC: Final = (
    "а=a б=b в=v г=h ґ=g д=d е=e є=ye ж=zh з=z и=y і=i ї=yi й=i к=k л=l м=m н=n о=o п=p р=r с=s "
    "т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ь= ъ= ы=y э=e ю=yu я=ya ё=yo"
)
_GREEK: Final = (
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f "
    "χ=ch ψ=ps ω=o"
)
_LATIN: Final = str.maketrans(dict(pair.split("=") for pair in f"{_CYRILLIC} {_GREEK}".split()))
SAME_NUMBER: Final = "the same pupil number"
SAME_BIRTH: Final = "the same date of birth"
SAME_NAME: Final = "the same name"
LIKE_NAME: Final = "part of the name"


@dataclass(frozen=True)
class Described:
    """What is known of somebody that tells them from others."""

    name: str
    preferred_name: str = ""
    born: date | None = None
    upn: str = ""


def words_of(*names: str) -> frozenset[str]:
    """Return the words of names as they are compared."""
    composed = unicodedata.normalize("NFC", " ".join(names).casefold())
    # Twice: Cyrillic has letters with marks of their own, Greek has accents that are left out.
    latin = searchable(composed.translate(_LATIN)).translate(_LATIN).replace("'", "")
    return frozenset(re.findall(r"\w+", latin))


def what_fits(typed: Described, known: Described) -> list[str]:
    """Return why two descriptions may be of one person; empty where it is not worth asking."""
    found = []
    if typed.upn and typed.upn == known.upn:
        found.append(SAME_NUMBER)
    other_birth = bool(typed.born and known.born and typed.born != known.born)
    if typed.born and typed.born == known.born:
        found.append(SAME_BIRTH)
    ours, theirs = words_of(typed.name), words_of(known.name)
    all_ours = words_of(typed.name, typed.preferred_name)
    all_theirs = words_of(known.name, known.preferred_name)
    if ours and ours == theirs:
        return [*found, SAME_NAME]
    if ours and theirs and (ours <= all_theirs or theirs <= all_ours) and not other_birth:
        return [*found, LIKE_NAME]
    if all_ours & all_theirs and SAME_BIRTH in found:
        return [*found, LIKE_NAME]
    if SAME_NUMBER in found or (SAME_BIRTH in found and _scripts(typed) != _scripts(known)):
        return found
    return []


def _scripts(one: Described) -> bool:
    """Whether a name is written in letters that can be compared: Latin ones, after rewriting."""
    return any(
        "LATIN" in unicodedata.name(letter, "") for word in words_of(one.name) for letter in word
    )
