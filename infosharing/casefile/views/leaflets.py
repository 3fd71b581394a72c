"""The leaflet and the form to sign, on screen for printing and as PDF (R22, R31, R59)."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consent.enums import Status, Step
from consent.events import ConsentEvent
from consent.models import ConsentRecord, ConsentStep
from consent.queries import access_consent, access_step
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.refusals import refuse
from infosharing.casefile.pdf.document import leaflet_pdf as render_leaflet
from infosharing.casefile.presenters.leaflet import Leaflet, of_question, of_yes, others_named
from infosharing.casefile.views.cases import signed_in
from infosharing.cases.names import guarded
from infosharing.cases.queries import kept_for, people_of
from infosharing.cases.reaching import marks_in

LARGE = "large"


def _question(request: HttpRequest, public_id: str) -> ConsentStep:
    """Return a question the user may see.

    :raises Http404: alike for absent, invisible, and a step that asks nothing.
    """
    user = signed_in(request)
    step = access_step(user, public_id)
    if step.kind not in (Step.TO_ASK, Step.ASKED):
        raise refuse(user, "consent.consentstep", public_id)
    return step


def _yes(request: HttpRequest, public_id: str) -> ConsentRecord:
    """Return a yes the user may see.

    :raises Http404: alike for absent, invisible, and a no.
    """
    user = signed_in(request)
    consent = access_consent(user, public_id)
    if consent.status != Status.GIVEN:
        raise refuse(user, "consent.consentrecord", public_id)
    return consent


def _sight(
    request: HttpRequest, about: ConsentStep | ConsentRecord, details: dict[str, str]
) -> None:
    case = about.case
    sights.record(
        request,
        ConsentEvent.LEAFLET_MADE,
        organisation=case.organisation,
        case=case,
        about=about,
        details=details,
    )


def _show(
    request: HttpRequest, leaflet: Leaflet, about: ConsentStep | ConsentRecord, kind: str
) -> HttpResponse:
    large = request.GET.get("type") == LARGE
    people = list(people_of(about.case))
    _sight(request, about, {"as": "page"})
    prefix = "" if kind == "step" else "consent-"
    context = {
        "leaflet": leaflet,
        "large": large,
        "others": others_named(leaflet, people),
        "guarded": guarded(
            marks_in(about.case, signed_in(request)), (leaflet.asked, *leaflet.recipients)
        ),
        "page_title": f"Leaflet {leaflet.reference}",
        "back_url": reverse(f"consent:{kind}", args=[about.public_id]),
        "back_text": "The record",
        "pdf_url": reverse(f"casefile:{prefix}leaflet-pdf", args=[about.public_id]),
        "other_type": request.path if large else f"{request.path}?type={LARGE}",
    }
    return render(request, "casefile/leaflet.html", context)


def _take(
    request: HttpRequest, leaflet: Leaflet, about: ConsentStep | ConsentRecord
) -> HttpResponse:
    large = request.POST.get("type") == LARGE
    body = render_leaflet(leaflet, large=large)
    _sight(request, about, {"as": "PDF", "sha256": hashlib.sha256(body).hexdigest()})
    name = f"leaflet-{about.reference}.pdf"
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def leaflet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the leaflet of a question with its form to sign, ready for printing."""
    step = _question(request, public_id)
    return _show(request, of_question(step, kept_for(step.case.organisation)), step, "step")


@requires(Access.READER, shows=Shows.RECORD)
@require_POST
def leaflet_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the leaflet of a question as PDF, named by its reference only."""
    step = _question(request, public_id)
    return _take(request, of_question(step, kept_for(step.case.organisation)), step)


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def consent_leaflet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what somebody agreed to, as a copy for them."""
    consent = _yes(request, public_id)
    return _show(request, of_yes(consent, kept_for(consent.case.organisation)), consent, "detail")


@requires(Access.READER, shows=Shows.RECORD)
@require_POST
def consent_leaflet_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a copy of what somebody agreed to as PDF."""
    consent = _yes(request, public_id)
    return _take(request, of_yes(consent, kept_for(consent.case.organisation)), consent)
