"""Who makes an export: claimed by one worker, kept by signs of life, taken over without them.

None of this is anything that a person did, so nothing of it is an act: what became of an export
is (``exporting``). A claim is one conditional UPDATE, which both databases let one worker win.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Max, Q

from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export, ExportRecord

LEASE: Final = timedelta(seconds=30)
MOST_ATTEMPTS: Final = 5


def new_claim() -> str:
    """Return a name for somebody who is going to make an export."""
    return secrets.token_urlsafe(16)


def waiting(at: datetime) -> "Q":
    """Return what is true of exports that somebody should make now."""
    abandoned = Q(state=ExportState.WORKING, leased_until__lt=at)
    return Q(state=ExportState.WAITING) | abandoned


def claim_next(*, claim: str, at: datetime) -> Export | None:
    """Claim the export that has waited longest; None when there is none."""
    while True:
        found = Export.objects.filter(waiting(at)).order_by("asked_at", "id").first()
        if found is None:
            return None
        rows = Export.objects.filter(waiting(at), pk=found.pk, claim=found.claim)
        won = rows.update(
            state=ExportState.WORKING,
            claim=claim,
            leased_until=at + LEASE,
            attempts=F("attempts") + 1,
        )
        if won:
            return Export.objects.select_related(
                "asked_by", "organisation", "case", "case__organisation", "person"
            ).get(pk=found.pk)


def held_by(claim: str) -> "Q":
    """Return what is true of the export that somebody makes under this claim."""
    return Q(claim=claim, state=ExportState.WORKING)


def show_life(export: Export, *, claim: str, done: int, total: int, at: datetime) -> bool:
    """Say how far an export is; return whether it is still this worker's."""
    ours = Export.objects.filter(held_by(claim), pk=export.pk)
    return bool(ours.update(done=done, total=total, leased_until=at + LEASE))


def give_back(*, claim: str) -> None:
    """Let another worker go on at once with what this one was making."""
    ours = Export.objects.filter(held_by(claim))
    ours.update(state=ExportState.WAITING, leased_until=None)


def begin_record(row: ExportRecord) -> None:
    """Note that the pages of a record are begun, before anything can go wrong."""
    ExportRecord.objects.filter(pk=row.pk).update(tries=F("tries") + 1)


def note_beside(export: Export, cases: Iterable[int]) -> None:
    """Note through which other cases something came into the pages of an export, by their keys."""
    export.records.filter(beside=True).delete()
    number = export.records.aggregate(last=Max("number"))["last"] or 0
    ExportRecord.objects.bulk_create(
        ExportRecord(export=export, case_id=key, number=place, beside=True)
        for place, key in enumerate(sorted(cases), start=number + 1)
    )


def record_ended(row: ExportRecord, *, failed: bool) -> None:
    """Note how a record ended: its pages are made, or cannot be."""
    ExportRecord.objects.filter(pk=row.pk).update(tries=0, failed=failed)


def leave_out(keys: Iterable[int]) -> None:
    """Take records out that whoever asked may not see any more: as if never found."""
    gone = list(keys)
    for start in range(0, len(gone), 500):
        ExportRecord.objects.filter(pk__in=gone[start : start + 500]).delete()
