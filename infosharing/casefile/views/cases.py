"""One case with what it holds, and opening one."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.queries import of_case as consents_of
from decisions.presenters.documents import HEADERS as DOCUMENT_HEADERS
from decisions.presenters.documents import document_rows
from decisions.presenters.requests import about
from decisions.queries import requests_in
from decisions.views.likely import asking_about_person
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.access.events import AccessEvent
from infosharing.accounts import roles
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import today
from infosharing.casefile.forms.cases import OpenCaseForm
from infosharing.casefile.permissions import user_can_export_case
from infosharing.casefile.presenters import case_list as listed
from infosharing.casefile.presenters import cases as shown
from infosharing.cases.domain.opening import UnableToOpen, open_case
from infosharing.cases.events import CaseEvent
from infosharing.cases.knowledge import known_in
from infosharing.cases.models import Case
from infosharing.cases.permissions import (
    user_can_name_people,
    user_can_see_looks,
    user_can_work_on,
)
from infosharing.cases.queries import (
    Colleague,
    colleagues,
    people_in,
    places_to_record,
)

PAGE = 50


def signed_in(request: HttpRequest) -> User:
    """Return the user; declared access has let nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def case_sight(request: HttpRequest, case: Case) -> None:
    """Record that a case is about to be shown."""
    sights.record(
        request, CaseEvent.CASE_SEEN, organisation=case.organisation, case=case, about=case
    )


def of_case(case: Case) -> dict[str, Any]:
    """Return what every page about a case says: whose it is and the way back."""
    return {
        "case": case,
        "caption": f"Case {case.spoken_reference}",
        "back_url": reverse("casefile:case", args=[case.public_id]),
        "back_text": "The case",
    }


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def case_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a case holds, and the ways to its chronology and to who sees it (R1, R2)."""
    user = signed_in(request)
    case = access_case(user, public_id)
    case_sight(request, case)
    now, on = timezone.now(), today()
    can_work = user_can_work_on(user, case)
    people = people_in(case)
    known = known_in(case, people, reader=user)
    context = {
        "case": case,
        "page_title": f"Case {case.spoken_reference}",
        "about": about(people),
        "state": listed.state_cell(case),
        "breadcrumbs": [{"label": "Cases", "url": reverse("casefile:cases")}],
        "can_work": can_work,
        "can_see_looks": user_can_see_looks(user, case),
        "can_name": user_can_name_people(user, case),
        "people": [shown.person_card(case, part, known, on, can_work=can_work) for part in people],
        "requests": shown.request_rows(
            requests_in(case), now, known.working_days, can_work=can_work
        ),
        "request_headers": ["Request", "Who asks", "Decide by", "Where it stands", "What is next"],
        "consents": shown.consent_rows(consents_of(case), on),
        "consent_headers": ["Record", "What they said", "Who said it", "When", "What for"],
        "judgements": shown.judgement_rows(known.judgements),
        "documents": document_rows(known.documents),
        "document_headers": DOCUMENT_HEADERS,
        "who_sees": shown.who_sees(case),
        "can_export": user_can_export_case(user, case),
        "export_people": [part.person for part in people],
    }
    return render(request, "casefile/case.html", context)


# Opening


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """Open a case before there is anything to decide."""
    user = signed_in(request)
    places = places_to_record(user)
    others = {
        one.user.public_id: one
        for place in places
        for one in colleagues(place)
        if one.user.pk != user.pk
    }
    offered: dict[str, Any] = {
        "today": today(),
        "colleagues": choices(others.values()),
        "places": [(place.public_id, place.name) for place in places],
    }
    if request.method != "POST":
        return _show_new(request, OpenCaseForm(**offered))
    place = _chosen(places, request.POST.get("place"))
    form, known = asking_about_person(user, place, partial(OpenCaseForm, request.POST, **offered))
    if not form.is_valid():
        return _show_new(request, form, status=422)
    same = known.get(form.same_as)
    try:
        case = open_case(
            organisation=place,
            summary=form.cleaned_data["summary"],
            people=[] if same else [form.new_person()],
            known=[same.person] if same else [],
            keep_from=[others[one].user for one in form.cleaned_data.get("keep_from", ())],
            by=user,
            at=timezone.now(),
        )
    except UnableToOpen as error:
        form.add_error("keep_from", str(error))
        return _show_new(request, form, status=422)
    messages.success(request, "The case is open.")
    return redirect("casefile:case", case.public_id)


def _chosen(places: list[Organisation], public_id: str | None) -> Organisation:
    return next((place for place in places if place.public_id == public_id), places[0])


def choices(found: Iterable[Colleague]) -> list[tuple[str, str]]:
    """Return colleagues as choices: name and roles."""
    return [
        (one.user.public_id, f"{one.user.name}, {', '.join(map(roles.words, one.roles))}")
        for one in found
    ]


def _show_new(request: HttpRequest, form: OpenCaseForm, status: int = 200) -> HttpResponse:
    sights.record(request, AccessEvent.MEMBERS_SEEN)
    context = {
        "form": form,
        "page_title": "Open a case",
        "back_url": reverse("casefile:cases"),
        "back_text": "Cases",
    }
    return render(request, "casefile/case_new.html", context, status=status)
