"""Emergency: one page, signed at once (R19); its write-up; the sheet for when nothing works."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from decisions.domain import emergency as domain
from decisions.forms.emergency import EmergencyForm
from decisions.models import SignedVersion
from decisions.packs import shipped
from decisions.policies import StillIncomplete
from decisions.presenters.requests import due_on
from decisions.views import matter as matters
from decisions.views.likely import likely_already
from decisions.views.requests import signed_in
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words
from infosharing.accounts.queries import today

# Where a thing that the guide misses is mended on the one page.
_FIELDS = {
    "requester_identity": "sure",
    "call_back": "call_back_source",
    "items": "what",
    "recipients": "recipient",
    "outcome": "why",
    "reasons": "why",
}
# The questions of the page on paper, with lines to write on.
SHEET = (
    ("Who is in danger?", "Name, or how to tell who it is", 1),
    ("How old?", "Guess if you do not know", 1),
    ("What has happened, and why can it not wait?", "", 4),
    ("What do you tell them?", "What they need now, and no more", 4),
    ("Who is told?", "Name and organisation", 2),
    ("How, and on which number?", "A number you found yourself", 1),
    ("When were they told?", "Day and time", 1),
    ("Were they told that it is confidential?", "Yes or no", 1),
    (
        "Did somebody ask you for it?",
        "Who, how, how you made sure who they are, and where the number you rang back came from",
        3,
    ),
    ("Who wrote this, in which role?", "Your name", 1),
    ("When was it written?", "Day and time", 1),
)


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Who, what, to whom, how and why now: signed at once; the rest is written up later.

    ``?case=`` names a case, ``?paper=1`` types in the printed sheet.
    """
    matter = matters.matter_of(request)
    given: dict[str, Any] = {
        "now": timezone.now(),
        "methods": shipped(matter.place.pack).methods,
        "paper": request.GET.get("paper") == "1",
    }
    if request.method != "POST":
        first = {"shared_on": today()} if not given["paper"] else {}
        return _show(request, EmergencyForm(initial=first, **given, **matter.offered()), matter)
    form = EmergencyForm(request.POST, **given, **matter.offered())
    if form.searches:
        typed = matters.search(request, form, matter)
        if typed is not None:
            again = EmergencyForm(initial=typed, **given, **matter.offered())
            return _show(request, again, matter, found=len(matter.cases))
        return _show(request, form, matter)
    if form.is_valid():
        version = _signed(request, form, matter)
        if version is not None:
            messages.success(request, _what_now(version))
            likely = likely_already(signed_in(request), version.decision)
            after = "known-already" if likely.anything else "decision"
            return redirect(f"decisions:{after}", version.decision.public_id)
    return _show(request, form, matter)


def _signed(
    request: HttpRequest, form: EmergencyForm, matter: matters.Matter
) -> SignedVersion | None:
    """Sign it; what holds it back becomes an error beside its field."""
    place, case = matter.of(form)
    try:
        return domain.share_in_emergency(
            place=place,
            case=case,
            people=form.people(),
            shared=form.shared(),
            by=signed_in(request),
            at=timezone.now(),
        )
    except domain.UnableToShare as refused:
        form.add_error(refused.field, str(refused))
    except StillIncomplete as incomplete:
        for one in incomplete.missing:
            field = _FIELDS.get(one.code.split(":")[0])
            form.add_error(field if field in form.fields else None, one.words)
    return None


def _what_now(version: SignedVersion) -> str:
    decision = version.decision
    told = "It is recorded as shared." if decision.disclosures.exists() else "Now tell them."
    rest = ""
    if decision.write_up_due:
        rest = f" Write up the rest by {due_on(decision.write_up_due)}: it is on your list."
    return f"Signed. {told}{rest}"


def _show(
    request: HttpRequest, form: EmergencyForm, matter: matters.Matter, found: int = 0
) -> HttpResponse:
    matters.seen(request, matter)
    here = reverse("decisions:emergency")
    context = {
        "form": form,
        "case": matter.case,
        "found": found,
        "action": request.get_full_path(),
        "page_title": "Emergency",
        "role": role_words.words(form.only_role) if form.only_role else "",
        "paper_url": "" if form.paper_mode else f"{here}?paper=1",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "decisions/emergency.html", context, status=status)


@requires(Access.PUBLIC)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet to print beforehand, for when the system is down; it holds no data."""
    context = {
        "page_title": "Emergency sheet",
        "questions": [(question, help_text, range(lines)) for question, help_text, lines in SHEET],
    }
    return render(request, "decisions/emergency_sheet.html", context)
