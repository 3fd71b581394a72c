"""A journey as data: steps in sections. Order, statuses, what comes next, all derive from it.

Knows no domain words. ``S`` is whatever an app knows of the matter when a page is shown.
"""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from infosharing.journeys.forms import PlainForm

S = TypeVar("S")
Typed = Mapping[str, Sequence[str]]
Pages = Mapping[tuple[str, int], Typed]
# (situation, index, what was typed or None for a page never saved) gives the page's form.
FormFactory = Callable[[S, int, Mapping[str, Any] | None], PlainForm]


class Status(enum.Enum):
    """How far a step has come; the value is what the task list says."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETE = "Complete"
    NOT_NEEDED = "Not needed now"


def always(_situation: Any) -> bool:
    """Apply whatever else is known."""
    return True


@dataclass(frozen=True)
class Step(Generic[S]):
    """One page, or one kind of entry of which there are several (``repeats``).

    ``otherwise`` is the sentence that says why it is not needed while ``applies_when`` is false.
    ``stays_open``: it can be opened even then. ``walked``: "Save and continue" leads there.
    ``most`` is how many entries there may be. Without ``form`` the app shows a page of its own.
    """

    key: str
    title: str
    section: str
    form: FormFactory[S] | None = None
    applies_when: Callable[[S], bool] = always
    otherwise: str = ""
    repeats: bool = False
    stays_open: bool = False
    walked: bool = True
    most: int = 99
    one: str = ""


@dataclass(frozen=True)
class Section:
    """A heading of the task list."""

    code: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class ShortPath:
    """When only some steps matter now: their keys in order, and words for them and the rest."""

    keys: tuple[str, ...]
    now: Section
    rest: Section


@dataclass(frozen=True)
class Group(Generic[S]):
    """A section with its steps, as the task list shows it."""

    section: Section
    steps: list[Step[S]]


@dataclass(frozen=True)
class Journey(Generic[S]):
    """Steps in the order in which they are walked through."""

    sections: tuple[Section, ...]
    steps: tuple[Step[S], ...]
    short_path: Callable[[S], ShortPath | None]

    def step(self, key: str) -> Step[S]:
        """Return a step.

        :raises KeyError: for a key that the journey does not have.
        """
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def groups(self, situation: S) -> list[Group[S]]:
        """Return the sections of the task list; with a short path, that and the rest."""
        short = self.short_path(situation)
        if short is None:
            found = [Group(head, self._in(head.code)) for head in self.sections]
            return [group for group in found if group.steps]
        rest = [step for step in self.steps if step.key not in short.keys]
        return [Group(short.now, [self.step(key) for key in short.keys]), Group(short.rest, rest)]

    def following(self, situation: S, key: str) -> Step[S] | None:
        """Return the step to go to after one; None when it is time to check everything.

        A short path ends with checking; a page beside it leads to the next beside it.
        """
        order = self._order(situation, key)
        places = [step.key for step in order]
        after = order[places.index(key) + 1 :]
        return next((s for s in after if s.walked and s.applies_when(situation)), None)

    def previous(self, situation: S, key: str) -> Step[S] | None:
        """Return the step before one; None for the first."""
        order = self._order(situation, key)
        places = [step.key for step in order]
        before = order[: places.index(key)]
        return next((s for s in reversed(before) if s.walked and s.applies_when(situation)), None)

    def first_open(self, situation: S, done: Callable[[Step[S]], bool]) -> Step[S] | None:
        """Return the first step that applies and is not done; None when all are."""
        short = self.short_path(situation)
        keys = short.keys if short else tuple(step.key for step in self.steps)
        for key in keys:
            step = self.step(key)
            if step.applies_when(situation) and not done(step):
                return step
        return None

    def _in(self, section: str) -> list[Step[S]]:
        return [step for step in self.steps if step.section == section]

    def _order(self, situation: S, key: str) -> list[Step[S]]:
        short = self.short_path(situation)
        if short is None:
            return list(self.steps)
        if key in short.keys:
            return [self.step(found) for found in short.keys]
        return [step for step in self.steps if step.key not in short.keys]


def entries(pages: Pages, key: str) -> list[tuple[int, Typed]]:
    """Return what was typed under a key, by index."""
    return sorted((index, typed) for (name, index), typed in pages.items() if name == key)


def status(step: Step[S], situation: S, saved: Iterable[bool], *, wanted: bool) -> Status:
    """Return how far a step has come.

    ``saved`` says of each saved page of it whether it is in order; ``wanted`` whether something
    on it still holds the journey back.
    """
    pages = list(saved)
    done = bool(pages) and all(pages) and not wanted
    if not step.applies_when(situation):
        return Status.COMPLETE if done and step.stays_open else Status.NOT_NEEDED
    if done:
        return Status.COMPLETE
    return Status.IN_PROGRESS if pages else Status.NOT_STARTED
