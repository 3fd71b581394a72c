"""No small number can be worked out: every table, with the rule known to whoever tries.

A world is what may be true: some figures, each of some numbers. A display is what is shown of
it. Whoever sees a display knows every world that is shown so; a small number is told if it is
the same in all of them. Worlds end at nine, so less could be true here than elsewhere.
"""

from collections import defaultdict
from datetime import date
from itertools import combinations_with_replacement, pairwise, product

import pytest

from infosharing.casefile import figures
from infosharing.casefile.presenters.figures import charts, number_words
from infosharing.casefile.steps import STEP, Cell, Figure, in_steps, step, sum_between

SMALL = range(1, STEP)
NOTHING = ("too few",)
QUARTER = figures.Quarter(date(2026, 7, 1))


def each(world):
    """The numbers with their places."""
    for place, figure in enumerate(world):
        for row, number in enumerate(figure):
            yield (place, row), number


def in_any_order(world):
    """The same, for worlds in whose figures the order of numbers is left open.

    Those of one figure that are in the same step can change places without being seen to.
    """
    for place, figure in enumerate(world):
        for number in figure:
            yield (place, number // STEP), number


def told(worlds, display, places=each):
    """What is told: displays with the place of the small number that can be only one."""
    shown = defaultdict(lambda: defaultdict(set))
    for world in worlds:
        found = shown[display(world)]
        for place, number in places(world):
            found[place].add(number)
    return [
        (seen, place)
        for seen, found in shown.items()
        for place, values in found.items()
        if len(values) == 1 and min(values) in SMALL
    ]


STEPS = {number: step(number) for number in range(60)}


def page(world):
    """What stands on a page of figures that count the same decisions."""
    if sum(world[0]) < STEP:
        return NOTHING
    rows = [[Cell("", "", *STEPS[number]) for number in figure] for figure in world]
    return (
        tuple(tuple((cell.count, cell.most) for cell in row) for row in rows),
        sum_between(rows),
    )


def old_page(world):
    """Planted: small numbers left out with the smallest of the others, beside the sum."""
    [numbers] = world
    if sum(numbers) < STEP:
        return NOTHING
    hidden = {place for place, number in enumerate(numbers) if number in SMALL}
    plain = range(STEP) if len(hidden) == 1 else (len(hidden), len(hidden) * (STEP - 1))
    if hidden and sum(numbers[place] for place in hidden) in plain:
        larger = sorted((number, place) for place, number in enumerate(numbers) if number >= STEP)
        hidden = hidden | {larger[0][1]} if larger else set(range(len(numbers)))
    shown = tuple(None if place in hidden else number for place, number in enumerate(numbers))
    return shown, sum(numbers)


def tables(cells, up_to=9):
    return [(numbers,) for numbers in product(range(up_to + 1), repeat=cells)]


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_no_table_of_a_few_numbers_tells_a_small_one(cells):
    assert told(tables(cells), page) == []


def test_nor_does_one_of_five_or_six():
    for cells in (5, 6):
        worlds = [(numbers,) for numbers in combinations_with_replacement(range(10), cells)]
        assert told(worlds, page, in_any_order) == []


def test_planted_the_rule_that_left_out_the_smallest_of_the_others_tells_some():
    assert told(tables(3), old_page) != []
    assert page(((5, 5, 3),)) == page(((6, 7, 0),)) == page(((9, 9, 4),))


def test_planted_an_exact_sum_beside_the_steps_tells_some():
    assert told(tables(3), lambda world: (page(world), sum(world[0]))) != []


def test_what_is_shown_of_a_number_depends_on_it_alone():
    for numbers in product((0, 1, 4, 5, 9), repeat=3):
        cells = [Cell(str(place), "", number) for place, number in enumerate(numbers)]
        assert [(cell.count, cell.most) for cell in in_steps(cells)] == [step(n) for n in numbers]


# Several figures over the same decisions


def same_sum(*sizes, up_to=9):
    """Every few figures of the same sum, the order of numbers in each left open."""
    by_sum = [defaultdict(list) for _ in sizes]
    for found, size in zip(by_sum, sizes, strict=True):
        for numbers in combinations_with_replacement(range(up_to + 1), size):
            found[sum(numbers)].append(numbers)
    return [
        world
        for number in by_sum[0]
        for world in product(*(found.get(number, []) for found in by_sum))
    ]


@pytest.mark.parametrize("sizes", [(2, 3), (2, 4), (2, 6), (3, 4), (2, 3, 6)])
def test_two_figures_over_the_same_decisions_do_not_tell_each_other(sizes):
    assert told(same_sum(*sizes), page, in_any_order) == []


def test_planted_one_of_five_numbers_could_be_told_by_one_of_two():
    """So none of the figures that share their sum has 5, 10 or 15 numbers: the next test."""
    assert told(same_sum(2, 5, up_to=12), page, in_any_order) != []


def test_no_figure_with_the_sum_of_others_has_a_number_of_numbers_that_tells(cast):
    found = figures.count_all(
        figures.decisions_unseen(cast.manager, [], QUARTER), [], small_too=False
    )
    sizes = {code: len(found[code].cells) for code in figures.ONCE_EACH}

    assert sizes == {"outcome": 3, "against": 2, "time": 6}
    assert all(size % STEP for size in sizes.values())
    assert len(found["year"].cells) % STEP  # the same sum, where each case is about one person


# A school beside its trust, and quarters beside each other


def beside(world):
    """What managers of schools and of their trust know who compare their pages."""
    trust = tuple(map(sum, zip(*world, strict=True)))
    return tuple(page((numbers,)) for numbers in (*world, trust))


def test_a_school_and_its_sister_beside_their_trust_tell_no_small_number():
    numbers = list(product(range(10), repeat=2))
    assert told(product(numbers, numbers), beside) == []


@pytest.mark.parametrize("schools", [3, 4])
def test_nor_do_more_schools_in_one_number(schools):
    """Whether there are enough to show anything left aside, as others make up the sum."""
    worlds = [((n,) for n in numbers) for numbers in product(range(10), repeat=schools)]
    worlds = [tuple(world) for world in worlds]
    assert told(worlds, lambda w: (*(STEPS[n] for (n,) in w), STEPS[sum(n for (n,) in w)])) == []


def test_one_school_beside_a_trust_whose_others_are_not_seen():
    worlds = [((school,), (others,)) for school in range(10) for others in range(40)]
    assert told(worlds, lambda w: (STEPS[w[0][0]], STEPS[w[0][0] + w[1][0]])) == []


def test_quarters_add_up_to_nothing_that_is_shown():
    """Four quarters are four pages; no page counts more than one, so no sum ties them."""
    quarters = figures.finished_quarters(QUARTER.last)
    assert all(later.first > earlier.last for later, earlier in pairwise(quarters))
    numbers = list(product(range(10), repeat=2))
    worlds = product(numbers, numbers)
    assert told(worlds, lambda world: tuple(page((quarter,)) for quarter in world)) == []


# What is drawn


def drawn(numbers):
    figure = Figure("outcome", in_steps(Cell(str(p), "", n) for p, n in enumerate(numbers)))
    [chart] = charts({"outcome": figure}, None)
    return chart


def test_bars_are_as_long_as_the_steps_and_not_as_the_numbers():
    for low, high in (((5, 10, 0), (9, 14, 4)), ((137, 20, 1), (135, 24, 3))):
        assert drawn(low) == drawn(high)


def test_nothing_says_whether_few_are_none():
    assert drawn((0, 0, 0)) == drawn((4, 1, 2))
    assert [bar.number for bar in drawn((0, 7, 1234)).bars] == [
        "Fewer than 5",
        "5 to 9",
        "1,230 to 1,234",
    ]
    assert number_words(Cell("", "", 3)) == "3"


@pytest.mark.parametrize("numbers", [(0, 0), (4, 3)])
def test_year_groups_of_few_are_not_listed_and_none_is_not_told_from_few(numbers):
    figure = Figure("year", in_steps(Cell(str(p), "", n) for p, n in enumerate(numbers)))
    [chart] = charts({"year": figure}, None)

    assert (chart.bars, chart.instead) == ((), "Fewer than 5 of each.")
    assert "Those of fewer than 5 are not listed." in chart.note
