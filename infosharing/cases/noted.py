"""Restricted notes: who reads which, and who could be named on one."""

from django.db.models import QuerySet

from infosharing.accounts.models import User
from infosharing.accounts.roles import OVERSEEING
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, NoteReader, RestrictedNote
from infosharing.cases.queries import Colleague, access_to, colleagues, visible_cases


def visible_notes(user: User) -> QuerySet[RestrictedNote]:
    """Return the restricted notes a user is named on, in cases they see; no role stands in."""
    named = NoteReader.objects.filter(user=user, ended_at=None).values("note")
    return RestrictedNote.objects.filter(pk__in=named, case__in=visible_cases(user))


def notes_in(case: Case, user: User) -> list[RestrictedNote]:
    """Return the restricted notes of a case that a user is named on, newest first; one query."""
    rows = visible_notes(user).filter(case=case).select_related("written_by")
    return list(rows.order_by("-id"))


def readers_of(note: RestrictedNote) -> list[NoteReader]:
    """Return who is and was named on a note, by when it began; one query."""
    return list(note.readers.select_related("user", "given_by").order_by("id"))


def colleagues_seeing(case: Case) -> list[Colleague]:
    """Return who sees a case, of those who meet cases of its organisation, by name; two queries."""
    kinds: dict[int, set[str]] = {}
    for access in access_to(case):
        kinds.setdefault(access.user_id, set()).add(access.kind)
    return [
        one
        for one in colleagues(case.organisation)
        if AccessKind.EXCLUDED not in (held := kinds.get(one.user.pk, set()))
        and (AccessKind.NAMED in held or (not case.restricted and OVERSEEING & set(one.roles)))
    ]
