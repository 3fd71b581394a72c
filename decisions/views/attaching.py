"""Attaching a document to a request."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.domain.attaching import attach_document
from decisions.forms.documents import DocumentForm
from decisions.views.requests import request_sight, signed_in
from infosharing.access.declared import Access, Shows, requires
from infosharing.cases.documents import UnableToKeep, arriving
from infosharing.cases.permissions import check_user_can_work_on


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a file that came with a request; a wrong one leaves nothing behind."""
    user = signed_in(request)
    asked = queries.access_request(user, public_id)
    check_user_can_work_on(user, asked.case)
    form = DocumentForm()
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            try:
                with arriving(data["file"]) as arrived:
                    attached = attach_document(
                        request=asked,
                        arrived=arrived,
                        what=data["what"],
                        by=user,
                        at=timezone.now(),
                    )
            except UnableToKeep as error:
                form.add_error("file", str(error))
            else:
                messages.success(
                    request, attached.document.again(data["what"]) or "The document is attached."
                )
                return redirect("decisions:request", asked.public_id)
    request_sight(request, asked)
    context = {
        "form": form,
        "caption": f"Request {asked.spoken_reference}",
        "heading": "Attach a document",
        "page_title": f"Request {asked.spoken_reference}: attach a document",
        "action": request.get_full_path(),
        "save_text": "Attach it",
        "back_url": reverse("decisions:request", args=[asked.public_id]),
        "back_text": "The request",
    }
    status = 422 if form.is_bound else 200
    return render(request, "journeys/page.html", context, status=status)
