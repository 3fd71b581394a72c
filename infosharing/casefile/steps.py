"""Numbers in steps of five, for those who may not see what is counted.

The rule, which anybody may know: every number is shown as the step of five it lies in (fewer
than 5, 5 to 9, 10 to 14 and so on), none among them. What is shown of a number depends on that
number and on nothing else, so no number stands for another's being small. The sum is not shown
for itself: it is said between which numbers it lies, worked out from the steps that are on the
page, which tells nothing that they do not.

Why not leave out the small number and one more: the one more is then chosen for its size, and
whoever knows how it is chosen can often tell both. Why not show sums: with all numbers but one
exact, they are that one. tests/casefile/test_small_numbers.py tries every table of a few numbers,
two figures over the same decisions, and schools beside their trust. A sum that is known
another way ties a figure down only where all its numbers stand at the end of their steps; with
steps of five, no two figures of the same sum can do so to each other unless one of them has
5, 10 or 15 numbers, so none of those may (the test looks).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STEP: Final = 5


@dataclass(frozen=True)
class Cell:
    """One number; or, with ``most``, only between which two it lies, both included."""

    code: str
    label: str
    count: int
    most: int | None = None

    @property
    def small(self) -> bool:
        """Whether all that is said is that there are few, or none."""
        return self.most is not None and self.count == 0


@dataclass(frozen=True)
class Figure:
    """Numbers of one kind, with what they are numbers of."""

    code: str
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        """Whether it is certain that nothing was counted."""
        return not any(cell.count or cell.most for cell in self.cells)


def step(number: int) -> tuple[int, int]:
    """Return the first and the last number of the step in which a number lies."""
    first = number // STEP * STEP
    return first, first + STEP - 1


def in_steps(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the cells with the steps of their numbers instead of the numbers."""
    return tuple(Cell(cell.code, cell.label, *step(cell.count)) for cell in cells)


def sum_between(figures: Iterable[Iterable[Cell]]) -> tuple[int, int]:
    """Return between which numbers the sum lies that all these figures in steps have in common.

    Nothing is shown of fewer than ``STEP``, so it is at least that.
    """
    sums = [
        (sum(cell.count for cell in cells), sum(cell.most or 0 for cell in cells))
        for cells in map(tuple, figures)
    ]
    return max(STEP, *(least for least, _ in sums)), min(most for _, most in sums)
