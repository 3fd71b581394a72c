"""Who stands in for a safeguarding lead: named by the lead or the administrator, ended early."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from infosharing.access import queries, sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.forms.stand_ins import StandInForm
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import today
from infosharing.cases.domain import standing_in
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import StandIn
from infosharing.cases.queries import leads_to_stand_in_for, people_to_stand_in
from infosharing.journeys.templatetags.british import british_date, british_datetime

SHOWN = 100


@requires(Access.DEPUTISING, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom at a place, and name somebody."""
    user: User = request.user  # type: ignore[assignment]
    places = queries.places_to_stand_in(user)
    named = request.GET.get("organisation")
    place = queries.place_to_stand_in(user, named) if named is not None else places[0]
    leads = [
        one
        for one in leads_to_stand_in_for(place)
        if one.pk == user.pk or queries.administers(user, place)
    ]
    # Whom it may be does not hang on whose place it is, beside that it is somebody else.
    people = people_to_stand_in(place, leads[0] if len(leads) == 1 else None, user)
    form = StandInForm(
        request.POST if request.method == "POST" else None, leads=leads, deputies=people
    )
    if form.is_valid() and leads:
        said = form.cleaned_data
        chosen = {one.public_id: one for one in (*leads, *people)}
        try:
            standing_in.name_stand_in(
                organisation=place,
                in_place_of=chosen[said["lead"]] if "lead" in said else leads[0],
                deputy=chosen[said["deputy"]],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                why=said["why"],
                by=user,
                at=timezone.now(),
            )
        except standing_in.UnableToStandIn as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, "Saved. It begins and ends by itself.")
            return redirect(_address(place, places))
    rows = queries.stand_ins_at(place)
    on = today()
    sights.record(request, CaseEvent.STAND_INS_SEEN, organisation=place)
    context: dict[str, Any] = {
        "page_title": "Who stands in for a safeguarding lead",
        "form": form if leads else None,
        "organisation": place,
        "others": [
            {"name": one.name, "url": _address(one, places)} for one in places if one != place
        ],
        "current": [_row(one, user) for one in rows if one.ended_at is None and one.ends_on >= on],
        "past": [_row(one, user) for one in rows if one.ended_at or one.ends_on < on],
    }
    return render(request, "access/stand_ins.html", context, status=422 if form.is_bound else 200)


def _address(place: Organisation, places: list[Organisation]) -> str:
    query = f"?{urlencode({'organisation': place.public_id})}" if len(places) > 1 else ""
    return reverse("access:stand_ins") + query


def _row(one: StandIn, user: User) -> dict[str, str]:
    may_end = one.in_place_of_id == user.pk or queries.administers(user, one.organisation)
    days = british_date(one.starts_on)
    if one.ends_on != one.starts_on:
        days = f"{days} to {british_date(one.ends_on)}"
    return {
        "deputy": one.deputy.name,
        "lead": one.in_place_of.name,
        "days": days,
        "began": "" if one.starts_on > today() else "yes",
        "why": one.why,
        "by": f"{one.named_by.name}, {british_datetime(one.named_at)}",
        "ended": f"{one.ended_by.name}, {british_datetime(one.ended_at)}" if one.ended_by else "",
        "end_url": reverse("access:stand_in_end", args=[one.public_id]) if may_end else "",
    }


@requires(Access.DEPUTISING)
@require_POST
def stand_in_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End it before its last day."""
    user: User = request.user  # type: ignore[assignment]
    found = queries.access_stand_in(user, public_id)
    standing_in.end_stand_in(stand_in=found, by=user, at=timezone.now())
    messages.success(request, "Ended. From now on nobody acts in that place.")
    return redirect(_address(found.organisation, queries.places_to_stand_in(user)))
