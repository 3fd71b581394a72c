"""The list of decisions of the school: shared, shared in part and not shared alike (R57)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.enums import ReviewState
from decisions.events import DecisionEvent
from decisions.forms import lists as shows
from decisions.models import Decision
from decisions.policies import SHARING
from decisions.presenters import lists as rows
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING
from infosharing.cases.queries import names_in, working_days_at

PAGE = 50
FIRST_UNDECIDED = 10
OUTCOMES = (*SHARING, "do_not_share")


def _narrowed(decisions: QuerySet[Decision], show: str) -> QuerySet[Decision]:
    if show in OUTCOMES:
        return decisions.filter(outcome=show)
    if show in ReviewState.values and show:
        return decisions.filter(review_state=show)
    if show == shows.WRITE_UP:
        return decisions.filter(write_up_due__isnull=False)
    if show == shows.NOBODY:
        return decisions.filter(Q(reviewable_here=False), review_state=ReviewState.WAITING)
    return decisions


def _address(show: str, number: int) -> str:
    asked = {"show": show} if show != shows.EVERYTHING else {}
    if number > 1:
        asked["page"] = str(number)
    return "?" + urlencode(asked)


def _organisation(user: Any) -> Any:
    """The one organisation whose list it is, for the log; none where there are several."""
    reached = standing(user).organisations_with(RECORDING | OVERSEEING)
    return reached[0] if len(reached) == 1 else None


def _cut(found: Iterable[Any], number: int) -> tuple[list[Any], bool]:
    """Return what fits on the page, and whether there is more."""
    fetched = list(found)
    return fetched[:number], len(fetched) > number


@requires(Access.READER, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def decisions(request: HttpRequest) -> HttpResponse:
    """List what is not decided yet, by when it is to be decided, then what was signed."""
    user: Any = request.user
    show = shows.chosen(request.GET.get("show"))
    number = shows.page_number(request.GET.get("page"))
    start = (number - 1) * PAGE
    reads_only = not standing(user).has(RECORDING)

    found = queries.with_reviewers(queries.signed_decisions(user), user)
    found = _narrowed(found, show).order_by("-signed_at", "-id")
    signed, more = _cut(found[start : start + PAGE + 1], PAGE)
    waiting: list[Any] = []
    waiting_more = False
    if show == shows.EVERYTHING and number == 1 and not reads_only:
        undecided = queries.undecided_in_order(user)[: FIRST_UNDECIDED + 1]
        waiting, waiting_more = _cut(undecided, FIRST_UNDECIDED)
    names = names_in(row.case_id for row in (*waiting, *signed))
    now = timezone.now()
    days = working_days_at(
        [row.organisation_id for row in signed if row.write_up_due]
        + [row.case.organisation_id for row in waiting]
    )
    context = {
        "page_title": "Decisions",
        "show": show,
        "choices": shows.SHOWS,
        "waiting": [rows.undecided(row, names, now, days) for row in waiting],
        "waiting_headers": rows.UNDECIDED_HEADERS,
        "waiting_more": waiting_more,
        "signed": [rows.signed(row, names, now, days) for row in signed],
        "signed_headers": rows.SIGNED_HEADERS,
        "newer_url": _address(show, number - 1) if number > 1 else "",
        "older_url": _address(show, number + 1) if more else "",
        "narrowed": show != shows.EVERYTHING,
        "reads_only": reads_only,
    }
    sights.record(request, DecisionEvent.LIST_SEEN, organisation=_organisation(user))
    return render(request, "decisions/decision_list.html", context)
