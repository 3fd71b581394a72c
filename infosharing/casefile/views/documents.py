"""Documents of a case: adding one, and taking one out as a download."""

import logging
from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from decisions.forms.documents import DocumentForm
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_document
from infosharing.audit.recording import record_refusal
from infosharing.casefile.views.cases import signed_in
from infosharing.casefile.views.people import case_page_with_form, case_to_work_on
from infosharing.cases.documents import Damaged, UnableToKeep, arriving, read_kept
from infosharing.cases.domain.keeping import keep_document
from infosharing.cases.events import CaseEvent

logger = logging.getLogger("infosharing.documents")


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a file in a case, not attached to anything yet."""
    user, case = case_to_work_on(request, public_id)
    form = DocumentForm()
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            try:
                with arriving(data["file"]) as arrived:
                    kept = keep_document(
                        case=case, arrived=arrived, what=data["what"], by=user, at=timezone.now()
                    )
            except UnableToKeep as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, kept.again(data["what"]) or "The document is kept.")
                return redirect("casefile:case", case.public_id)
    return case_page_with_form(request, case, form, "Add a document", save_text="Keep it")


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
@csp({"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": True})  # type: ignore[arg-type] # it takes any view
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a document as a download, never to be shown inside the product.

    It is read and compared with its hash first, and the sight is in the log before it is sent.
    """
    found = access_document(signed_in(request), public_id)
    about: dict[str, Any] = {
        "organisation": found.case.organisation,
        "case": found.case,
        "about": found,
        "details": {"sha256": found.sha256},
    }
    try:
        body = read_kept(found.stored_as, found.sha256)
    except Damaged:
        record_refusal(
            CaseEvent.DOCUMENT_DAMAGED, by=signed_in(request), at=timezone.now(), **about
        )
        logger.error("document %s is missing or changed: run check_documents", found.public_id)
        messages.error(
            request,
            "This document is missing from the store, or has been changed. It was not sent. Tell "
            "your administrator: it can be brought back from a backup.",
        )
        return redirect("casefile:case", found.case.public_id)
    sights.record(request, CaseEvent.DOCUMENT_TAKEN, **about)
    headers = {"Content-Disposition": str(content_disposition_header(True, found.name))}
    return HttpResponse(body, content_type=found.media_type, headers=headers)
