"""Pupil numbers: shape and check letter."""

import pytest

from infosharing.cases.upn import LETTERS, check_letter, plain_upn, upn_problem


# The first is the worked example of stdnum.gb.upn; the others were worked out by hand from the
# rule in the module: weights 2 to 13, modulo 23.
@pytest.mark.parametrize(
    ("upn", "right"),
    [
        ("B801200005001", True),
        ("A801200005001", False),
        ("B801200005002", False),
        ("B810200005001", False),  # two digits the wrong way round
        ("A000000000000", True),
        ("C100000000000", True),
        ("P000000000001", True),
        ("A00000000000A", True),  # temporary: the last is a letter, and A counts as nothing
        ("P00000000000B", True),
        ("I801200005001", False),
        ("B80120000500S", False),
        ("B80120000500", False),
        ("B8012000050011", False),
        ("8801200005001", False),
        ("B8012O0005001", False),
        ("", False),
    ],
)
def test_a_number_is_right_only_with_its_check_letter(upn, right):
    assert (upn_problem(upn) == "") is right


def test_any_single_wrong_digit_is_found():
    right = "B801200005001"
    for place in range(1, 13):
        for digit in "0123456789":
            changed = right[:place] + digit + right[place + 1 :]
            assert (upn_problem(changed) == "") is (changed == right)


def test_the_letters_are_twenty_three_and_the_check_letter_is_one_of_them():
    assert len(LETTERS) == 23
    assert not set("IOS") & set(LETTERS)
    assert check_letter("801200005001") == "B"


def test_a_number_may_be_typed_with_spaces_dashes_and_small_letters():
    assert plain_upn(" b801-2000 05001 ") == "B801200005001"
