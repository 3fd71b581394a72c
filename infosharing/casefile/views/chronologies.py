"""Everything that happened: in one case, and to one person over all their cases (R2)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent import timeline as consent
from decisions import timeline as decisions
from decisions.views.listing import phrase, with_query
from decisions.views.requests import page_number
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.access.refusals import refuse
from infosharing.accounts.models import User
from infosharing.casefile.finding import RECORDED
from infosharing.casefile.forms.chronology import ChronologyFilter
from infosharing.casefile.presenters import chronology as shown
from infosharing.casefile.views.cases import PAGE, case_sight, of_case, signed_in
from infosharing.cases import timeline as cases_timeline
from infosharing.cases.chronicle import in_order
from infosharing.cases.enums import Part
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case
from infosharing.cases.several import visible_parts_of

WHOLE = "whole"


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def case_chronology(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that happened in a case, fifty to a page or all of it to print."""
    user = signed_in(request)
    case = access_case(user, public_id)
    case_sight(request, case)
    context = of_case(case) | {
        "page_title": f"Case {case.spoken_reference}: everything that happened",
        "heading": "Everything that happened",
    }
    return _chronology(request, user, [case], context)


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def person_chronology(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Everything that happened in the cases of one person that the reader may see.

    Nothing is said of any other: no count, no gap. That it was read is recorded in each.

    :raises Http404: alike for absent and for somebody who is not in this case.
    """
    user = signed_in(request)
    case = access_case(user, public_id)
    parts = visible_parts_of(user, person_id)
    cases = [part.case for part in parts]
    if case not in cases:
        raise refuse(user, "cases.person", person_id)
    person = parts[0].person
    sights.record_in_each(
        request, CaseEvent.PERSON_SEEN, cases, organisation=case.organisation, about=person
    )
    context = of_case(case) | {
        "page_title": f"Case {case.spoken_reference}: everything that happened to one person",
        "heading": "Everything that happened, over all their cases",
        "person": person,
        "parts": [
            {
                "case": part.case,
                "words": str(Part(part.part).label),
                "here": part.case_id == case.pk,
            }
            for part in parts
        ],
    }
    return _chronology(request, user, cases, context)


def _chronology(
    request: HttpRequest, user: User, cases: Sequence[Case], context: dict[str, Any]
) -> HttpResponse:
    form = ChronologyFilter(request.GET)
    valid = form.is_valid()
    chosen = form.cleaned_data if valid else {}
    whole = request.GET.get(WHOLE) == "yes"
    entries = []
    page = 1 if whole else page_number(request)
    if valid and page:
        found = in_order(
            cases_timeline.entries(cases, user, notes=not whole),
            consent.entries(cases, user),
            decisions.entries(cases, user),
            recorded=chosen["order"] == RECORDED,
        )
        entries = shown.narrowed(found, chosen)
    pages = max(1, -(-len(entries) // PAGE))
    start = (page - 1) * PAGE
    several = {case.pk: f"Case {case.spoken_reference}" for case in cases} if len(cases) > 1 else {}
    asked: dict[str, list[str] | str] = {
        key: values for key, values in request.GET.lists() if key not in ("page", WHOLE) and values
    }

    def address(**more: str) -> str:
        return with_query(request.path, {**asked, **more})

    context |= {
        "filter_form": form,
        "form": None if valid else form,
        "narrowed": not valid or any(chosen.values()),
        "told": [phrase(one, chosen[one.name]) for one in form if chosen.get(one.name)],
        "count": len(entries),
        "here": request.path,
        "recorded": chosen.get("order") == RECORDED,
        "whole": whole,
        "reader": user.name,
        "now": timezone.now(),
        "entries": shown.chronology(entries if whole else entries[start : start + PAGE], several),
        "page": page,
        "misplaced": not page,
        "first_url": address(),
        "pages": 1 if whole else pages,
        "whole_url": address(**{WHOLE: "yes"}),
        "paged_url": address(),
    }
    if not whole:
        context |= {
            "latest_url": address(page=str(pages)) if page < pages else "",
            "earlier_url": address(page=str(min(page - 1, pages))) if page > 1 else "",
            "later_url": address(page=str(page + 1)) if page < pages else "",
        }
    return render(
        request, "casefile/chronology.html", context, status=200 if valid and page else 422
    )
