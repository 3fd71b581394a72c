"""Who sees a case, ending it: a naming, somebody kept away, the restriction; each with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import through
from infosharing.casefile.forms.cases import EndAccessForm, LiftForm
from infosharing.casefile.views.people import case_page_with_form, case_to_work_on
from infosharing.cases.domain.ending import end_access, lift_restriction
from infosharing.cases.domain.opening import UnableToName
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CaseAccess
from infosharing.cases.permissions import check_user_can_keep_away, check_user_can_restrict
from infosharing.cases.queries import visible_cases
from infosharing.journeys.forms import PlainForm

NAMED_INTRO = (
    "What they did here stays on record. Somebody who leads here still sees the case, unless it "
    "is restricted or they are kept from it."
)
KEPT_INTRO = (
    "From then on they may see everything in the case that their role lets them see, and that "
    "they were kept from it. They are not named on it."
)
OPEN_INTRO = (
    "Those who are kept from the case stay kept from it, and those named stay named. Everybody "
    "else who leads here sees it again."
)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str, access_id: str) -> HttpResponse:
    """End that somebody is named on the case, or kept from it."""
    user, case = case_to_work_on(request, public_id)
    check_user_can_keep_away(user, case)
    rows = CaseAccess.objects.filter(case=case, ended_at=None).select_related("user")
    access = through(rows, user, access_id)
    access.case = case
    named = access.kind == AccessKind.NAMED
    title = "No longer name somebody on the case" if named else "Let somebody see the case again"
    words = {
        "intro": [NAMED_INTRO if named else KEPT_INTRO],
        "about": access.user,
        "save_text": "End it" if named else "Let them see it",
    }
    form = EndAccessForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, case, form, title, **words)
    now = timezone.now()
    try:
        end_access(access=access, reason=form.cleaned_data["reason"], by=user, at=now)
    except UnableToName as error:
        form.add_error("reason", str(error))
        return _show(request, case, form, title, **words)
    if named:
        messages.success(request, f"{access.user.name} is not named on this case any more.")
    else:
        messages.success(request, f"{access.user.name} is not kept from this case any more.")
    if not visible_cases(user).filter(pk=case.pk).exists():
        return redirect("casefile:cases")
    return redirect("casefile:case-access", case.public_id)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def open_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a restricted case again to everybody who leads; there is nothing to open in another."""
    user, case = case_to_work_on(request, public_id)
    check_user_can_restrict(user, case)
    if not case.restricted:
        return redirect("casefile:case-access", case.public_id)
    title = "Open the case again to those who lead"
    words = {"intro": [OPEN_INTRO], "save_text": "Open it again"}
    form = LiftForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, case, form, title, **words)
    try:
        reason = form.cleaned_data["reason"]
        lift_restriction(case=case, reason=reason, by=user, at=timezone.now())
    except UnableToName as error:
        form.add_error("reason", str(error))
        return _show(request, case, form, title, **words)
    messages.success(request, "Those who lead here see this case again.")
    return redirect("casefile:case-access", case.public_id)


def _show(
    request: HttpRequest, case: Case, form: PlainForm, title: str, **words: object
) -> HttpResponse:
    back = {
        "back_url": reverse("casefile:case-access", args=[case.public_id]),
        "back_text": "Who sees this case",
    }
    return case_page_with_form(request, case, form, title, **back, **words)
