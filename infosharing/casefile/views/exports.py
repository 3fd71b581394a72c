"""Taking a decision away as PDF (R57): recorded, with the hash of exactly what was sent."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.events import DecisionEvent
from decisions.permissions import check_user_can_export
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.casefile.pdf.document import decision_pdf as render_decision


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["POST"])
def decision_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a decision as PDF, named by its reference only, once the log holds its hash."""
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    check_user_can_export(user, found)
    if found.version is None:
        messages.error(request, "Nothing has been signed yet, so there is nothing to take away.")
        return redirect("decisions:decision", public_id=public_id)
    body = render_decision(found, by=user, at=timezone.now())
    sights.record(
        request,
        DecisionEvent.EXPORTED,
        organisation=found.organisation,
        case=found.case,
        about=found,
        details={
            "sha256": hashlib.sha256(body).hexdigest(),
            "version": found.version.number,
            "digest": found.version.digest,
        },
    )
    name = f"decision-{found.reference}.pdf"
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
