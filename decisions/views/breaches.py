"""Breaches: the list, one with its 72 hours, and the steps about it (UK GDPR Article 33)."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, policies
from decisions.domain import breaches
from decisions.enums import BreachKind, Risk
from decisions.events import DecisionEvent
from decisions.forms.breaches import StepForm
from decisions.models import Breach
from decisions.permissions import user_can_answer_for
from decisions.presenters import breaches as shown
from decisions.presenters import follow_lists as rows
from decisions.views import listing
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.permissions import check_user_can_work_on, user_can_work_on
from infosharing.cases.queries import names_in


def _seen(request: HttpRequest, breach: Breach) -> None:
    sights.record(
        request,
        DecisionEvent.BREACH_SEEN,
        organisation=breach.organisation,
        case=breach.case,
        about=breach,
    )


def _kinds(user: User, breach: Breach) -> list[BreachKind]:
    """Return what the user may record about a breach now."""
    if breach.closed_at is not None:
        return [BreachKind.REOPENED] if user_can_answer_for(user, breach) else []
    answers = user_can_answer_for(user, breach)
    return [
        kind
        for kind in BreachKind
        if kind != BreachKind.REOPENED and (answers or kind in breaches.AT_ONCE)
    ]


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def breach_list(request: HttpRequest) -> HttpResponse:
    """Show the breaches of the cases one sees, open ones first, each with its 72 hours."""
    user: Any = request.user
    now = timezone.now()
    page = listing.plain(request, aftermath.breaches_with_state(user), "stands", rising=True)
    names = names_in(one.case_id for one in page.rows) if page.rows else {}
    context = page.context | {
        "page_title": "Breaches",
        "lede": "What reached somebody it was not meant for. Those that are open stand first.",
        "headers": rows.BREACH_HEADERS,
        "rows": [rows.breach(one, names, now) for one in page.rows],
        "nouns": "breaches",
        "pages_label": "Pages of breaches",
        "empty": "Nothing has reached the wrong person, as far as is known.",
        "breadcrumbs": breadcrumbs(),
    }
    sights.record(request, DecisionEvent.BREACHES_SEEN)
    return render(request, "decisions/follow_list.html", context, status=page.status)


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def breach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a breach: what is known, the 72 hours, what was done and what is still open."""
    user: Any = request.user
    found = aftermath.access_breach(user, public_id)
    steps = aftermath.steps_of(found)
    context = {
        "page_title": f"Breach {found.spoken_reference}",
        "breadcrumbs": breadcrumbs(found.decision),
        "breach": found,
        "clock": shown.clock(found, shown.ico_of(steps), timezone.now()),
        "due": policies.ico_due(found),
        "steps": shown.step_lines(steps),
        "still": [] if found.closed_at else policies.open_about(steps),
        "may_add": user_can_work_on(user, found.case) and bool(_kinds(user, found)),
        "answers": user_can_answer_for(user, found),
    }
    _seen(request, found)
    return render(request, "decisions/breach.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def step_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what was done, decided or told about a breach."""
    user: Any = request.user
    found = aftermath.access_breach(user, public_id)
    check_user_can_work_on(user, found.case)
    back = reverse("decisions:breach", args=[public_id])
    kinds = _kinds(user, found)
    if not kinds:
        messages.error(request, "This breach is closed.")
        return redirect(back)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        today=today(),
        initial={"happened_on": today(), "who": user.name},
    )
    if form.is_valid():
        said = form.cleaned_data
        moment = datetime.combine(said["happened_on"], said["happened_time"])
        try:
            breaches.record_step(
                breach=found,
                kind=BreachKind(said["kind"]),
                risk=Risk(said["risk"]) if said["risk"] else None,
                happened_at=timezone.make_aware(moment),
                who=said["who"],
                words=said["words"],
                by=user,
                at=timezone.now(),
            )
        except breaches.UnableToFollowUp as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The step is recorded.")
            return redirect(back)
    context = {
        "page_title": "Record a step about the breach",
        "breadcrumbs": [
            *breadcrumbs(found.decision),
            {"label": f"Breach {found.spoken_reference}", "url": back},
        ],
        "caption": f"Breach {found.spoken_reference}",
        "heading": "Record a step",
        "save_text": "Save",
        "links": [{"text": "Leave without saving", "url": back}],
        "form": form,
    }
    _seen(request, found)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "journeys/page.html", context, status=status)
