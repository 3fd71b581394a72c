"""Acts: the verbs of the product. One transaction, at least one log entry, a person and a reason.

``@act`` marks a function of an app's ``domain``; docs/map.md says what belongs there.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar
from weakref import WeakSet

from django.db import connection

from infosharing.audit import submissions
from infosharing.audit.backends.guard import guard_of
from infosharing.audit.log_format import SYSTEM
from infosharing.audit.recording import recorded_last

P = ParamSpec("P")
R = TypeVar("R")


class ActWithoutEntry(RuntimeError):
    """An act ended without a log entry; all it did has been rolled back."""


class ChangeOutsideAct(RuntimeError):
    """Something with history was to change, and nobody said who changes it and why."""


@dataclass(frozen=True, slots=True)
class Acting:
    """The act going on: ``by`` is a user, None for the system; ``at`` is aware."""

    name: str
    by: Any
    at: datetime
    reason: str

    @property
    def actor_id(self) -> str:
        """The opaque id of who acts, as in the log."""
        return SYSTEM if self.by is None else str(self.by.public_id)


_acting: ContextVar[Acting | None] = ContextVar("audit_acting", default=None)
_acts: WeakSet[Callable[..., Any]] = WeakSet()
_repeatable: WeakSet[Callable[..., Any]] = WeakSet()
# Begins what history rows carry as their reason where nobody typed one.
STATED: Final = "By the program: "


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act.

    It takes keywords only, among them ``by`` (a user, None for the system) and ``at`` (an aware
    time). It runs in a transaction of its own, or in a savepoint of the one around it. History
    rows written inside carry ``by``, ``at`` and a reason: the keyword ``reason`` if the function
    has one and was given it, else ``STATED`` with the first line of its docstring.

    While a form that somebody sent is answered, the outermost act is what that form led to: the
    same form sent again does nothing (``infosharing.audit.submissions``), unless the function is
    ``repeatable``.

    :raises TypeError: at import, for a function of another shape.
    :raises ValueError: when called with a time without a zone.
    :raises ActWithoutEntry: when nothing was recorded; everything is rolled back.
    :raises infosharing.audit.submissions.SentBefore: when the form has led to an act before.
    """
    signature = inspect.signature(function)
    name = f"{function.__module__}.{function.__qualname__}"
    _check_shape(function, signature, name)
    stated = STATED + (inspect.getdoc(function) or function.__name__).splitlines()[0]

    @wraps(function)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs).arguments
        acting = Acting(name, given["by"], given["at"], str(given.get("reason") or stated))
        if acting.at.utcoffset() is None:
            raise ValueError(f"{name} was given a time without a zone")
        claims = _acting.get() is None and function not in _repeatable
        with (
            submissions.claiming(acting.actor_id, at=acting.at, claims=claims),
            recorded_last() as waiting,
            as_act(acting),
        ):
            guard = guard_of(connection)
            entries = guard.entries() + len(waiting)
            result = function(*args, **kwargs)
            if guard.entries() + len(waiting) <= entries:
                raise ActWithoutEntry(f"{name} recorded nothing")
        return result

    _acts.add(acted)
    return acted


def _check_shape(function: Callable[..., Any], signature: inspect.Signature, name: str) -> None:
    parameters = signature.parameters
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise TypeError(f"{name}: an act runs from start to end in one call")
    if inspect.isasyncgenfunction(function):
        raise TypeError(f"{name}: an act runs from start to end in one call")
    if any(one.kind is not inspect.Parameter.KEYWORD_ONLY for one in parameters.values()):
        raise TypeError(f"{name}: an act takes keywords only")
    for wanted in ("by", "at"):
        if wanted not in parameters or parameters[wanted].default is not inspect.Parameter.empty:
            raise TypeError(f"{name}: an act must be given {wanted}")


def repeatable(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function, under ``@act``, that may be run by the same form again and does no harm."""
    _repeatable.add(function)
    return function


@contextmanager
def as_act(acting: Acting) -> Iterator[None]:
    """Set who acts, and why, for history rows written inside. ``@act`` does this itself."""
    token = _acting.set(acting)
    try:
        yield
    finally:
        _acting.reset(token)


def acting() -> Acting:
    """Return the act going on.

    :raises ChangeOutsideAct: outside of any.
    """
    found = _acting.get()
    if found is None:
        raise ChangeOutsideAct("changes are made by acts: see infosharing.audit.acts.act")
    return found


def is_act(function: object) -> bool:
    """Return whether a function has been made an act."""
    return callable(function) and function in _acts
