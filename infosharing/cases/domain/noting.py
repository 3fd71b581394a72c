"""Notes on a case for those named on them alone; naming somebody, and no longer."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, NoteReader, RestrictedNote
from infosharing.cases.noted import visible_notes
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import visible_cases


class UnableToShow(Exception):
    """A note cannot be shown to somebody, or hidden from them; says why in a sentence."""


@act
def write_note(
    *, case: Case, words: str, readers: Sequence[User] = (), by: User, at: datetime
) -> RestrictedNote:
    """Write a restricted note; its author reads it, and who is named.

    :raises PermissionDenied: for those who only read the case.
    :raises UnableToShow: for somebody who does not see the case.
    """
    check_user_can_work_on(by, case)
    note = RestrictedNote.objects.create(case=case, words=words, written_by=by, written_at=at)
    for user in {one.pk: one for one in (by, *readers)}.values():
        _name(note, user, by, at)
    _record(CaseEvent.NOTE_WRITTEN, note, case, by, at)
    return note


@act
def change_note(
    *, note: RestrictedNote, words: str, reason: str, by: User, at: datetime
) -> RestrictedNote:
    """Put a restricted note right; what stood there stays in its history.

    :raises PermissionDenied: for those who only read the case, or are not named any more.
    """
    current = _as_it_is(note, by)
    current.words = words
    current.save(update_fields=["words"])
    _record(CaseEvent.NOTE_CHANGED, current, note.case, by, at, reason)
    return current


@act
def show_note(*, note: RestrictedNote, user: User, by: User, at: datetime) -> NoteReader:
    """Name somebody on a restricted note.

    :raises PermissionDenied: for those who only read the case, or are not named any more.
    :raises UnableToShow: for somebody who does not see the case, or is named already.
    """
    current = _as_it_is(note, by)
    if current.readers.filter(user=user, ended_at=None).exists():
        raise UnableToShow(f"{user.name} is named on the note already.")
    reader = _name(current, user, by, at)
    _record(CaseEvent.NOTE_SHOWN, current, note.case, by, at)
    return reader


@act
def hide_note(*, note: RestrictedNote, user: User, by: User, at: datetime) -> None:
    """No longer name somebody on a restricted note.

    :raises PermissionDenied: for those who only read the case, or are not named any more.
    :raises UnableToShow: for the last one, or somebody who is not named.
    """
    current = _as_it_is(note, by)
    named = list(current.readers.filter(ended_at=None))
    reader = next((one for one in named if one.user_id == user.pk), None)
    if reader is None:
        raise UnableToShow(f"{user.name} is not named on the note any more.")
    if len(named) == 1:
        raise UnableToShow("Nobody could read the note any more. Name somebody else first.")
    reader.ended_by, reader.ended_at = by, at
    reader.save(update_fields=["ended_by", "ended_at"])
    _record(CaseEvent.NOTE_HIDDEN, current, note.case, by, at)


def _as_it_is(note: RestrictedNote, by: User) -> RestrictedNote:
    """Return a note as it stands now, locked until the act ends."""
    check_user_can_work_on(by, note.case)
    current = RestrictedNote.objects.select_for_update().get(pk=note.pk)
    if not visible_notes(by).filter(pk=note.pk).exists():
        raise PermissionDenied("You are not named on this note any more.")
    return current


def _name(note: RestrictedNote, user: User, by: User, at: datetime) -> NoteReader:
    if not visible_cases(user).filter(pk=note.case_id).exists():
        raise UnableToShow(f"{user.name} does not see this case. Bring them in first.")
    return NoteReader.objects.create(note=note, user=user, given_by=by, given_at=at)


def _record(
    event: CaseEvent, note: RestrictedNote, case: Case, by: User, at: datetime, reason: str = ""
) -> None:
    record(
        event,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=note,
        details={"reason": reason} if reason else None,
    )
