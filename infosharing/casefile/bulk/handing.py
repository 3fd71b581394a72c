"""One process makes rows, another writes them: both engines then have a processor each.

The rows are handed over as plain values, so what is written is what one process alone would
write; the log is still appended by one writer, in the order in which the rows come.
"""

import gc
import marshal
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any, Final

from django.apps import apps
from django.db.models import Model

from infosharing.audit.protection import options_of
from infosharing.audit.wholesale import Happened

# A form of marshal that does not look for values that come twice: nearly none does.
PLAIN: Final = 2


@dataclass
class Batch:
    """What is written in one transaction: columns and rows by model, and what happened.

    ``decisions`` says how many are there then.
    """

    decisions: int
    rows: dict[type[Model], tuple[Sequence[str], list[tuple[Any, ...]]]]
    happened: Sequence[Happened]


class MakingFailed(RuntimeError):
    """The process that made the rows ended before the last of them; it has said why."""


@contextmanager
def handed_over(batches: Iterator[Batch], *, at_all: bool) -> Iterator[Iterator[Batch]]:
    """Let another process go through ``batches``, which ask no database, and give what it made.

    Where it is not worth it (``at_all``), or there is one processor only, this one does it.

    :raises MakingFailed: when the other process did not come to the end.
    """
    if not at_all or (os.cpu_count() or 1) < 2:
        yield batches
        return
    forked = multiprocessing.get_context("fork")
    here, there = forked.Pipe(duplex=False)
    other = forked.Process(target=_hand_over, args=(batches, there), daemon=True)
    other.start()
    there.close()
    try:
        yield _received(here)
    finally:
        here.close()
        other.terminate()
        other.join()


def _hand_over(batches: Iterator[Batch], to: Connection) -> None:
    gc.disable()
    for batch in batches:
        rows = {options_of(model).label: given for model, given in batch.rows.items()}
        happened = [(one.at.isoformat(), *one[1:]) for one in batch.happened]
        to.send_bytes(marshal.dumps((batch.decisions, rows, happened), PLAIN))
    to.send_bytes(b"")
    to.close()


def _received(here: Connection) -> Iterator[Batch]:
    while True:
        try:
            sent = here.recv_bytes()
        except EOFError:
            raise MakingFailed("the rows could not be made") from None
        if not sent:
            return
        decisions, rows, happened = marshal.loads(sent)  # noqa: S302 - our own process wrote it
        by_model = {apps.get_model(label): given for label, given in rows.items()}
        yield Batch(decisions, by_model, [Happened(_moment(at), *rest) for at, *rest in happened])


@lru_cache(100_000)
def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
