"""The PDFs somebody asked for: how far each is, calling it off, taking it away (R57).

Nothing of the record is on these pages: references, counts and what was asked for. The file is
given out only once the log says so, and only while all that is in it may be seen.
"""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from decisions.views import listing
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.audit.recording import record_refusal
from infosharing.casefile import store
from infosharing.casefile.domain.exporting import UnableToExport, cancel_export
from infosharing.casefile.enums import GOING_ON, ExportState
from infosharing.casefile.events import ExportEvent
from infosharing.casefile.exported import (
    access_export,
    closed_to,
    failed_in,
    nobody_works,
    own_exports,
)
from infosharing.casefile.models import Export
from infosharing.casefile.presenters import exports as shown
from infosharing.casefile.views.cases import signed_in

CLOSED = (
    "Something in this PDF is not open to you any more, so it is not given out. Ask for a new one: "
    "it holds what you may take away now."
)
GONE = "The file of this PDF is missing or damaged, so it was not sent. Ask for a new one."


@requires(Access.OVERSEER)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """List what somebody asked for, the latest first."""
    user = signed_in(request)
    page = listing.plain(request, own_exports(user), "asked_at")
    found = page.rows
    ready = [one for one in found if one.state == ExportState.READY]
    closed = closed_to(user, ready) if ready else set()
    context = page.context | {
        "page_title": "PDFs you asked for",
        "rows": shown.rows(found, timezone.now(), closed),
        "headers": shown.HEADERS,
    }
    return render(request, "casefile/exports.html", context, status=page.status)


@requires(Access.OVERSEER)
@require_safe
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how far a PDF is, what is in it and what is not, and what can be done with it."""
    user = signed_in(request)
    found = access_export(user, public_id)
    now = timezone.now()
    going_on = found.state in GOING_ON
    ready = found.state == ExportState.READY and not shown.is_over(found, now)
    closed = ready and bool(closed_to(user, [found]))
    here = reverse("casefile:export", args=[found.public_id])
    context = {
        "export": found,
        "page_title": f"PDF {found.spoken_reference}",
        "back_url": reverse("casefile:exports"),
        "back_text": "PDFs you asked for",
        "status": shown.status(found, now, closed=closed),
        "summary": shown.summary(found, now),
        "failed": [shown.name_of(row) for row in failed_in(found)],
        "going_on": going_on,
        "ready": ready and not closed,
        "closed": CLOSED if closed else "",
        "watching": going_on and "watch" in request.GET and shown.is_fresh(found, now),
        "fresh": shown.is_fresh(found, now),
        "nobody_works": going_on and nobody_works(found, now),
        "here": here,
        "watch_url": f"{here}?watch=yes",
    }
    return render(request, "casefile/export.html", context)


@requires(Access.OVERSEER)
@require_http_methods(["POST"])
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call off a PDF that is being made."""
    user = signed_in(request)
    found = access_export(user, public_id)
    try:
        cancel_export(export=found, by=user, at=timezone.now())
    except UnableToExport as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Cancelled. Nothing of it is kept.")
    return redirect("casefile:export", found.public_id)


@requires(Access.OVERSEER, shows=Shows.RECORD)
@require_http_methods(["POST"])
def take(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the file of a PDF, proved to be what was made, once the log holds that it was taken."""
    user = signed_in(request)
    found = access_export(user, public_id)
    if found.state != ExportState.READY or shown.is_over(found, timezone.now()):
        messages.error(request, "There is no file of this PDF to take away.")
        return redirect("casefile:export", found.public_id)
    if closed_to(user, [found]):
        record_refusal(ExportEvent.REFUSED, by=user, at=timezone.now(), about=found)
        messages.error(request, CLOSED)
        return redirect("casefile:export", found.public_id)
    return _sent(request, found)


def _sent(request: HttpRequest, found: Export) -> HttpResponseBase:
    place = store.place_of(found.stored_as)
    try:
        whole = store.checksum(place) == found.sha256
        file = place.open("rb") if whole else None
    except (store.Damaged, OSError):
        file = None
    if file is None:
        messages.error(request, GONE)
        return redirect("casefile:export", found.public_id)
    try:
        sights.record(
            request,
            ExportEvent.TAKEN,
            organisation=found.organisation,
            case=found.case,
            about=found,
            details={"sha256": found.sha256, "pages": found.pages},
        )
    except BaseException:
        file.close()
        raise
    name = f"export-{found.reference}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
