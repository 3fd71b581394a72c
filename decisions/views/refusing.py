"""Refusing somebody who is not who they said, on one page (guide.md section 2, rule 1)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.domain import refusing, requesting
from decisions.forms.refusing import RefuseForm, RefuseNewForm
from decisions.models import SignedVersion
from decisions.permissions import deciding_roles
from decisions.policies import AlreadySigned
from decisions.presenters import requests as shown
from decisions.views import matter as matters
from decisions.views.requests import request_sight, signed_in, with_query
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words
from infosharing.accounts.queries import today
from infosharing.cases.permissions import check_user_can_work_on

DONE = (
    "Refused and signed. Tell them nothing. If you fear that somebody is being harmed, ring the "
    "real agency on a number you find yourself."
)


def _signed(request: HttpRequest, version: SignedVersion) -> HttpResponse:
    messages.success(request, DONE)
    return redirect("decisions:decision", version.decision.public_id)


def _page(request: HttpRequest, form: RefuseForm, context: dict[str, Any]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    title = "Refuse somebody who is not who they said"
    around = {
        "form": form,
        "action": request.get_full_path(),
        "page_title": title,
        "heading": title,
        "role": role_words.words(form.only_role) if form.only_role else "",
    }
    return render(request, "decisions/refuse.html", around | context, status=status)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Refuse a request that has been recorded; one that is decided leads to its decision."""
    user = signed_in(request)
    asked = queries.access_request(user, public_id)
    check_user_can_work_on(user, asked.case)
    if not asked.received:
        messages.info(request, "Nobody asked for this, so nobody is refused.")
        return redirect("decisions:request", asked.public_id)
    decision = getattr(asked, "decision", None)
    if decision is not None and decision.version_id is not None:
        return redirect("decisions:decision", decision.public_id)
    form = RefuseForm(
        request.POST if request.method == "POST" else None,
        case_known=True,
        checked=asked.identity == "failed",
        roles=deciding_roles(user, asked.case.organisation_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = refusing.refuse_requester(
                request=asked, refusal=form.refusal(), by=user, at=timezone.now()
            )
        except AlreadySigned as signed:
            return redirect("decisions:decision", signed.version.decision.public_id)
        return _signed(request, version)
    request_sight(request, asked)
    return _page(
        request,
        form,
        {
            "caption": f"Request {asked.spoken_reference}",
            "who": shown.who_asks(asked),
            "found_out": asked.identity_note if asked.identity == "failed" else "",
            "own_url": with_query(
                reverse("decisions:case-request-new", args=[asked.case.public_id]),
                {"origin": "own_initiative"},
            ),
            "back_url": reverse("decisions:request", args=[asked.public_id]),
            "back_text": "The request",
        },
    )


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_new(request: HttpRequest) -> HttpResponse:
    """Record what somebody asked who is not who they said, and refuse it: one page, one act."""
    matter = matters.matter_of(request)
    given: dict[str, Any] = {"today": today()}
    if request.method != "POST":
        first = {"happened_on": today()}
        return _new(request, RefuseNewForm(initial=first, **given, **matter.offered()), matter)
    form = RefuseNewForm(request.POST, **given, **matter.offered())
    if form.searches:
        typed = matters.search(request, form, matter)
        if typed is not None:
            again = RefuseNewForm(initial=typed, **given, **matter.offered())
            return _new(request, again, matter, found=len(matter.cases))
        return _new(request, form, matter)
    if form.is_valid():
        place, case = matter.of(form)
        try:
            version = refusing.refuse_new_requester(
                place=place,
                case=case,
                people=form.people(),
                asked=form.asked(),
                requester=form.requester(),
                refusal=form.refusal(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except requesting.UnableToRecord as error:
            form.add_error("happened_on", str(error))
        else:
            return _signed(request, version)
    return _new(request, form, matter)


def _new(
    request: HttpRequest, form: RefuseNewForm, matter: matters.Matter, found: int = 0
) -> HttpResponse:
    matters.seen(request, matter)
    start = reverse("decisions:request-new")
    context = {
        "new": True,
        "found": found,
        "own_url": start,
        "back_url": start,
        "back_text": "Record a request",
    }
    return _page(request, form, context)
