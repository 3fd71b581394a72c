"""Exports: asked for by a person, made by the program, called off, no longer kept (R57)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from infosharing.accounts.models import Organisation, User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.casefile.enums import GOING_ON, ExportKind, ExportState
from infosharing.casefile.events import ExportEvent
from infosharing.casefile.models import Export, ExportRecord
from infosharing.cases.models import Case, Person

MOST_GOING_ON: Final = 5  # of one person
MOST_RECORDS: Final = 5000  # in one export


class UnableToExport(Exception):
    """It cannot be asked for, or called off; says why in a sentence for the person."""


class NoLongerOurs(Exception):
    """The export was called off, or is made by another worker meanwhile."""


@dataclass(frozen=True)
class Wanted:
    """What is to be in an export: its records in order, and how they were found, in words.

    ``decisions`` are keys.

    ``kept_back`` counts what was found and seen but is not for this person to take away.
    """

    kind: ExportKind
    decisions: Sequence[int] = ()
    cases: Sequence[Case] = ()
    organisation: Organisation | None = None
    person: Person | None = None
    told: Sequence[str] = ()
    kept_back: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """The file of an export."""

    stored_as: str
    sha256: str
    size: int
    pages: int


@act
def ask_export(*, wanted: Wanted, by: User, at: datetime) -> Export:
    """Asked for a PDF.

    :raises UnableToExport: when nothing would be in it, too much, or too many are going on.
    """
    number = len(wanted.decisions) + len(wanted.cases)
    if not number:
        raise UnableToExport("Nothing that you may take away is like this, so no PDF was begun.")
    if number > MOST_RECORDS:
        raise UnableToExport(
            f"This is more than {MOST_RECORDS} decisions. Choose fewer, by their dates for example."
        )
    if Export.objects.filter(asked_by=by, state__in=GOING_ON).count() >= MOST_GOING_ON:
        raise UnableToExport(
            f"{MOST_GOING_ON} of your PDFs are being made. Wait for one, or cancel one, first."
        )
    only = wanted.cases[0] if wanted.kind == ExportKind.CASE else None
    export = Export.objects.create(
        kind=wanted.kind,
        asked_by=by,
        asked_at=at,
        organisation=wanted.organisation,
        case=only,
        person=wanted.person,
        told=list(wanted.told),
        kept_back=wanted.kept_back,
        total=number + 1,  # the last is to bind them
    )
    rows = _records(export, wanted.cases, wanted.decisions)
    ExportRecord.objects.bulk_create(rows, batch_size=500)
    record(
        ExportEvent.ASKED,
        by=by,
        at=at,
        organisation=wanted.organisation,
        case=only,
        about=export,
        details={"kind": str(wanted.kind), "records": number, **wanted.details},
    )
    return export


def _records(export: Export, cases: Iterable[Case], decisions: Iterable[int]) -> list[ExportRecord]:
    found = [ExportRecord(export=export, case=case) for case in cases]
    found += [ExportRecord(export=export, decision_id=key) for key in decisions]
    for number, row in enumerate(found, start=1):
        row.number = number
    return found


@act
def cancel_export(*, export: Export, by: User, at: datetime) -> None:
    """Cancelled a PDF that was being made.

    :raises UnableToExport: when it has ended meanwhile.
    """
    going_on = Export.objects.filter(pk=export.pk, state__in=GOING_ON)
    if not going_on.update(state=ExportState.CANCELLED, ended_at=at, leased_until=None):
        raise UnableToExport("It had ended before you cancelled it. Nothing was changed.")
    _log(ExportEvent.CANCELLED, export, by, at)


@act
def finish_export(
    *, export: Export, claim: str, made: Made, failed: int, by: User | None, at: datetime
) -> None:
    """Made a PDF that somebody had asked for.

    ``failed`` records are named in it as left out.

    :raises NoLongerOurs: when it was called off, or another worker has taken it over.
    """
    ours = Export.objects.filter(pk=export.pk, claim=claim, state=ExportState.WORKING)
    if not ours.update(
        state=ExportState.READY,
        leased_until=None,
        ended_at=at,
        keep_until=at + timedelta(days=settings.EXPORT_DAYS),
        stored_as=made.stored_as,
        sha256=made.sha256,
        size=made.size,
        pages=made.pages,
    ):
        raise NoLongerOurs(export.reference)
    details = {"sha256": made.sha256, "pages": made.pages, "failed": failed}
    _log(ExportEvent.MADE, export, by, at, details)


@act
def fail_export(*, export: Export, claim: str, why: str, by: User | None, at: datetime) -> None:
    """Could not make a PDF that somebody had asked for.

    :raises NoLongerOurs: when it was called off, or another worker has taken it over.
    """
    ours = Export.objects.filter(pk=export.pk, claim=claim, state=ExportState.WORKING)
    if not ours.update(state=ExportState.FAILED, leased_until=None, ended_at=at, why=why):
        raise NoLongerOurs(export.reference)
    _log(ExportEvent.FAILED, export, by, at, {"why": why})


@act
def expire_export(*, export: Export, by: User | None, at: datetime) -> None:
    """Gave up the file of a PDF whose time was over; that it was made stays known.

    Whoever calls deletes the file when this has been committed.

    :raises NoLongerOurs: when another worker did so meanwhile.
    """
    ready = Export.objects.filter(pk=export.pk, state=ExportState.READY)
    if not ready.update(state=ExportState.EXPIRED, stored_as="", sha256=""):
        raise NoLongerOurs(export.reference)
    _log(ExportEvent.EXPIRED, export, by, at)


def _log(
    event: ExportEvent,
    export: Export,
    by: User | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    record(
        event,
        by=by,
        at=at,
        organisation=export.organisation,
        case=export.case,
        about=export,
        details=details,
        system=by is None,
    )
