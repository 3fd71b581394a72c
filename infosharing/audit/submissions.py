"""A form that was sent acts once, however often it arrives (C1).

Every posted form carries a random token. While a request is answered its ``Sent`` is known here;
the first act claims it by a row in its own transaction, whose uniqueness the database keeps. A
double click, a replay or the back button then finds the row, and where the act led.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from infosharing.audit.models import Submission

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
# How long a second click waits for the first to say where it led; after that it is not told.
ADDRESS_TRIES = 20
ADDRESS_PAUSE = 0.05


@dataclass(slots=True)
class Sent:
    """A form that is being answered: its token, who sent it, a keyed hash of all it holds."""

    token: str
    actor_id: str
    digest: str
    acted: bool = field(default=False, init=False)


class SentBefore(Exception):
    """The form has led to an act before; nothing was done now."""


_sent: ContextVar[Sent | None] = ContextVar("audit_sent", default=None)


@contextmanager
def answering(sent: Sent | None) -> Iterator[None]:
    """Say which form is being answered inside."""
    token = _sent.set(sent)
    try:
        yield
    finally:
        _sent.reset(token)


def answer(sent: Sent) -> None:
    """Say, inside of ``answering``, which form it is."""
    _sent.set(sent)


@contextmanager
def claiming(actor_id: str, at: datetime, *, claims: bool) -> Iterator[None]:
    """Open the transaction of an act; with ``claims``, claim the form being answered for it.

    The row comes first: who sends the same form at the same time waits for it, holding nothing.

    :raises SentBefore: when the form has been claimed; nothing has been done.
    """
    sent = _sent.get() if claims else None
    if sent is None or sent.acted or sent.actor_id != actor_id:
        with transaction.atomic():
            yield
        return
    row = Submission(token=sent.token, actor_id=actor_id, digest=sent.digest, at=at)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise SentBefore from taken
        yield
    sent.acted = True


def led_to(sent: Sent, address: str) -> None:
    """Keep where the act that a form led to leads its sender."""
    Submission.objects.filter(token=sent.token, actor_id=sent.actor_id).update(address=address)


def earlier(sent: Sent) -> Submission | None:
    """Return what is known of the same form sent before; None for a new one.

    Of a form that is just being answered the address is waited for, for a second at most.
    """
    rows = Submission.objects.filter(token=sent.token, actor_id=sent.actor_id)
    found = rows.first()
    for _ in range(ADDRESS_TRIES):
        if found is None or found.address:
            break
        time.sleep(ADDRESS_PAUSE)
        found = rows.first()
    return found


def forget(before: datetime) -> None:
    """Forget which forms were sent before a moment: nobody can send them again."""
    Submission.objects.filter(at__lt=before).delete()
