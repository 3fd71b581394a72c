"""Asking for a PDF that is made in the background: of a case, a person, a list (R57)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions.enums import State
from decisions.models import Decision
from decisions.views.lists import as_asked, matching, organisation_of
from infosharing.access.declared import Access, requires
from infosharing.access.doors import access_case
from infosharing.accounts.roles import OVERSEEING, RECORDING
from infosharing.casefile.domain.exporting import (
    MOST_RECORDS,
    UnableToExport,
    Wanted,
    ask_export,
)
from infosharing.casefile.enums import ExportKind
from infosharing.casefile.exported import cases_to_take_away
from infosharing.casefile.permissions import check_user_can_export_case
from infosharing.casefile.views.cases import signed_in
from infosharing.casefile.views.people import person_of
from infosharing.cases.queries import visible_cases


def _asked_for(request: HttpRequest, wanted: Wanted, back: str) -> HttpResponse:
    """Ask for it and go on to its page; where it cannot be asked for, back with the reason."""
    try:
        export = ask_export(wanted=wanted, by=signed_in(request), at=timezone.now())
    except UnableToExport as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("casefile:export", export.public_id)


@requires(Access.OVERSEER)
@require_http_methods(["POST"])
def case_export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the history of a case: what is known, what happened, each signed decision."""
    user = signed_in(request)
    case = access_case(user, public_id)
    check_user_can_export_case(user, case)
    signed = Decision.objects.filter(case=case, state=State.SIGNED).order_by("signed_at", "id")
    wanted = Wanted(
        kind=ExportKind.CASE,
        cases=[case],
        decisions=list(signed.values_list("pk", flat=True)),
        organisation=case.organisation,
        told=[f"Case {case.spoken_reference}"],
    )
    return _asked_for(request, wanted, reverse("casefile:case", args=[case.public_id]))


@requires(Access.OVERSEER)
@require_http_methods(["POST"])
def person_export(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Ask for the chronology of somebody over all their cases that one may take away."""
    user = signed_in(request)
    case = access_case(user, public_id)
    person = person_of(user, case, person_id)
    check_user_can_export_case(user, case)
    cases = cases_to_take_away(user).filter(parts__person=person).distinct()
    found = list(cases.order_by("opened_at", "id"))
    seen = visible_cases(user).filter(parts__person=person).distinct().count()
    wanted = Wanted(
        kind=ExportKind.PERSON,
        cases=found,
        organisation=case.organisation,
        person=person,
        told=[f"Somebody in case {case.spoken_reference}"],
        kept_back=max(0, seen - len(found)),
        details={"person": person.public_id},
    )
    return _asked_for(request, wanted, reverse("casefile:case", args=[case.public_id]))


@requires(Access.OVERSEER)
@require_http_methods(["POST"])
def decisions_export(request: HttpRequest) -> HttpResponse:
    """Ask for the decisions of a filter, each whole; the filter may be a saved one."""
    user = signed_in(request)
    asked = as_asked(request)
    if not asked.valid:
        return redirect(asked.address(search=request.GET.get("search", "")))
    rows = matching(asked, OVERSEEING).order_by("signed_at", "id")
    found = list(rows.values_list("pk", flat=True)[: MOST_RECORDS + 1])
    seen = matching(asked, RECORDING | OVERSEEING).order_by().count()
    wanted = Wanted(
        kind=ExportKind.DECISIONS,
        decisions=found,
        organisation=organisation_of(user, OVERSEEING),
        told=asked.told(),
        kept_back=max(0, seen - len(found)),
        details=asked.details() or {},
    )
    return _asked_for(request, wanted, asked.address())
