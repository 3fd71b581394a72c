"""Every change to a case or a decision, field by field, and either as it stood on a day (R51)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions import queries as decisions
from decisions.events import DecisionEvent
from decisions.models import Decision
from decisions.presenters import records
from decisions.views.listing import phrase, with_query
from decisions.views.requests import page_number
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.audit.changes import Arm, changes, standing_at
from infosharing.audit.protection import options_of
from infosharing.casefile.forms.chronology import HistoryFilter
from infosharing.casefile.forms.moments import MomentForm
from infosharing.casefile.presenters import histories as shown
from infosharing.casefile.views.cases import PAGE, case_sight, of_case, signed_in
from infosharing.cases.models import Case


def of_decision(request: HttpRequest, public_id: str) -> tuple[Decision, dict[str, Any]]:
    """Return a decision and what every page about it says; the sight is recorded.

    :raises Http404: alike for absent and invisible.
    """
    found = decisions.access_decision(signed_in(request), public_id)
    found.case.organisation = found.organisation
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=found,
    )
    return found, {
        "caption": f"Decision {found.spoken_reference}",
        "back_url": reverse("decisions:decision", args=[found.public_id]),
        "back_text": "The decision",
    }


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def case_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every change to what belongs to a case: before, after, who, in which role, when and why."""
    user = signed_in(request)
    case = access_case(user, public_id)
    case_sight(request, case)
    return _history(request, shown.case_arms(case, user), case, of_case(case))


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def decision_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every change to a decision and to the request it answers."""
    found, words = of_decision(request, public_id)
    return _history(request, shown.decision_arms(found), found.case, words)


def _history(
    request: HttpRequest, arms: list[Arm], case: Case, words: dict[str, Any]
) -> HttpResponse:
    """Show a page of changes; ``record`` in the address leaves those of one record."""
    one = request.GET.get("record", "")
    form = HistoryFilter(request.GET, kinds=shown.kinds_in(arms))
    valid = form.is_valid()
    chosen = form.cleaned_data if valid else {}
    page = page_number(request)
    arms = only(arms, one) if one else arms
    arms = shown.narrowed(arms, chosen) if valid else []
    found = changes(arms, (page - 1) * PAGE, page * PAGE + 1) if page else []
    asked = {key: values for key, values in request.GET.lists() if key != "page" and arms}

    def address(number: int) -> str:
        return with_query(request.path, asked | {"page": str(number)})

    context = words | {
        "page_title": f"{words['caption']}: every change",
        "changes": shown.told_of(found[:PAGE], case),
        "one": bool(one),
        "here": request.path,
        "filter_form": form,
        "form": None if valid else form,
        "told": [phrase(part, chosen[part.name]) for part in form if chosen.get(part.name)],
        "misplaced": not page,
        "beyond": page != 1 and not found,
        "first_url": with_query(request.path, asked),
        "newer_url": address(page - 1) if page > 1 and found else "",
        "older_url": address(page + 1) if len(found) > PAGE else "",
    }
    return render(request, "casefile/history.html", context, status=200 if valid and page else 422)


def only(arms: list[Arm], record: str) -> list[Arm]:
    """Return the arm of one record, named as in ``Told.record``; nothing for anything else."""
    label, _, key = record.rpartition(".")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return []
    return [
        replace(arm, rows=arm.rows.filter(id=int(key)))
        for arm in arms
        if options_of(arm.model).label_lower == label
    ]


# As it stood

STANDING = 200


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def case_as_it_stood(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what was on record in a case at a moment of the past."""
    user = signed_in(request)
    case = access_case(user, public_id)
    case_sight(request, case)
    form = _moment(request)
    moment = form.cleaned_data["moment"] if form.is_valid() else None
    context = of_case(case) | {"form": form, "moment": moment, "what": "case"}
    if moment is not None:
        arms = shown.case_arms(case, user, standing=moment)
        arms = shown.without(arms, shown.DRAFTING | shown.IN_WHAT_WAS_SIGNED)
        context |= _standing(arms, case, moment)
    return _as_it_stood(request, context)


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def decision_as_it_stood(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a decision at a moment of the past: the version then in force, in its own words."""
    found, context = of_decision(request, public_id)
    form = _moment(request)
    moment = form.cleaned_data["moment"] if form.is_valid() else None
    context |= {"form": form, "moment": moment, "what": "decision"}
    if moment is not None:
        version = decisions.versions_of(found).filter(signed_at__lte=moment).first()
        left_out = shown.DRAFTING | shown.IN_WHAT_WAS_SIGNED if version else frozenset()
        arms = shown.without(shown.decision_arms(found), left_out)
        context |= _standing(arms, found.case, moment)
        if version is not None:
            context["signed"] = records.signed(version)
    return _as_it_stood(request, context)


def _moment(request: HttpRequest) -> MomentForm:
    """Return the form, bound once the address says when."""
    asked = any(name.startswith("on") for name in request.GET)
    return MomentForm(request.GET if asked else None, now=timezone.now())


def _standing(arms: list[Arm], case: Case, moment: datetime) -> dict[str, Any]:
    found = standing_at(arms, moment, STANDING + 1)
    return {
        "records": shown.stood(found[-STANDING:], case, moment),
        "too_many": len(found) > STANDING,
        "limit": STANDING,
    }


def _as_it_stood(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    wrong = context["form"].is_bound and context["moment"] is None
    context |= {
        "form": context["form"],
        "action": request.path,
        "page_title": f"{context['caption']}: as it stood",
        "which_of_two": shown.which_of_two(context["moment"]) if context["moment"] else "",
    }
    template = "casefile/as_it_stood.html"
    return render(request, template, context, status=422 if wrong else 200)
