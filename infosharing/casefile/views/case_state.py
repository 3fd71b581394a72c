"""Closing a case, and opening it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions.aftermath import open_decisions
from decisions.queries import requests_in
from infosharing.access.declared import Access, Shows, requires
from infosharing.casefile.forms.cases import CloseCaseForm
from infosharing.casefile.presenters.case_list import still_open
from infosharing.casefile.views.people import case_page_with_form, case_to_work_on
from infosharing.cases.domain.concluding import UnableToConclude, close_case, reopen_case


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close a case with the reason, or open a closed one again; what is still open is listed."""
    user, case = case_to_work_on(request, public_id)
    closing = case.closed_at is None
    form = CloseCaseForm(request.POST if request.method == "POST" else None, closing=closing)
    # Whoever looks at a page that is out of date does not turn the case the other way.
    if form.is_bound and request.POST.get("closing") != ("yes" if closing else "no"):
        done = "This case is open again already." if closing else "This case is closed already."
        messages.error(request, done)
        return redirect("casefile:case", case.public_id)
    if form.is_valid():
        verb = close_case if closing else reopen_case
        try:
            verb(case=case, reason=form.cleaned_data["reason"], by=user, at=timezone.now())
            done = "The case is closed." if closing else "The case is open again."
            messages.success(request, done)
        except UnableToConclude as problem:
            messages.error(request, str(problem))
        return redirect("casefile:case", case.public_id)
    left = still_open(requests_in(case), open_decisions(user).filter(case=case)) if closing else []
    return case_page_with_form(
        request,
        case,
        form,
        "Close this case" if closing else "Open this case again",
        still=left,
        carry={"closing": "yes" if closing else "no"},
        save_text="Close it" if closing else "Open it again",
        template="casefile/case_close.html",
    )
