"""Figures: how much was decided how, for those who see the cases and for those who do not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from decisions.events import DecisionEvent
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.refusals import refuse
from infosharing.accounts.models import Organisation
from infosharing.accounts.queries import today
from infosharing.casefile import figures as counted
from infosharing.casefile.forms.figures import FiguresForm, QuarterForm
from infosharing.casefile.presenters import figures as shown
from infosharing.casefile.steps import STEP, sum_between
from infosharing.casefile.views.cases import signed_in
from infosharing.journeys.forms.dates import date_parts


@requires(Access.OVERSEER, shows=Shows.LIST)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Count the decisions that the user may see, of this school year unless asked otherwise."""
    user = signed_in(request)
    places = counted.overseen(user)
    asked: Any = request.GET or date_parts("since", counted.school_year(today()))
    form = FiguresForm(asked, places=[(one.public_id, one.name) for one in places])
    context: dict[str, Any] = {
        "page_title": "Figures",
        "form": form,
        "small_too": True,
        "manages_more": bool(counted.managed(user)),
    }
    chosen = places
    if form.is_valid():
        place = form.cleaned_data.get("place")
        chosen = [one for one in places if not place or one.public_id == place]
        days = {name: form.cleaned_data.get(name) for name in ("since", "until")}
        rows = counted.decisions_seen(user, chosen, **days)
        found = counted.count_all(rows, chosen, small_too=True)
        total = sum(cell.count for cell in found["outcome"].cells)
        listed = {name: day for name, day in days.items() if day}
        context |= {
            "charts": shown.charts(found, listed if chosen == places else None),
            "total": total,
            "total_words": shown.total_words(total),
            "days": shown.days_words(**days),
            "list_query": urlencode(
                {k: v for name, day in listed.items() for k, v in date_parts(name, day).items()}
            )
            if chosen == places
            else None,
        }
    return _answer(request, context, chosen)


@requires(Access.MANAGING, shows=Shows.LIST)
@require_safe
def figures_summary(request: HttpRequest) -> HttpResponse:
    """Count what was decided in a quarter that is over, in steps of five and without names.

    :raises Http404: for somebody who oversees every place they manage; they have the figures.
    """
    user = signed_in(request)
    places = counted.managed(user)
    if not places:
        raise refuse(user, "casefile.figures", "summary")
    quarters = counted.finished_quarters(today())
    words = [(one.code, shown.quarter_words(one)) for one in quarters]
    form = QuarterForm(request.GET or {"quarter": quarters[0].code}, quarters=words)
    context: dict[str, Any] = {"page_title": "Figures", "form": form, "small_too": False}
    if form.is_valid():
        quarter = next(one for one in quarters if one.code == form.cleaned_data["quarter"])
        rows = counted.decisions_unseen(user, places, quarter)
        found = counted.count_all(rows, places, small_too=False)
        too_few = rows.count() < STEP
        between = sum_between(found[code].cells for code in counted.ONCE_EACH)
        context |= {
            "charts": [] if too_few else shown.charts(found, None),
            "total_words": shown.sum_words(*between),
            "too_few": too_few,
            "days": shown.days_words(quarter.first, quarter.last),
            "small_words": shown.SMALL_WORDS,
        }
    return _answer(request, context, places)


def _answer(
    request: HttpRequest, context: dict[str, Any], places: list[Organisation]
) -> HttpResponse:
    sights.record(
        request,
        DecisionEvent.FIGURES_SEEN,
        organisation=places[0] if len(places) == 1 else None,
        details={"places": [one.public_id for one in places], "small_too": context["small_too"]},
    )
    context["places"] = shown.places_words(one.name for one in places)
    status = 200 if "charts" in context else 422
    return render(request, "casefile/figures.html", context, status=status)
