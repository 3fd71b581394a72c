"""Whether two people may be one: a truth table, with a reason for each line that asks."""

from datetime import date

import pytest

from infosharing.cases.matching import (
    LIKE_NAME,
    SAME_BIRTH,
    SAME_NAME,
    SAME_NUMBER,
    Described,
    what_fits,
    words_of,
)

MAY, JUNE = date(2014, 5, 1), date(2014, 6, 1)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Ife Adeyemi",), ("Ife Adeyemi",), [SAME_NAME]),
        (("Adeyemi, Ife",), ("Ife Adeyemi",), [SAME_NAME]),
        (("ZOË ŁĘCKA",), ("Lecka Zoe",), [SAME_NAME]),
        (("O’Brien Siân",), ("Sian OBrien",), [SAME_NAME]),
        (("Anna-Marie Groß",), ("anna marie gross",), [SAME_NAME]),
        (("Олена Коваль",), ("Olena Koval",), [SAME_NAME]),
        (("Νίκος Παππάς",), ("Nikos Pappas",), [SAME_NAME]),
        (("محمد علي",), ("علي محمد",), [SAME_NAME]),
        (("Ife",), ("Ife Adeyemi",), [LIKE_NAME]),
        (("Maya May Castellano",), ("Maya Castellano",), [LIKE_NAME]),
        (("Mo Ali",), ("Mohammed Ali", "Mo"), [LIKE_NAME]),
        (("Ife Adeyemi", "", MAY), ("Ife Adeyemi", "", MAY), [SAME_BIRTH, SAME_NAME]),
        # A slip of the pen in one date is commoner than two of the same whole name.
        (("Ife Adeyemi", "", MAY), ("Ife Adeyemi", "", JUNE), [SAME_NAME]),
        (("Ife", "", MAY), ("Ife Adeyemi", "", JUNE), []),
        # Married, adopted, spelt otherwise: one word and the date.
        (("Ife Cole", "", MAY), ("Ife Adeyemi", "", MAY), [SAME_BIRTH, LIKE_NAME]),
        (("Ife Cole", "", MAY), ("Ife Adeyemi", "", None), []),
        (("Tayo Cole", "", MAY), ("Ife Adeyemi", "", MAY), []),
        # Two scripts that cannot be compared: the date alone is asked about.
        (("محمد علي", "", MAY), ("Mohammed Ali", "", MAY), [SAME_BIRTH]),
        (("محمد علي", "", MAY), ("Mohammed Ali", "", JUNE), []),
        (("محمد علي",), ("Mohammed Ali",), []),
        # The number of a pupil is theirs alone.
        (("Ann", "", None, "B801200005001"), ("Bo", "", None, "B801200005001"), [SAME_NUMBER]),
        (("Ann", "", None, "B801200005001"), ("Bo", "", None, ""), []),
        (("Ann", "", None, ""), ("Bo", "", None, ""), []),
        (("Ife Adeyemi",), ("Tayo Okoro",), []),
        (("",), ("Ife Adeyemi",), []),
        (("🌻",), ("Ife Adeyemi",), []),
    ],
)
def test_what_is_asked_about(one, other, why):
    assert what_fits(Described(*one), Described(*other)) == why


@pytest.mark.parametrize("name", ["", "  ", "''", "-", "\u200f"])
def test_a_name_without_letters_has_no_words(name):
    assert words_of(name) == frozenset()
