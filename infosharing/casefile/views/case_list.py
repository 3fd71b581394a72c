"""The list of cases: what one may see, narrowed, searched, paged and taken away (R57)."""

from collections.abc import Iterator, Set
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions.enums import State
from decisions.models import Decision
from decisions.views import listing
from decisions.views.lists import organisation_of
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING
from infosharing.casefile.finding import OF_CASES, narrowed_cases
from infosharing.casefile.forms.case_list import CasesFilter, CaseWords
from infosharing.casefile.presenters import case_list as shown
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case
from infosharing.cases.queries import visible_cases, with_people
from infosharing.search import keyset

PAGE = keyset.PAGE
CHUNK = 200
HEADERS: Final = ["Case", "About", "What it is about", "Where it stands", "Decisions"]


def _asked(request: HttpRequest) -> listing.Listing:
    url = reverse("casefile:cases")
    return listing.read(request, "cases", url, CasesFilter, CaseWords, OF_CASES)


def _found(asked: listing.Listing, often: Set[str] = frozenset()) -> QuerySet[Case]:
    if not asked.valid:
        return Case.objects.none()
    rows = with_people(visible_cases(asked.user)).select_related("opened_by", "closed_by")
    return narrowed_cases(rows, asked.chosen, asked.words, asked.user, often)


def _counted(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Say of each case how many decisions are being drafted in it, and how many are signed."""

    def number(state: State) -> Coalesce:
        found = Decision.objects.filter(case=OuterRef("pk"), state=state).order_by()
        counted = found.values("case").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), 0, output_field=IntegerField())

    return rows.annotate(
        open_decisions=number(State.DRAFTING), signed_decisions=number(State.SIGNED)
    )


@requires(Access.READER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases somebody may see, the latest first; words are posted (decisions/0009)."""
    user: Any = request.user
    asked = _asked(request)
    if request.method == "POST":
        done = asked.posted(request)
        if done is not None:
            return done
    found = _found(asked, asked.often)
    page = keyset.page(_counted(found), "opened_at", asked.place, size=PAGE)
    context = asked.context() | asked.paged(found, page, "opened_at")
    context |= {
        "page_title": "Cases",
        "rows": shown.list_rows(page.rows),
        "headers": HEADERS,
        "can_record": standing(user).has(RECORDING),
        "can_export": standing(user).has(OVERSEEING),
        "csv_url": asked.address(reverse("casefile:cases-csv")),
    }
    sights.record(
        request, CaseEvent.LIST_SEEN, organisation=organisation_of(user), details=asked.details()
    )
    return render(request, "casefile/cases.html", context, status=asked.status)


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_http_methods(["POST"])
def cases_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the cases of a filter as CSV, once the log holds which and how many (R57)."""
    user: Any = request.user
    asked = _asked(request)
    if not asked.valid:
        return redirect(asked.address(search=request.GET.get("search", "")))
    reached = [one.pk for one in standing(user).organisations_with(OVERSEEING)]
    found = _found(asked).filter(organisation__in=reached)
    sights.record(
        request,
        CaseEvent.LIST_EXPORTED,
        organisation=organisation_of(user, OVERSEEING),
        details={**(asked.details() or {}), "rows": found.order_by().count()},
    )
    return listing.taken_away("cases", shown.CSV_HEADERS, _csv_rows(_counted(found)))


def _csv_rows(found: QuerySet[Case]) -> Iterator[list[str]]:
    for page in listing.in_pages(found, "opened_at", CHUNK):
        for case in page:
            yield shown.csv_row(case)
