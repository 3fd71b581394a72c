"""The administrator's page of days without work: what the working-day clock leaves out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from infosharing.access import queries
from infosharing.access.declared import Access, requires
from infosharing.access.forms.closures import ClosureForm
from infosharing.access.views.organisation import address, chosen
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.domain import closing
from infosharing.cases.queries import closures_of
from infosharing.journeys.templatetags.british import british_date
from infosharing.workdays.holidays import bank_holidays, last_published

HEADERS = ("Days", "What it is", "Added by")


@requires(Access.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def closures(request: HttpRequest) -> HttpResponse:
    """Show the days without work at a place, and add further ones."""
    user: User = request.user  # type: ignore[assignment]
    organisation = chosen(request)
    form = ClosureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.add_closure(
                organisation=organisation, **form.cleaned_data, by=user, at=timezone.now()
            )
        except closing.UnableToClose as refused:
            form.add_error("last_on", str(refused))
        else:
            messages.success(request, "Added. From now on these days do not count.")
            return redirect(address("access:closures", organisation, request))
    year = today().year
    ahead = sorted(day for one in (year, year + 1) for day in bank_holidays(one) if day >= today())
    context: dict[str, Any] = {
        "page_title": "Days without work",
        "form": form,
        "organisation": organisation,
        "back_url": address("access:members", organisation, request),
        "closures": [
            {
                "days": british_date(one.first_on)
                if one.first_on == one.last_on
                else f"{british_date(one.first_on)} to {british_date(one.last_on)}",
                "what": one.what,
                "by": one.added_by.name,
                "url": reverse("access:closure_remove", args=[one.public_id]),
            }
            for one in closures_of(organisation).filter(last_on__gte=today())[:200]
        ],
        "holidays": [british_date(day) for day in ahead[:9]],
        "last_year": last_published(),
    }
    return render(request, "access/closures.html", context, status=422 if form.is_bound else 200)


@requires(Access.ADMINISTRATOR)
@require_POST
def closure_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take days back that were added by mistake."""
    user: User = request.user  # type: ignore[assignment]
    found = queries.access_closure(user, public_id)
    closing.remove_closure(closure=found, by=user, at=timezone.now())
    messages.success(request, "Taken back. These days count again.")
    return redirect(address("access:closures", found.organisation, request))
