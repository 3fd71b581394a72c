"""The unique pupil number of a child in England, with its check letter.

Thirteen characters: a check letter, then twelve of which the last of a temporary number is a
letter too. The check letter is the sum of the other characters, weighted 2 to 13, modulo 23, in
an alphabet without I, O and S (Department for Education, Unique pupil numbers; govtalk.gov.uk
UniquePupilNumber 2.0; the same as stdnum.gb.upn).
"""

import re
from typing import Final

LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE: Final = re.compile(f"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]")


def plain_upn(text: str) -> str:
    """Return a number as it is kept: capitals, no spaces or dashes."""
    return re.sub(r"[\s-]", "", text).upper()


def check_letter(rest: str) -> str:
    """Return the check letter of the twelve characters that follow it."""
    values = (LETTERS.index(one) if one in LETTERS else int(one) for one in rest)
    return LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]


def upn_problem(upn: str) -> str:
    """Return what is wrong with a number as kept, in words for the form; empty if nothing is."""
    if not _SHAPE.fullmatch(upn):
        return (
            "A pupil number has 13 characters: a letter, then 12 numbers, the last of which can be "
            "a letter. Check it or leave it empty"
        )
    if check_letter(upn[1:]) != upn[0]:
        return (
            "The first letter does not fit the rest, so a character is wrong. Check it or leave "
            "it empty"
        )
    return ""
