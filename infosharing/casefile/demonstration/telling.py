"""Tells the stories in the order of time, so that the log reads as it would have been written."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock

# A story says when it goes on, and then is told until it says so again.
Steps = Iterator[datetime]
Story = Callable[[Cast, Clock], Steps]


def tell(stories: Iterable[Story], cast: Cast, clock: Clock) -> None:
    """Run all stories at once, always the one whose next step comes first."""
    waiting: list[tuple[datetime, int, Steps]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story(cast, clock))
    while waiting:
        _at, number, steps = heappop(waiting)
        _wait(waiting, number, steps)


def _wait(waiting: list[tuple[datetime, int, Steps]], number: int, steps: Steps) -> None:
    at = next(steps, None)
    if at is not None:
        heappush(waiting, (at, number, steps))
