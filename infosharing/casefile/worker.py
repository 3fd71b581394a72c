"""Makes exports in the background, without a server of its own (libraries.md "Background work").

A keeper waits for exports and starts one process for each: what that process holds is given back
when it ends, and whatever kills it does not kill the keeper, which lets the next one go on. What
was made is kept page by page, so the next one only makes what is missing.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Final

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.timezone import localdate

from infosharing.casefile import store
from infosharing.casefile.ahead import UNUSED_DAYS, WORTH_IT, fresh, older
from infosharing.casefile.domain import exporting, working
from infosharing.casefile.domain.pages import drop_unknown, forget_pages
from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export
from infosharing.casefile.pdf.making import NotAllowed, Stopped, make

logger = logging.getLogger("infosharing.exports")
PAUSE: Final = 1.0  # seconds between two looks for something to do
BEAT: Final = timedelta(seconds=0.5)  # at most that often an export says how far it is
TIDY_EVERY: Final = 300.0  # seconds
SWEEP_EVERY: Final = 24 * 60 * 60.0
AHEAD_EVERY: Final = 20.0
LEFT_OFF: Final = 3  # how a process ends that made pages ahead, and then an export came
WENT_WRONG: Final = (
    "Something went wrong that was not your doing. Ask again; tell your administrator if it fails "
    "again, with the reference of this PDF."
)
DIED: Final = (
    "The program was stopped several times while it made this PDF. Choose fewer decisions, or tell "
    "your administrator, with the reference of this PDF."
)
CLOSED: Final = "Nothing of what you asked for is open to you any more."


def make_next(claim: str) -> bool:
    """Make the export that has waited longest; return whether there was one."""
    export = working.claim_next(claim=claim, at=timezone.now())
    if export is None:
        return False
    try:
        _make(export, claim)
    except (Stopped, exporting.NoLongerOurs):
        logger.info("export %s: called off, or taken over", export.reference)
    except NotAllowed:
        _fail(export, claim, CLOSED)
    except DatabaseError:
        # It is given back; whoever takes it over goes on where this one was.
        raise
    except Exception:
        logger.exception("export %s could not be made", export.reference)
        _fail(export, claim, WENT_WRONG)
    return True


def _make(export: Export, claim: str) -> None:
    if export.attempts > working.MOST_ATTEMPTS:
        _fail(export, claim, DIED)
        return
    said = timezone.now() - BEAT

    def progress(done: int, total: int) -> bool:
        nonlocal said
        now = timezone.now()
        if now - said < BEAT:
            return True
        said = now
        return working.show_life(export, claim=claim, done=done, total=total, at=now)

    with _helped(export, claim):
        made, failed = make(export, progress=progress)
    try:
        exporting.finish_export(
            export=export, claim=claim, made=made, failed=failed, by=None, at=timezone.now()
        )
    except BaseException:
        store.drop(made.stored_as)
        raise


def _fail(export: Export, claim: str, why: str) -> None:
    try:
        exporting.fail_export(export=export, claim=claim, why=why, by=None, at=timezone.now())
    except exporting.NoLongerOurs:
        logger.info("export %s: called off, or taken over", export.reference)


def tidy() -> None:
    """Delete the files of exports whose time is over, and pages that nobody needs."""
    now = timezone.now()
    for export in Export.objects.filter(state=ExportState.READY, keep_until__lt=now):
        stored_as = export.stored_as
        try:
            exporting.expire_export(export=export, by=None, at=now)
        except exporting.NoLongerOurs:
            continue
        store.drop(stored_as)
    forget_pages(unused_since=localdate(now) - timedelta(days=UNUSED_DAYS))


# One process for each export


@contextmanager
def _given_back(claim: str) -> Iterator[None]:
    """Let another go on at once when this process is told to end."""

    def ended(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(143)

    before = signal.signal(signal.SIGTERM, ended)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        try:
            working.give_back(claim=claim)
        except DatabaseError:
            logger.warning("an export was not given back: it is taken over when its time is up")


def one(claim: str) -> bool:
    """Make one export in this process; return whether there was one."""
    with _given_back(claim):
        return make_next(claim)


@contextmanager
def _helped(export: Export, claim: str) -> Iterator[None]:
    """Let a second process make pages from the end of a long export, where there is room for it."""
    many = export.records.filter(decision__isnull=False).count() >= WORTH_IT
    if not many or (os.cpu_count() or 1) < 2:
        yield
        return
    helper = _started("--help-with", export.public_id, claim)
    try:
        yield
    finally:
        helper.terminate()
        helper.wait()


def _started(*what: str) -> subprocess.Popen[bytes]:
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    command = [sys.executable, manage, "work_exports", *what]
    return subprocess.Popen(command)  # noqa: S603 - our own program


class Keeper:
    """Looks for exports and lets a process make each; ends with whoever started it, if wished."""

    def __init__(self, *, with_parent: bool) -> None:
        self.parent = os.getppid() if with_parent else 0
        self.child: subprocess.Popen[bytes] | None = None
        self.tidied = self.swept = self.went_ahead = float("-inf")
        self.ahead = 0
        self.back: int | None = None

    def run(self) -> None:
        """Go on until told to end."""
        signal.signal(signal.SIGTERM, self._ended)
        signal.signal(signal.SIGINT, self._ended)
        try:
            while not self._alone():
                close_old_connections()
                try:
                    self.look()
                except DatabaseError:
                    logger.warning("the database does not answer: exports wait")
                time.sleep(PAUSE)
        finally:
            self._stop_child()

    def look(self) -> None:
        """Do what is to be done now, if anything."""
        now = timezone.now()
        if Export.objects.filter(working.waiting(now)).exists():
            claim = working.new_claim()
            self._wait_for("--one", claim)
            working.give_back(claim=claim)
        elif time.monotonic() - self.tidied > TIDY_EVERY:
            self.tidied = time.monotonic()
            tidy()
        elif time.monotonic() - self.swept > SWEEP_EVERY:
            self.swept = time.monotonic()
            drop_unknown(older_than=now - timedelta(days=1))
        elif time.monotonic() - self.went_ahead > AHEAD_EVERY:
            self.went_ahead = time.monotonic()
            self._go_ahead()

    def _go_ahead(self) -> None:
        """Have some pages made before they are needed: of what is new, else of what is old.

        What was left for an export that came is gone on with; over what died it is not.
        """
        if changes := fresh(self.ahead):
            if self._make_ahead(key for _, key in changes):
                self.ahead, _ = changes[-1]
        elif (decisions := older(self.back)) and self._make_ahead(decisions):
            self.back = decisions[-1]

    def _make_ahead(self, keys: Iterable[int]) -> bool:
        return self._wait_for("--ahead", *map(str, sorted(set(keys)))) != LEFT_OFF

    def _wait_for(self, *what: str) -> int | None:
        """Run one of our own processes; return how it ended, None when it had to be stopped."""
        self.child = _started(*what)
        while self.child.poll() is None:
            if self._alone():
                self._stop_child()
                return None
            time.sleep(0.1)
        ended, self.child = self.child.returncode, None
        return ended

    def _alone(self) -> bool:
        return bool(self.parent) and os.getppid() != self.parent

    def _stop_child(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            self.child.wait()

    def _ended(self, _number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)
