"""Makes an export: the pages of each record, a cover that counts them, one bound document (R57)."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from decisions.models import Decision
from decisions.presenters.records import outcome_tag
from decisions.relying import has_changed, was_answered
from infosharing.casefile import store
from infosharing.casefile.domain.exporting import Made
from infosharing.casefile.domain.working import begin_record, leave_out, note_beside, record_ended
from infosharing.casefile.enums import ExportKind
from infosharing.casefile.exported import allowed_records
from infosharing.casefile.models import Export, ExportRecord
from infosharing.casefile.pdf.binding import About, Binder
from infosharing.casefile.pdf.casework import case_part, chronology_parts, entries_of
from infosharing.casefile.pdf.front import Gathered, front, title_of, whose_of
from infosharing.casefile.pdf.parts import Part, decision_parts, pages_of, part_of
from infosharing.casefile.pdf.portable import Portable
from infosharing.casefile.presenters.exports import name_of
from infosharing.cases.chronicle import Entry
from infosharing.cases.reaching import reached_from
from infosharing.journeys.templatetags.british import british_date, british_datetime

logger = logging.getLogger("infosharing.exports")
AT_A_TIME: Final = 50  # records fetched together
MOST_TRIES: Final = 2  # to make the pages of one record

Told = tuple[Entry, str]
# Told how many of how many steps are done; says whether to go on.
Progress = Callable[[int, int], bool]


class NotAllowed(Exception):
    """Nothing of what was asked for is open to whoever asked any more."""


class Stopped(Exception):
    """Somebody called it off, or another worker makes it."""


def make(export: Export, *, progress: Progress) -> tuple[Made, int]:
    """Make the file of an export; return it, and how many records could not be made.

    :raises NotAllowed: when whoever asked may see nothing of it any more.
    :raises Stopped: when ``progress`` says so.
    """
    at = timezone.now()
    found = _gathered(export, at, progress)
    if not found.included and not found.failed:
        raise NotAllowed(export.reference)
    words = {"whose": whose_of(export), "demonstration": settings.DEMONSTRATION}
    found.parts.append(
        part_of("pdf/part_words.html", words, at, key="words", title="Dates and words used here")
    )
    first, pages = front(export, found, at)
    return _bound(export, found, first, pages, at, progress), len(found.failed)


def _gathered(export: Export, at: datetime, progress: Progress) -> Gathered:
    """Return the parts of every record that may still be seen, made where they were not."""
    found, told = Gathered(), list[Told]()
    keys = _allowed(export)
    for done, row in enumerate(_fetched(keys)):
        if not progress(done, len(keys) + 1):
            raise Stopped(export.reference)
        if row.tries >= MOST_TRIES:
            _leave_out(row, found)
            continue
        began: list[ExportRecord] = []
        try:
            parts, entries = _of(export, row, at, partial(_begin, row, began))
        except (DatabaseError, OSError):
            raise
        except Exception:
            logger.exception("export %s: a record could not be made", export.reference)
            _leave_out(row, found)
        else:
            if began or row.failed:
                record_ended(row, failed=False)
            found.parts += parts
            found.included += 1
            told += entries
    made_of = export.records.filter(beside=False, case__isnull=False)
    note_beside(export, reached_from(made_of.values("case"), export.asked_by))
    if export.kind == ExportKind.PERSON and found.included:
        told.sort(key=lambda one: (one[0].happened_on, one[0].recorded_at))
        found.parts += chronology_parts(told, at, whose=whose_of(export), organisation="")
    return found


def _begin(row: ExportRecord, began: list[ExportRecord]) -> None:
    """Note, once, that pages of a record are being made: who dies over them is counted."""
    if not began:
        began.append(row)
        begin_record(row)


def _of(
    export: Export, row: ExportRecord, at: datetime, begin: Callable[[], None]
) -> tuple[list[Part], list[Told]]:
    """Return the parts of one record, and what of it belongs into a chronology of several."""
    if row.decision is not None:
        return decision_parts(row.decision, at, title=_title(row.decision), begin=begin), []
    begin()
    assert row.case is not None  # noqa: S101 - one of the two
    entries = entries_of(row.case, export.asked_by)
    if export.kind == ExportKind.PERSON:
        return [], [(entry, row.case.spoken_reference) for entry in entries]
    told = [(entry, "") for entry in entries]
    whose, where = whose_of(export), row.case.organisation.name
    return [
        case_part(row.case, at, export.asked_by),
        *chronology_parts(told, at, whose=whose, organisation=where),
    ], []


def _leave_out(row: ExportRecord, found: Gathered) -> None:
    record_ended(row, failed=True)
    found.failed.append(name_of(row))


def _title(decision: Decision) -> str:
    day = british_date(decision.signed_at)
    return f"Decision {decision.spoken_reference}: {outcome_tag(decision.outcome).tag}, {day}"


def _allowed(export: Export) -> list[int]:
    """Return the records of an export that whoever asked may take away now, in order.

    What they may not is taken out, so that nothing says it was ever found.
    """
    kept = set(allowed_records(export.asked_by).filter(export=export).values_list("pk", flat=True))
    rows = export.records.filter(beside=False).order_by("number")
    every = rows.values_list("pk", flat=True)
    leave_out([key for key in every if key not in kept])
    return [key for key in every if key in kept]


def _fetched(keys: list[int]) -> Iterator[ExportRecord]:
    rows = ExportRecord.objects.order_by("number").select_related(
        "case",
        "case__organisation",
        "case__opened_by",
        "decision",
        "decision__organisation",
        "decision__case",
        "decision__request",
    )
    for start in range(0, len(keys), AT_A_TIME):
        found = list(rows.filter(pk__in=keys[start : start + AT_A_TIME]))
        told = dict(_consent_since(one.decision_id for one in found if one.decision_id))
        for one in found:
            if one.decision is not None:
                vars(one.decision).update(told[one.decision.pk])
            yield one


def _consent_since(decisions: Iterable[int]) -> Iterator[tuple[int, dict[str, bool]]]:
    """Yield of decisions whether consent changed since, and was answered, as ``access_record``."""
    rows = Decision.objects.filter(pk__in=list(decisions)).annotate(
        consent_changed=has_changed("version"), consent_answered=was_answered("version")
    )
    for key, changed, answered in rows.values_list("pk", "consent_changed", "consent_answered"):
        yield key, {"consent_changed": changed, "consent_answered": answered}


# Binding


def _bound(
    export: Export, found: Gathered, first: Portable, pages: int, at: datetime, progress: Progress
) -> Made:
    """Write the document to its place; nothing of it is left when that fails."""
    stored_as, place = store.new_place()
    line = f"Confidential. Export {export.spoken_reference}, {british_datetime(at)}"
    total = found.included + len(found.failed) + 1
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            binder = Binder(file, pages=pages, line=line)
            binder.add(first, key="front", title="Cover and contents")
            for number, part in enumerate(found.parts):
                if number % AT_A_TIME == 0 and not progress(total - 1, total):
                    raise Stopped(export.reference)
                level = 2 if part.below else 1
                binder.add(pages_of(part, at), key=part.key, title=part.title, level=level)
            binder.finish(
                About(
                    title=title_of(export),
                    author=export.organisation.name if export.organisation else "Infosharing",
                    subject="Record of decisions about sharing information",
                    digest=f"{export.public_id} {export.attempts}",
                )
            )
            file.flush()
            os.fsync(file.fileno())
        size = place.stat().st_size
        return Made(stored_as=stored_as, sha256=store.checksum(place), size=size, pages=pages)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
