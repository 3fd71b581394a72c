"""What goes out: the sheet for one recipient, with exactly what is sent and nothing else (R38)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import queries
from decisions.events import DecisionEvent
from decisions.policies import SHARING
from decisions.presenters import outgoing as shown
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.cases.names import guarded
from infosharing.cases.reaching import marks_in


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def outgoing(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show what goes to one recipient of the version in force, ready for printing.

    What is held back, why, and what was taken out are not in it and never fetched.
    """
    user: Any = request.user
    decision = queries.access_decision(user, public_id)
    version = decision.version
    if version is None or version.outcome not in SHARING:
        raise Http404
    recipient = version.recipients.filter(number=number).first()
    if recipient is None:
        raise Http404
    sights.record(
        request,
        DecisionEvent.OUTGOING_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=recipient,
    )
    reached = (recipient.name, recipient.organisation)
    context = {
        "sheet": shown.sheet(decision, version, recipient),
        "guarded": guarded(marks_in(decision.case, user), reached),
        "page_title": f"Decision {decision.spoken_reference}: what goes out",
        "back_url": reverse("decisions:decision", args=[public_id]),
        "back_text": "The decision",
    }
    return render(request, "decisions/outgoing.html", context)
