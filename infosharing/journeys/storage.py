"""Where the typed text of a journey is kept: behind one interface, so pages need not know.

``PageStorage`` keeps it in the page itself, signed and sealed to one person; rows are an app's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.core import signing

from infosharing.journeys.steps import Typed

Kept = dict[tuple[str, int], Typed]


@dataclass(frozen=True)
class Saved:
    """One page as it stands in storage; version 0 is one never saved.

    ``own``: it was saved last by whoever looks now, such as in another tab.
    """

    typed: Typed = field(default_factory=dict)
    version: int = 0
    removed: bool = False
    by: str = ""
    at: datetime | None = None
    own: bool = False


class Changed(Exception):
    """Somebody saved the page since it was shown; ``current`` is what stands there now."""

    def __init__(self, current: Saved) -> None:
        super().__init__("This page was changed since you opened it.")
        self.current = current


class Storage(Protocol):
    """Pages of typed text, as typed, valid or not."""

    def pages(self) -> Kept:
        """Return every page that is kept."""

    def page(self, key: str, index: int) -> Saved | None:
        """Return one page; None where nothing was ever saved."""

    def save(self, key: str, index: int, typed: Typed, version: int) -> int:
        """Keep a page and return its version; ``version`` is that of the page as it was shown.

        :raises Changed: when somebody saved something else in between; nothing is overwritten.
        """

    def remove(self, key: str, index: int, version: int) -> None:
        """Take an entry away.

        :raises Changed: when somebody saved it in between.
        """

    def next_index(self, key: str) -> int:
        """Return the index for a further entry, from 1."""


class Unreadable(Exception):
    """The text carried by a page was tampered with, is too old or belongs to somebody else."""


class TooLong(Exception):
    """The pages hold more text than a page can carry."""


class PageStorage:
    """Everything travels in the page: compressed, signed, for one person, for a short time."""

    LIMIT = 200_000
    AGE = timedelta(hours=2)

    def __init__(self, salt: str, pages: Kept | None = None) -> None:
        self._salt = salt
        self._pages: Kept = dict(pages or {})

    @classmethod
    def read(cls, token: str, salt: str) -> "PageStorage":
        """Return what a page carried.

        :raises Unreadable: for anything but an unchanged, recent token with the same salt.
        """
        if len(token) > cls.LIMIT:
            raise Unreadable
        try:
            rows = signing.loads(token, salt=salt, max_age=cls.AGE)
        except signing.BadSignature as error:
            raise Unreadable from error
        return cls(salt, {(key, index): typed for key, index, typed in rows})

    def token(self) -> str:
        """Return the text for the page to carry.

        :raises TooLong: when it is more than a page can carry.
        """
        rows: list[Sequence[Any]] = [
            [key, index, typed] for (key, index), typed in sorted(self._pages.items())
        ]
        token = signing.dumps(rows, salt=self._salt, compress=True)
        if len(token) > self.LIMIT:
            raise TooLong
        return token

    def pages(self) -> Kept:
        """Return every page that is kept."""
        return dict(self._pages)

    def page(self, key: str, index: int) -> Saved | None:
        """Return one page; None where nothing was ever saved."""
        typed = self._pages.get((key, index))
        return None if typed is None else Saved(typed)

    def save(self, key: str, index: int, typed: Typed, version: int = 0) -> int:
        """Keep a page; nobody else can have changed it, so there is one version.

        :raises TooLong: when it is more than a page can carry; what was there stays.
        """
        before = dict(self._pages)
        self._pages[(key, index)] = typed
        try:
            self.token()
        except TooLong:
            self._pages = before
            raise
        return 0

    def remove(self, key: str, index: int, version: int = 0) -> None:
        """Take an entry away."""
        self._pages.pop((key, index), None)

    def next_index(self, key: str) -> int:
        """Return the index for a further entry, from 1: the lowest that is free."""
        taken = {index for name, index in self._pages if name == key}
        return next(index for index in range(1, len(taken) + 2) if index not in taken)
