"""State builders for PDFs that are made in the background."""

from typing import Any

from django.utils import timezone

from decisions.enums import State
from infosharing.accounts.models import User
from infosharing.casefile import store
from infosharing.casefile.domain import working
from infosharing.casefile.domain.exporting import Made, Wanted, ask_export
from infosharing.casefile.enums import ExportKind
from infosharing.casefile.exported import decisions_to_take_away
from infosharing.casefile.models import Export
from infosharing.casefile.worker import make_next
from infosharing.cases.models import Case
from tests.factories import a_case
from tests.people import Cast


def wanted(case: Case) -> Wanted:
    """The history of a case, with its signed decisions."""
    signed = case.decisions.filter(state=State.SIGNED).order_by("signed_at", "id")
    return Wanted(
        kind=ExportKind.CASE,
        cases=[case],
        decisions=list(signed.values_list("pk", flat=True)),
        organisation=case.organisation,
    )


def an_export(cast: Cast, case: Case | None = None, by: User | None = None) -> Export:
    """The history of a case, asked for by the auditor and not begun."""
    found = case or a_case(by=cast.dsl, organisation=cast.school)
    return ask_export(wanted=wanted(found), by=by or cast.auditor, at=timezone.now())


def decisions_of(cast: Cast, by: User | None = None, **rest: Any) -> Export:
    """Every decision that somebody may take away, asked for and not begun."""
    user = by or cast.auditor
    rows = decisions_to_take_away(user).filter(state=State.SIGNED).order_by("signed_at", "id")
    asked = Wanted(
        kind=ExportKind.DECISIONS,
        decisions=list(rows.values_list("pk", flat=True)),
        organisation=cast.school,
        **rest,
    )
    return ask_export(wanted=asked, by=user, at=timezone.now())


def made_now(export: Export) -> Export:
    """An export after this process has made what waits."""
    make_next(working.new_claim())
    export.refresh_from_db()
    return export


def file_of(export: Export) -> bytes:
    """The file of a PDF that is ready."""
    return store.read(export.stored_as, export.sha256)


def made() -> Made:
    """A file that somebody has put where PDFs lie."""
    stored_as, sha256 = store.put(b"%PDF-1.7")
    return Made(stored_as, sha256, 8, 1)
