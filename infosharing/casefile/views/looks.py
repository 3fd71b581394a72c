"""Who looked at a case, for those who answer for it (R55)."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions.views.requests import page_number
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.audit.reading import looks_at_case
from infosharing.casefile.presenters import looks as shown
from infosharing.casefile.views.cases import PAGE, of_case, signed_in
from infosharing.cases.events import CaseEvent
from infosharing.cases.noted import visible_notes
from infosharing.cases.permissions import check_user_can_see_looks


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def looks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who looked at what of a case and when, the latest first.

    Looks at a restricted note are shown to those named on it.
    """
    user = signed_in(request)
    case = access_case(user, public_id)
    check_user_can_see_looks(user, case)
    page = page_number(request)
    rows = looks_at_case(case.public_id).exclude(
        Q(object_type="cases.restrictednote")
        & ~Q(object_id__in=visible_notes(user).values("public_id"))
    )
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1]) if page else []
    sights.record(
        request, CaseEvent.LOOKS_SEEN, organisation=case.organisation, case=case, about=case
    )
    context = of_case(case) | {
        "page_title": f"Case {case.spoken_reference}: who looked at it",
        "rows": shown.look_rows(found[:PAGE], case),
        "headers": shown.HEADERS,
        "misplaced": not page,
        "here": request.path,
        "newer_url": f"{request.path}?page={page - 1}" if page > 1 and found else "",
        "older_url": f"{request.path}?page={page + 1}" if len(found) > PAGE else "",
    }
    return render(request, "casefile/looks.html", context, status=200 if page else 422)
