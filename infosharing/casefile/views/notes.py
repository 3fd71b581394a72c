"""Restricted notes: for those named on them, and to nobody else a sign that they exist."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case, access_note
from infosharing.accounts.models import User
from infosharing.audit.changes import changes
from infosharing.casefile.forms.notes import ChangeNoteForm, NoteForm, NoteReaderForm
from infosharing.casefile.presenters import histories
from infosharing.casefile.views.cases import (
    case_sight,
    choices,
    of_case,
    signed_in,
)
from infosharing.casefile.views.people import case_page_with_form, case_to_work_on
from infosharing.cases.domain.noting import (
    UnableToShow,
    change_note,
    hide_note,
    show_note,
    write_note,
)
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, RestrictedNote
from infosharing.cases.noted import colleagues_seeing, notes_in, readers_of
from infosharing.cases.permissions import check_user_can_work_on, user_can_work_on
from infosharing.cases.queries import Colleague

CHANGES = 50


def note_sight(request: HttpRequest, note: RestrictedNote) -> None:
    """Record that a note is about to be shown."""
    sights.record(
        request,
        CaseEvent.NOTE_SEEN,
        organisation=note.case.organisation,
        case=note.case,
        about=note,
    )


def _of_note(note: RestrictedNote) -> dict[str, Any]:
    back = reverse("casefile:notes", args=[note.case.public_id])
    return of_case(note.case) | {"back_url": back, "back_text": "Restricted notes", "note": note}


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def notes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show which restricted notes of a case somebody is named on; the words on their own page."""
    user = signed_in(request)
    case = access_case(user, public_id)
    case_sight(request, case)
    context = of_case(case) | {
        "page_title": f"Case {case.spoken_reference}: restricted notes",
        "notes": notes_in(case, user),
        "can_work": user_can_work_on(user, case),
    }
    return render(request, "casefile/notes.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def note_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a restricted note and say who reads it."""
    user, case = case_to_work_on(request, public_id)
    others = _others(case, user)
    form = NoteForm(
        request.POST if request.method == "POST" else None, colleagues=choices(others.values())
    )
    if form.is_valid():
        try:
            note = write_note(
                case=case,
                words=form.cleaned_data["words"],
                readers=[others[one].user for one in form.cleaned_data.get("readers", ())],
                by=user,
                at=timezone.now(),
            )
        except UnableToShow as error:
            form.add_error("readers", str(error))
        else:
            messages.success(request, "The note is kept. Only those named on it see it.")
            return redirect("casefile:note", note.public_id)
    return _show_form(request, case, form, "Write a restricted note", "Keep the note")


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a restricted note, who reads it and every change; name somebody on it or no longer."""
    user = signed_in(request)
    found = access_note(user, public_id)
    if request.method != "POST":
        return _show(request, user, found, _forms(user, found))
    check_user_can_work_on(user, found.case)
    wanted = request.POST.get("do", "")
    if wanted not in ("show", "hide"):
        raise BadRequest("The form does not say what to do.")
    forms = _forms(user, found, wanted, request.POST)
    form = forms[wanted]
    if not form.is_valid():
        return _show(request, user, found, forms, form)
    people = _others(found.case, user) | _named(found)
    other = people[form.cleaned_data["user"]].user
    done = show_note if wanted == "show" else hide_note
    try:
        done(note=found, user=other, by=user, at=timezone.now())
    except UnableToShow as error:
        form.add_error("user", str(error))
        return _show(request, user, found, forms, form)
    if wanted == "show":
        messages.success(request, f"{other.name} reads the note now.")
    else:
        messages.success(request, f"{other.name} does not see the note any more.")
    if other.pk == user.pk:
        return redirect("casefile:notes", found.case.public_id)
    return redirect("casefile:note", found.public_id)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def note_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a restricted note right, with the reason."""
    user = signed_in(request)
    found = access_note(user, public_id)
    check_user_can_work_on(user, found.case)
    if request.method == "POST":
        form = ChangeNoteForm(request.POST)
        if form.is_valid():
            change_note(note=found, by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The note is changed.")
            return redirect("casefile:note", found.public_id)
    else:
        form = ChangeNoteForm(initial={"words": found.words})
    note_sight(request, found)
    back = reverse("casefile:note", args=[found.public_id])
    return _show_form(
        request, found.case, form, "Change a restricted note", "Keep the change", back
    )


def _show_form(
    request: HttpRequest, case: Case, form: Any, title: str, save: str, back: str = ""
) -> HttpResponse:
    back = back or reverse("casefile:notes", args=[case.public_id])
    return case_page_with_form(
        request, case, form, title, save_text=save, back_url=back, back_text="Back"
    )


def _others(case: Case, user: User) -> dict[str, Colleague]:
    """Return the colleagues who see a case, without oneself, by their public ids."""
    seeing = colleagues_seeing(case)
    return {one.user.public_id: one for one in seeing if one.user.pk != user.pk}


def _named(note: RestrictedNote) -> dict[str, Colleague]:
    return {
        one.user.public_id: Colleague(one.user, ()) for one in readers_of(note) if not one.ended_at
    }


def _forms(
    user: User, note: RestrictedNote, wanted: str = "", data: Any = None
) -> dict[str, NoteReaderForm]:
    named = _named(note)
    free = [one for key, one in _others(note.case, user).items() if key not in named]
    current = [(key, one.user.name) for key, one in named.items()]
    return {
        "show": NoteReaderForm(
            data if wanted == "show" else None,
            label="Who else is to read it?",
            colleagues=choices(free),
            prefix="show",
        ),
        "hide": NoteReaderForm(
            data if wanted == "hide" else None,
            label="Who is no longer to read it?",
            colleagues=current,
            prefix="hide",
        ),
    }


def _show(
    request: HttpRequest,
    user: User,
    note: RestrictedNote,
    forms: dict[str, NoteReaderForm],
    wrong: NoteReaderForm | None = None,
) -> HttpResponse:
    note_sight(request, note)
    found = changes(histories.note_arms(note), 0, CHANGES)
    context = _of_note(note) | {
        "page_title": f"Case {note.case.spoken_reference}: restricted note",
        "readers": readers_of(note),
        "forms": forms,
        "form": wrong,
        "action": request.path,
        "changes": histories.told_of(found, note.case),
        "can_work": user_can_work_on(user, note.case),
    }
    return render(request, "casefile/note.html", context, status=422 if wrong else 200)
