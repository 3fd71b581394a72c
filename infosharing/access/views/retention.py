"""The administrator's page of how long records are kept: offered on leaflets, never forced."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access.declared import Access, requires
from infosharing.access.forms.retention import KeptForForm
from infosharing.access.views.organisation import address, chosen
from infosharing.accounts.models import User
from infosharing.cases.domain.retaining import say_how_long_kept
from infosharing.cases.queries import kept_for_ever_said

EARLIER = 20


@requires(Access.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def kept_for(request: HttpRequest) -> HttpResponse:
    """Show what leaflets offer now and what they offered before; say it anew."""
    user: User = request.user  # type: ignore[assignment]
    organisation = chosen(request)
    said = list(kept_for_ever_said(organisation)[: EARLIER + 1])
    if request.method == "POST":
        form = KeptForForm(request.POST)
        if form.is_valid():
            say_how_long_kept(
                organisation=organisation, **form.cleaned_data, by=user, at=timezone.now()
            )
            messages.success(request, "Saved. New leaflets begin with it.")
            return redirect(address("access:kept_for", organisation, request))
    else:
        first = said[0] if said else None
        form = KeptForForm(
            initial={"words": first.words, "because": first.because} if first else {}
        )
    context: dict[str, Any] = {
        "page_title": "How long records are kept",
        "form": form,
        "organisation": organisation,
        "back_url": address("access:members", organisation, request),
        "current": said[0] if said else None,
        "earlier": said[1 : EARLIER + 1],
    }
    return render(request, "access/kept_for.html", context, status=422 if form.is_bound else 200)
