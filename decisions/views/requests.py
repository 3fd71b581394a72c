"""A recorded request: its page, and the check of who asks."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from decisions import queries
from decisions.domain import requesting
from decisions.events import DecisionEvent
from decisions.facts import asked_about, people_asked_about
from decisions.forms.identity import IdentityForm
from decisions.models import Request
from decisions.presenters import requests as shown
from decisions.presenters.documents import HEADERS as DOCUMENT_HEADERS
from decisions.presenters.documents import document_rows
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on, user_can_work_on
from infosharing.cases.queries import working_days
from infosharing.workdays.clock import WorkingDays


def signed_in(request: HttpRequest) -> User:
    """Return the user; declared access has let nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def with_query(url: str, query: Mapping[str, str]) -> str:
    """Return an address with its query."""
    return f"{url}?{urlencode(query)}"


def of_case(case: Case) -> dict[str, Any]:
    """Return what every page about a case says: whose it is and the way back."""
    return {
        "case": case,
        "caption": f"Case {case.spoken_reference}",
        "back_url": reverse("casefile:case", args=[case.public_id]),
        "back_text": "The case",
    }


# A recorded request


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def request_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was asked, who asks, by when, where it stands and what comes next (R4 to R8)."""
    user = signed_in(request)
    asked = queries.access_request(user, public_id)
    request_sight(request, asked)
    now = timezone.now()
    can_work = user_can_work_on(user, asked.case)
    people = people_asked_about(asked, asked.case)
    context = of_case(asked.case) | {
        "asked": asked,
        "page_title": f"Request {asked.spoken_reference}",
        "about": ", ".join(part.person.name for part in asked_about(people)) or "Nobody yet",
        "about_lines": shown.about_lines(asked_about(people), today()),
        "others": len(people) - len(asked_about(people)),
        "corrections": shown.corrections(queries.corrections_of(asked)),
        "asked_rows": [
            *shown.asked_rows(asked),
            *shown.same_request_rows(queries.same_requests(user, asked)),
        ],
        "identity_rows": shown.identity_rows(asked),
        "status": shown.status(asked),
        "overdue": shown.is_overdue(asked, now),
        "due": shown.due_words(asked.by_when, now, _days(asked)),
        "due_on": shown.due_on(asked.by_when) if asked.by_when else "",
        "can_work": can_work,
        "documents": document_rows(queries.documents_of(asked)),
        "document_headers": DOCUMENT_HEADERS,
        "step": shown.next_step(asked, can_work=can_work),
        "own_initiative_url": with_query(
            reverse("decisions:case-request-new", args=[asked.case.public_id]),
            {"origin": "own_initiative"},
        ),
    }
    return render(request, "decisions/request.html", context)


def _days(asked: Request) -> WorkingDays:
    """Return the working days of the place, where a time is to be told in them."""
    return working_days(asked.case.organisation_id) if asked.by_when else shown.WEEKDAYS


def request_sight(request: HttpRequest, asked: Request) -> None:
    """Record that a request is about to be shown."""
    case = asked.case
    sights.record(
        request,
        DecisionEvent.REQUEST_SEEN,
        organisation=case.organisation,
        case=case,
        about=asked,
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def request_identity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record how it was checked who asks, and what came of it (R6)."""
    user = signed_in(request)
    asked = queries.access_request(user, public_id)
    check_user_can_work_on(user, asked.case)
    if not asked.received:
        messages.info(request, "Nobody asked for this: there is nobody to check.")
        return redirect("decisions:request", asked.public_id)
    telephone = asked.channel == "telephone"
    back, back_text = _back(request, asked)
    if request.method == "POST":
        form = IdentityForm(request.POST, telephone=telephone)
        if form.is_valid():
            requesting.check_identity(
                request=asked, identity=form.checked(), by=user, at=timezone.now()
            )
            messages.success(request, "The check is recorded.")
            return redirect(back)
    else:
        # The text is offered again; the answers themselves are given anew.
        kept = ("identity_note", "call_back_source", "entitlement")
        form = IdentityForm(
            telephone=telephone, initial={name: getattr(asked, name) for name in kept}
        )
    request_sight(request, asked)
    context = {
        "form": form,
        "asked": asked,
        "who": shown.who_asks(asked),
        "telephone": telephone,
        "caption": f"Request {asked.spoken_reference}",
        "heading": "Who is asking?",
        "page_title": f"Request {asked.spoken_reference}: who is asking?",
        "save_text": "Save the check",
        "back_url": back,
        "back_text": back_text,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/request_identity.html", context, status=status)


def _back(request: HttpRequest, asked: Request) -> tuple[str, str]:
    """Return where somebody came from, with its words: the draft, its check, or the request."""
    draft = getattr(asked, "open_draft", None)
    match request.GET.get("from"):
        case "draft" if draft:
            return reverse("decisions:draft", args=[draft]), "The decision"
        case "check" if draft:
            return reverse("decisions:draft-check", args=[draft]), "Check what you have written"
        case _:
            return reverse("decisions:request", args=[asked.public_id]), "The request"


MOST_PAGES = 1_000_000


def page_number(request: HttpRequest) -> int:
    """Return the page asked for, from 1; 0 where the address has no such number.

    A number of many digits is a page far beyond the last.
    """
    asked = request.GET.get("page") or "1"
    return min(int(asked[:9]), MOST_PAGES) if asked.isascii() and asked.isdigit() else 0
