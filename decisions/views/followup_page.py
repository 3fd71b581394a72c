"""What the forms about a signed decision have in common."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions import queries
from decisions.events import DecisionEvent
from decisions.models import Decision
from decisions.permissions import check_user_can_follow_up
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.journeys.forms import PlainForm

NOTHING_SIGNED = "Nothing has been signed yet, so nothing can follow it."
NOTHING_SHARED = "The decision is not to share: nothing is sent."


def form_page(
    request: HttpRequest,
    decision: Decision,
    form: PlainForm,
    template: str,
    context: dict[str, Any],
    about: Any = None,
) -> HttpResponse:
    """Show a form about a decision; 422 when it was filled in and something is wrong."""
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=about or decision,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    back = reverse("decisions:decision", args=[decision.public_id])
    shown = {
        "decision": decision,
        "breadcrumbs": breadcrumbs(decision),
        "caption": f"Decision {decision.spoken_reference}",
        "heading": context["page_title"],
        "save_text": "Save",
        "links": [{"text": "Leave without saving", "url": back}],
        "form": form,
        **context,
    }
    return render(request, template, shown, status=status)


def signed_decision(request: HttpRequest, public_id: str) -> Decision:
    """Return a decision that the user may follow up.

    :raises Http404: for one the user cannot see.
    :raises PermissionDenied: for those who only read.
    """
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    check_user_can_follow_up(user, found)
    return found


def refused(request: HttpRequest, decision: Decision, sentence: str) -> HttpResponse:
    """Lead back to the decision, with the sentence that says why."""
    messages.error(request, sentence)
    return redirect("decisions:decision", public_id=decision.public_id)
