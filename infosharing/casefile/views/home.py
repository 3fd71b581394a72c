"""Home: what is yours to do, each line one step from done, and the two ways to begin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions.events import DecisionEvent
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING, Role
from infosharing.casefile import queries
from infosharing.casefile.presenters import home as shown
from infosharing.cases.due import Kind


@requires(Access.SIGNED_IN, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def home(request: HttpRequest) -> HttpResponse:
    """Show what is the user's to do; lead auditors to decisions, administrators to members."""
    user: Any = request.user
    stand = standing(user)
    if not stand.has(RECORDING):
        if stand.has({Role.AUDITOR}):
            return redirect("decisions:decisions")
        if stand.has({Role.ADMINISTRATOR}):
            return redirect("access:members")
    now = timezone.now()
    asked = request.GET.get("show", "")
    kind = next((one for one in Kind if one.code == asked), None)
    work = queries.to_do(user)
    # A kind that is none, from an address cut short or of an older release: never all of it.
    unknown = bool(asked) and kind is None
    found = [] if unknown else work.listed(now, kind)
    tasks = found[: queries.LIMIT]
    if kind is None and not unknown:  # of one kind only, the number of all is counted by itself
        request.how_much_to_do = len(found)  # type: ignore[attr-defined]
    context = {
        "page_title": "Your work",
        "works": stand.has(RECORDING),
        "tasks": tasks,
        "parts": shown.parts(tasks),
        "kinds": shown.kinds(work.by_kind(now), queries.LIMIT, kind),
        "kind": kind,
        "unknown": unknown,
        "more": len(found) > queries.LIMIT,
        "limit": queries.LIMIT,
        "stands_in": [
            (one.in_place_of.name, one.organisation.name, one.ends_on)
            for one in stand.memberships
            if one.in_place_of is not None
        ],
    }
    own = {membership.organisation_id: membership.organisation for membership in stand.memberships}
    organisation = next(iter(own.values())) if len(own) == 1 else None
    sights.record(request, DecisionEvent.LIST_SEEN, organisation=organisation)
    return render(request, "casefile/home.html", context, status=422 if unknown else 200)
