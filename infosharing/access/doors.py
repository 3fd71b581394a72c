"""The third lock: an object is fetched through a door that knows who asks (docs/map.md)."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from infosharing.access.refusals import refuse
from infosharing.accounts.models import User
from infosharing.cases.models import Case, Document, RestrictedNote
from infosharing.cases.noted import visible_notes
from infosharing.cases.queries import visible_cases, visible_documents

Found = TypeVar("Found", bound=Model)


def through(rows: QuerySet[Found], user: User, public_id: str) -> Found:
    """Return the row with this id among those the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    found = rows.filter(public_id=public_id).first()
    if found is None:
        kind: str = rows.model._meta.label_lower  # noqa: SLF001 - Django's documented way
        raise refuse(user, kind, public_id)
    return found


def access_case(user: User, public_id: str) -> Case:
    """Return a case the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_cases(user).select_related("organisation", "opened_by", "closed_by")
    return through(rows, user, public_id)


def access_document(user: User, public_id: str) -> Document:
    """Return a document of a case the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_documents(user).select_related("case", "case__organisation")
    return through(rows, user, public_id)


def access_note(user: User, public_id: str) -> RestrictedNote:
    """Return a restricted note the user is named on.

    :raises Http404: alike for absent and for somebody who is not named; the refusal is logged.
    """
    rows = visible_notes(user).select_related("case", "case__organisation", "written_by")
    return through(rows, user, public_id)
