"""The list of decisions of the school: shared, shared in part and not shared alike (R57)."""

from collections.abc import Iterator, Set
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, finding, queries
from decisions.events import DecisionEvent
from decisions.forms.lists import DecisionsFilter, DecisionWords
from decisions.models import Decision
from decisions.presenters import lists as rows
from decisions.reviewers import with_reviewers
from decisions.views import listing
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, Role
from infosharing.cases.queries import names_in, working_days_at
from infosharing.search import keyset
from infosharing.search.walking import at_places

PAGE = keyset.PAGE
CHUNK = 200
FIRST_UNDECIDED = 10


def organisation_of(user: Any, roles: frozenset[Role] = RECORDING | OVERSEEING) -> Any:
    """The one organisation whose list it is, for the log; none where there are several."""
    reached = standing(user).organisations_with(roles)
    return reached[0] if len(reached) == 1 else None


def as_asked(request: HttpRequest) -> listing.Listing:
    """Return the list of decisions as the address asks for it."""
    url = reverse("decisions:decisions")
    return listing.read(
        request, "decisions", url, DecisionsFilter, DecisionWords, finding.OF_DECISIONS
    )


def matching(
    asked: listing.Listing, roles: frozenset[Role], often: Set[str] = frozenset()
) -> QuerySet[Decision]:
    """Return the decisions asked for, of where the user has one of the roles.

    ``often`` is for a page of the list: see ``finding.narrowed_decisions``.
    """
    user = asked.user
    if not asked.valid:
        return Decision.objects.none()
    reached = [one.pk for one in standing(user).organisations_with(roles)]
    seen = queries.signed_decisions(user, walked=True).filter(at_places("organisation_id", reached))
    found = with_reviewers(seen, user)
    return finding.narrowed_decisions(found, asked.chosen, asked.words, often)


@requires(Access.READER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    """List what is not decided yet, by when it is to be decided, then what was signed."""
    user: Any = request.user
    asked = as_asked(request)
    if request.method == "POST":
        done = asked.posted(request)
        if done is not None:
            return done
    reads_only = not standing(user).has(RECORDING)
    found = matching(asked, RECORDING | OVERSEEING, asked.often)
    page = keyset.page(aftermath.with_consent(found), "signed_at", asked.place, size=PAGE)
    waiting: list[Any] = []
    if not asked.narrowed and asked.place is None and not reads_only:
        waiting = list(queries.undecided_in_order(user)[: FIRST_UNDECIDED + 1])
    names = names_in(row.case_id for row in (*waiting[:FIRST_UNDECIDED], *page.rows))
    now = timezone.now()
    days = working_days_at(
        [row.organisation_id for row in page.rows if row.write_up_due]
        + [row.case.organisation_id for row in waiting[:FIRST_UNDECIDED]]
    )
    context = (
        asked.context()
        | asked.paged(found, page, "signed_at")
        | {
            "page_title": "Decisions",
            "waiting": [rows.undecided(row, names, now, days) for row in waiting[:FIRST_UNDECIDED]],
            "waiting_headers": rows.UNDECIDED_HEADERS,
            "waiting_more": len(waiting) > FIRST_UNDECIDED,
            "signed": [rows.signed(row, names, now, days) for row in page.rows],
            "signed_headers": rows.SIGNED_HEADERS,
            "csv_url": asked.address(reverse("decisions:decisions-csv")),
            "pdf_url": asked.address(reverse("casefile:decisions-export")),
            "can_export": standing(user).has(OVERSEEING) and bool(page.rows),
            "reads_only": reads_only,
            "oversees": standing(user).has(OVERSEEING),
        }
    )
    sights.record(
        request,
        DecisionEvent.LIST_SEEN,
        organisation=organisation_of(user),
        details=asked.details(),
    )
    return render(request, "decisions/decision_list.html", context, status=asked.status)


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_http_methods(["POST"])
def decisions_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the decisions of a filter as CSV, once the log holds which and how many (R57)."""
    user: Any = request.user
    asked = as_asked(request)
    if not asked.valid:
        return redirect(asked.address(search=request.GET.get("search", "")))
    found = matching(asked, OVERSEEING)
    sights.record(
        request,
        DecisionEvent.LIST_EXPORTED,
        organisation=organisation_of(user, OVERSEEING),
        details={**(asked.details() or {}), "rows": found.order_by().count()},
    )
    return listing.taken_away("decisions", rows.CSV_HEADERS, _csv_rows(found))


def _csv_rows(found: QuerySet[Decision]) -> Iterator[list[str]]:
    for page in listing.in_pages(found, "signed_at", CHUNK):
        names = names_in(row.case_id for row in page)
        told = finding.recipients_in([row.version_id for row in page])
        for row in page:
            yield rows.csv_row(row, names, told.get(row.version_id or 0, ()))
