"""From "somebody asked us" to a recorded request, in two pages (R4, R5)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions.domain import intake, requesting
from decisions.forms.requests import (
    FIND,
    FURTHER,
    NEW,
    NEW_MATTER,
    NewOwnForm,
    NewReceivedForm,
    OriginForm,
    OwnForm,
    ReceivedForm,
    StartForm,
)
from decisions.journey import FIRST_PAGE
from decisions.models import Request
from decisions.presenters import requests as shown
from decisions.views.likely import asking_about_person, asking_about_request
from decisions.views.requests import of_case, signed_in, with_query
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.access.events import AccessEvent
from infosharing.accounts import roles
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import today
from infosharing.cases.domain.opening import UnableToOpen
from infosharing.cases.events import CaseEvent
from infosharing.cases.finding import find_cases
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import (
    Alike,
    colleagues,
    people_in,
    places_to_record,
    visible_cases,
    with_people,
)

START, OWN = "start", "own_initiative"
RECENT = 5
FOUND = 20


# Starting: page one


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """The start of the main job: where it comes from and whose case; then what is asked."""
    origin = request.GET.get("origin", "")
    place = _place(signed_in(request), request.GET.get("place", ""))
    if origin in NEW_MATTER and place is not None:
        return _new_matter(request, origin, place)
    return _start(request)


def _place(user: User, public_id: str) -> Organisation | None:
    """Return where a new case is opened: the only place there is, or the one chosen."""
    places = places_to_record(user)
    if len(places) == 1:
        return places[0]
    return next((place for place in places if place.public_id == public_id), None)


def _start(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    places = [(place.public_id, place.name) for place in places_to_record(user)]
    recent = list(with_people(visible_cases(user)).order_by("-opened_at", "-id")[:RECENT])
    found: list[Case] = []
    if request.method != "POST":
        return _show_start(request, StartForm(**_offered(recent, places)), found=None)
    chosen = request.POST.get("case", "")
    if chosen not in {NEW, FIND, *(case.public_id for case in recent)}:
        found = list(with_people(visible_cases(user)).filter(public_id=chosen[:100])[:1])
    form = StartForm(request.POST, **_offered([*found, *recent], places))
    if not form.is_valid():
        return _show_start(request, form, found=None, status=422)
    origin, case_id = form.cleaned_data["origin"], form.cleaned_data.get("case") or NEW
    if case_id == FIND:
        return _search(request, form, recent, places)
    query: dict[str, str] = {"origin": origin}
    if case_id != NEW:
        return redirect(with_query(reverse("decisions:case-request-new", args=[case_id]), query))
    if form.cleaned_data.get("place"):
        query["place"] = form.cleaned_data["place"]
    return redirect(with_query(reverse("decisions:request-new"), query))


def _search(
    request: HttpRequest, form: StartForm, recent: list[Case], places: list[tuple[str, str]]
) -> HttpResponse:
    words, origin = form.cleaned_data["find"], form.cleaned_data["origin"]
    rows = with_people(find_cases(signed_in(request), words)).order_by("-opened_at", "-id")
    found = list(rows[: FOUND + 1])
    if not found:
        form.add_error("find", "No case that you can see has this name or reference")
        return _show_start(request, form, found=None, status=422)
    # As first shown, with what was found to choose from; the words stay beside "Another case".
    again = StartForm(initial={"origin": origin, "find": words}, **_offered(found[:FOUND], places))
    return _show_start(request, again, found=found)


def _offered(cases: list[Case], places: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "cases": [
            (case.public_id, f"{shown.about(case.parts.all())}, case {case.spoken_reference}")
            for case in cases
        ],
        "hints": {case.public_id: shown.case_hint(case) for case in cases},
        "places": places,
    }


def _show_start(
    request: HttpRequest, form: StartForm, *, found: list[Case] | None, status: int = 200
) -> HttpResponse:
    sights.record(request, CaseEvent.LIST_SEEN)
    context = {
        "form": form,
        "found": None if found is None else min(len(found), FOUND),
        "too_many": found is not None and len(found) > FOUND,
        "page_title": "Record a request",
        "back_url": reverse("casefile:home"),
        "back_text": "Your work",
    }
    return render(request, "decisions/request_start.html", context, status=status)


# Starting: page two, a new case


def _new_matter(request: HttpRequest, origin: str, place: Organisation) -> HttpResponse:
    user = signed_in(request)
    others = {one.user.public_id: one for one in colleagues(place) if one.user.pk != user.pk}
    offered: dict[str, Any] = {
        "today": today(),
        "colleagues": [
            (public_id, f"{one.user.name}, {', '.join(map(roles.words, one.roles))}")
            for public_id, one in others.items()
        ],
    }
    kind = NEW_MATTER[origin]
    if request.method != "POST":
        return _show_new(request, kind(initial={"happened_on": today()}, **offered), place)
    form, known, earlier = _asking(user, place, partial(kind, request.POST, **offered))
    if not form.is_valid():
        return _show_new(request, form, place, status=422)
    if form.same_request:
        return _recorded_already(request, earlier[form.same_request])
    person_id, _, case_id = form.same_as.partition(":")
    same = known.get(person_id)
    keep_from = [others[one].user for one in form.cleaned_data.get("keep_from", ())]
    there = next((one for one in same.cases if one.public_id == case_id), None) if same else None
    if there is not None and keep_from:
        form.add_error(
            "keep_from",
            f"Case {there.spoken_reference} is there already. Keep people from it on its own "
            "page, and tick nobody here",
        )
        return _show_new(request, form, place, status=422)
    now = timezone.now()
    record: Callable[[], Request]
    try:
        if there is not None:
            check_user_can_work_on(user, there)
            requester = form.requester()
            record = partial(
                requesting.record_request,
                case=there,
                asked=replace(form.asked(), background=form.cleaned_data["summary"]),
                requester=requester,
                identity=requesting.Identity() if requester else None,
                about=[same.person] if same else [],
                by=user,
                at=now,
            )
        else:
            record = partial(
                intake.record_new_matter,
                organisation=place,
                summary=form.cleaned_data["summary"],
                people=[] if same else [form.new_person()],
                known=[same.person] if same else [],
                keep_from=keep_from,
                asked=form.asked(),
                requester=form.requester(),
                by=user,
                at=now,
            )
        onward = _recorded(request, record, user, now)
    except requesting.UnableToRecord as error:
        form.add_error("happened_on", str(error))
        return _show_new(request, form, place, status=422)
    except UnableToOpen as error:
        form.add_error("keep_from", str(error))
        return _show_new(request, form, place, status=422)
    return onward


def _recorded(
    request: HttpRequest, record: Callable[[], Request], by: User, at: datetime
) -> HttpResponse:
    """Record it, and start the decision where that was asked for; return where that leads.

    Of what somebody asked for, who they are comes first: that is on the request's own page.
    """
    if request.POST.get("then") != START or request.GET.get("origin") != OWN:
        recorded = record()
        messages.success(request, "Recorded. Now you can start the decision.")
        return redirect("decisions:request", recorded.public_id)
    draft = intake.record_and_decide(recorded=record, by=by, at=at)
    messages.success(request, "Recorded. Here the decision begins.")
    return redirect("decisions:draft-page", draft.public_id, FIRST_PAGE)


def _asking(
    user: User, place: Organisation, make: Callable[..., NewOwnForm | NewReceivedForm]
) -> tuple[NewOwnForm | NewReceivedForm, dict[str, Alike], dict[str, Request]]:
    """Return the form with both questions, where they are worth asking."""
    form, known = asking_about_person(user, place, make, offer_cases=True)
    cases = [case for one in known.values() for case in one.cases]
    if not cases:
        return form, known, {}
    with_people = partial(make, known=form.known, known_hints=form.known_hints)
    form, earlier = asking_about_request(user, cases, with_people)
    return form, known, earlier


def _recorded_already(request: HttpRequest, earlier: Request) -> HttpResponse:
    messages.info(request, "Nothing new was recorded. This is the request that was there.")
    return redirect("decisions:request", earlier.public_id)


def _show_new(
    request: HttpRequest,
    form: NewOwnForm | NewReceivedForm,
    place: Organisation,
    status: int = 200,
) -> HttpResponse:
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=place)
    context = _request_page(request, form, form.origin) | {
        "new_case": True,
        "place": place if len(places_to_record(signed_in(request))) > 1 else None,
        "back_url": reverse("decisions:request-new"),
        "back_text": "Back",
    }
    return render(request, "decisions/request_new.html", context, status=status)


def _request_page(
    request: HttpRequest, form: OwnForm | ReceivedForm, origin: str
) -> dict[str, Any]:
    received = origin == "received"
    title = "Somebody asked us for information" if received else "We are thinking of sharing"
    return {
        "form": form,
        "received": received,
        "action": request.get_full_path(),
        "page_title": title,
        "heading": title,
    }


# Starting: a further request on a case


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def case_request_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a further request on a case that is there already."""
    user = signed_in(request)
    case = access_case(user, public_id)
    check_user_can_work_on(user, case)
    origin = request.GET.get("origin", "")
    if origin not in FURTHER:
        return _choose_origin(request, case)
    people = {part.person.public_id: part.person for part in people_in(case)}
    choices = [(key, person.name) for key, person in people.items()]
    kind: Callable[..., OwnForm | ReceivedForm] = partial(FURTHER[origin], people=choices)
    if request.method != "POST":
        return _show_further(request, kind(initial={"happened_on": today()}), case)
    form, earlier = asking_about_request(user, [case], partial(kind, request.POST))
    if not form.is_valid():
        return _show_further(request, form, case, status=422)
    if form.same_request:
        return _recorded_already(request, earlier[form.same_request])
    requester = form.requester()
    now = timezone.now()
    try:
        record = partial(
            requesting.record_request,
            case=case,
            asked=form.asked(),
            requester=requester,
            identity=requesting.Identity() if requester else None,
            about=[people[one] for one in form.cleaned_data.get("about", people)],
            by=user,
            at=now,
        )
        return _recorded(request, record, user, now)
    except requesting.UnableToRecord as error:
        form.add_error("happened_on", str(error))
        return _show_further(request, form, case, status=422)


def _choose_origin(request: HttpRequest, case: Case) -> HttpResponse:
    form, status = OriginForm(), 200
    if request.method == "POST":
        form, status = OriginForm(request.POST), 422
        if form.is_valid():
            here = reverse("decisions:case-request-new", args=[case.public_id])
            return redirect(with_query(here, {"origin": form.cleaned_data["origin"]}))
    _case_sight(request, case)
    context = of_case(case) | {"form": form, "page_title": "Record a request"}
    context["save_text"] = "Continue"
    return render(request, "journeys/page.html", context, status=status)


def _show_further(
    request: HttpRequest, form: OwnForm | ReceivedForm, case: Case, status: int = 200
) -> HttpResponse:
    _case_sight(request, case)
    context = _request_page(request, form, form.origin) | of_case(case)
    return render(request, "decisions/request_new.html", context, status=status)


def _case_sight(request: HttpRequest, case: Case) -> None:
    sights.record(
        request, CaseEvent.CASE_SEEN, organisation=case.organisation, case=case, about=case
    )
