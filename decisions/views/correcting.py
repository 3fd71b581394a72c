"""Putting a request right: a change with its reason, what stood there before stays readable."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.domain import requesting
from decisions.facts import asked_about, people_asked_about
from decisions.forms.requests import CORRECT, END_OF_DAY
from decisions.models import Request
from decisions.views.requests import request_sight, signed_in
from infosharing.access.declared import Access, Shows, requires
from infosharing.cases.permissions import check_user_can_work_on

KEPT = (
    "asked_for",
    "purpose",
    "happened_on",
    "happened_time",
    "background",
    "channel",
    "requester_kind",
    "requester_name",
    "requester_role",
    "requester_organisation",
    "requester_contact",
    "legal_power_kind",
    "legal_power",
)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what was recorded of a request, with the reason (R51)."""
    user = signed_in(request)
    asked = queries.access_request(user, public_id)
    check_user_can_work_on(user, asked.case)
    parts = people_asked_about(asked, asked.case)
    people = {part.person.public_id: part.person for part in parts}
    choices = [(key, person.name) for key, person in people.items()]
    kind = CORRECT[asked.origin]
    if request.method == "POST":
        form = kind(request.POST, people=choices)
        if form.is_valid():
            about = form.cleaned_data.get("about", people)
            try:
                requesting.correct_request(
                    request=asked,
                    asked=form.asked(),
                    requester=form.requester(),
                    about=[people[one] for one in about],
                    reason=form.cleaned_data["reason"],
                    by=user,
                    at=timezone.now(),
                )
            except requesting.UnableToRecord as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Corrected. What stood there before is kept below.")
                return redirect("decisions:request", asked.public_id)
    else:
        now = [part.person.public_id for part in asked_about(parts)]
        form = kind(people=choices, initial=_as_recorded(asked) | {"about": now})
    request_sight(request, asked)
    context = {
        "form": form,
        "received": asked.received,
        "correcting": True,
        "action": request.get_full_path(),
        "caption": f"Request {asked.spoken_reference}",
        "heading": "Correct the request",
        "page_title": f"Request {asked.spoken_reference}: correct it",
        "back_url": reverse("decisions:request", args=[asked.public_id]),
        "back_text": "The request",
    }
    status = 422 if form.is_bound else 200
    return render(request, "decisions/request_new.html", context, status=status)


def _as_recorded(asked: Request) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(asked, name) for name in KEPT}
    said = {True: "yes", False: "no", None: ""}
    found["crime_investigation"] = said[asked.crime_investigation]
    if asked.by_when:
        until = localtime(asked.by_when)
        found["by_when_on"] = until.date()
        found["by_when_time"] = None if until.time() == END_OF_DAY else until.time()
    return found
