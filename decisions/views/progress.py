"""What came of a decision, closing it, and the list of follow-ups that are open."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath
from decisions.domain import progress
from decisions.domain.breaches import UnableToFollowUp
from decisions.enums import ProgressKind
from decisions.events import DecisionEvent
from decisions.forms.followup import CloseForm, ProgressForm
from decisions.presenters import follow_lists as rows
from decisions.presenters import followed, records
from decisions.views import listing
from decisions.views.followup_page import (
    NOTHING_SIGNED,
    form_page,
    refused,
    signed_decision,
)
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import today
from infosharing.cases.queries import names_in


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def progress_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what a recipient did, or that it was raised further (domain.md section 5)."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    if found.version is None:
        return refused(request, found, NOTHING_SIGNED)
    if found.closed_at is not None:
        return refused(request, found, "This decision is closed. Open it again first.")
    form = ProgressForm(
        request.POST if request.method == "POST" else None,
        today=today(),
        initial={"happened_on": today()},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            progress.record_progress(
                decision=found,
                kind=ProgressKind(said["kind"]),
                happened_on=said["happened_on"],
                who=said["who"],
                words=said["words"],
                look_again_on=said["look_again_on"],
                by=user,
                at=timezone.now(),
            )
        except UnableToFollowUp as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "What came of it is recorded.")
            return redirect("decisions:decision", public_id=public_id)
    context = {"page_title": "Record a reply, or press for one"}
    return form_page(request, found, form, "journeys/page.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close a decision with the reason, or open a closed one again; what is open is listed."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    if found.version is None:
        return refused(request, found, NOTHING_SIGNED)
    closing = found.closed_at is None
    form = CloseForm(request.POST if request.method == "POST" else None, closing=closing)
    # Whoever looks at a page that is out of date does not turn the decision the other way.
    stale = form.is_bound and request.POST.get("closing") != ("yes" if closing else "no")
    if stale:
        done = "This decision is open again." if closing else "This decision is closed already."
        return refused(request, found, done)
    if form.is_valid():
        verb = progress.close if closing else progress.reopen
        try:
            verb(decision=found, reason=form.cleaned_data["reason"], by=user, at=timezone.now())
        except UnableToFollowUp as problem:
            return refused(request, found, str(problem))
        messages.success(
            request, "The decision is closed." if closing else "The decision is open again."
        )
        return redirect("decisions:decision", public_id=public_id)
    signed = records.signed(found.version)
    what_followed = followed.followed(found, signed, today())
    context = {
        "page_title": "Close this decision" if closing else "Open this decision again",
        "save_text": "Close it" if closing else "Open it again",
        "carry": {"closing": "yes" if closing else "no"},
        "still": followed.still_open(found, what_followed) if closing else [],
    }
    return form_page(request, found, form, "decisions/decision_close.html", context)


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Show every decision whose follow-up is open: unsent, unconfirmed, untold, pressed for."""
    user: Any = request.user
    page = listing.plain(request, aftermath.open_decisions(user), "signed_at", rising=True)
    names = names_in(one.case_id for one in page.rows) if page.rows else {}
    context = page.context | {
        "page_title": "Open follow-ups",
        "lede": "Every decision for which something is still to be sent, confirmed or told, or "
        "to be looked at again.",
        "headers": rows.OPEN_HEADERS,
        "rows": [rows.open_decision(one, names, today()) for one in page.rows],
        "nouns": "decisions",
        "pages_label": "Pages of open follow-ups",
        "empty": "Everything has been sent, confirmed and told.",
        "breadcrumbs": breadcrumbs(),
    }
    sights.record(request, DecisionEvent.FOLLOW_UPS_SEEN)
    return render(request, "decisions/follow_list.html", context, status=page.status)
