"""The list of requests: what is to be decided first, and all that was ever asked (R4, R57)."""

from collections.abc import Iterator, Set
from datetime import datetime
from typing import Any, Final

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import finding, queries
from decisions.events import DecisionEvent
from decisions.forms.lists import RequestsFilter, RequestWords
from decisions.models import Request
from decisions.presenters import lists as sheets
from decisions.presenters import requests as shown
from decisions.views import listing
from decisions.views.lists import organisation_of
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, Role
from infosharing.cases.queries import names_in
from infosharing.cases.several import names_and_days
from infosharing.search import keyset
from infosharing.search.walking import at_places

PAGE = keyset.PAGE
CHUNK = 200
# Where something without a time stands in the order of time: after everything that has one.
NEVER: Final = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
HEADERS: Final = ["Request", "Who asks", "About", "Decide by", "Where it stands"]


def _asked(request: HttpRequest) -> listing.Listing:
    url = reverse("decisions:requests")
    return listing.read(request, "requests", url, RequestsFilter, RequestWords, finding.OF_REQUESTS)


def _found(
    asked: listing.Listing, roles: frozenset[Role], often: Set[str] = frozenset()
) -> QuerySet[Request]:
    """Return the requests asked for, of where the user has one of the roles."""
    user = asked.user
    reached = [one.pk for one in standing(user).organisations_with(roles)]
    seen = queries.visible_requests(user, walked=True)
    seen = seen.filter(at_places("organisation_id", reached))
    seen = seen.select_related("case", "decision", "recorded_by")
    pressing = Coalesce("by_when", Value(NEVER), output_field=DateTimeField())
    found = seen.annotate(pressing=pressing)
    if not asked.valid:
        return found.none()
    now = timezone.now()
    return finding.narrowed_requests(found, asked.chosen, asked.words, user, now, often)


def _order(asked: listing.Listing) -> tuple[str, bool]:
    """Return by what the list is ordered, and whether upwards.

    By when it is to be decided while it is, else the latest recorded first.
    """
    done = asked.valid and asked.chosen["stands"] in (finding.DECIDED, finding.ALL)
    return ("recorded_at", False) if done else ("pressing", True)


@requires(Access.READER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def requests_list(request: HttpRequest) -> HttpResponse:
    """List what is to be decided, the most pressing first, or what the filter says."""
    user: Any = request.user
    asked = _asked(request)
    if request.method == "POST":
        done = asked.posted(request)
        if done is not None:
            return done
    found = _found(asked, RECORDING | OVERSEEING, asked.often)
    field, rising = _order(asked)
    page = keyset.page(found, field, asked.place, size=PAGE, rising=rising)
    names, days = names_and_days(
        (row.case_id for row in page.rows),
        (row.case.organisation_id for row in page.rows if row.by_when),
    )
    context = asked.context() | asked.paged(found, page, field)
    context |= {
        "page_title": "Requests",
        "to_decide": rising,
        "rows": shown.list_rows(page.rows, names, timezone.now(), days),
        "headers": HEADERS,
        "newer_text": "More pressing" if rising else "Newer",
        "older_text": "Less pressing" if rising else "Older",
        "can_record": standing(user).has(RECORDING),
        "can_export": standing(user).has(OVERSEEING),
        "csv_url": asked.address(reverse("decisions:requests-csv")),
    }
    sights.record(
        request,
        DecisionEvent.LIST_SEEN,
        organisation=organisation_of(user),
        details=asked.details() or {"list": "requests"},
    )
    return render(request, "decisions/requests.html", context, status=asked.status)


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_http_methods(["POST"])
def requests_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the requests of a filter as CSV, once the log holds which and how many (R57)."""
    user: Any = request.user
    asked = _asked(request)
    if not asked.valid:
        return redirect(asked.address(search=request.GET.get("search", "")))
    found = _found(asked, OVERSEEING)
    details = asked.details() or {"list": "requests"}
    sights.record(
        request,
        DecisionEvent.LIST_EXPORTED,
        organisation=organisation_of(user, OVERSEEING),
        details={**details, "rows": found.order_by().count()},
    )
    rows = _csv_rows(found, *_order(asked))
    return listing.taken_away("requests", sheets.REQUEST_CSV_HEADERS, rows)


def _csv_rows(found: QuerySet[Request], field: str, rising: bool) -> Iterator[list[str]]:
    for page in listing.in_pages(found, field, CHUNK, rising=rising):
        names = names_in(row.case_id for row in page)
        for row in page:
            yield sheets.request_csv_row(row, names)
