"""The administrator's page of which decisions are reviewed, with what was set before (R57)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import needs
from decisions.domain import review_rules as domain
from decisions.enums import ReviewKind
from decisions.events import DecisionEvent
from decisions.forms.reviews import EVERY, NONE, SOME, ReviewRulesForm
from decisions.models import ReviewSetting
from decisions.presenters.records import because_words
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.views.organisation import address, chosen
from infosharing.accounts.models import User

CHANGED = (
    "Somebody has changed this since you opened it. Nothing was recorded: what holds now stands "
    "first under “What was set”. Check your choices, and save again if they still stand."
)
SHOWN = 50


@requires(Access.ADMINISTRATOR, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show what is reviewed and what was set before; set it otherwise, with the reason."""
    user: User = request.user  # type: ignore[assignment]
    organisation = chosen(request)
    status, notice = 200, ""
    form = ReviewRulesForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        status = 422
    if form.is_valid():
        try:
            domain.set_review_rules(
                organisation=organisation,
                instead_of=form.cleaned_data["shown"],
                kinds=form.chosen,
                second=form.chosen_twice,
                look_back_days=form.cleaned_data["look_back_days"],
                reason=form.cleaned_data["reason"],
                by=user,
                at=timezone.now(),
            )
        except domain.SetMeanwhile:
            status, notice = 409, CHANGED
        except domain.UnableToSet as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved. It holds for what is signed from now on, not before.")
            return redirect(address("decisions:review-rules", organisation, request))
    settings = list(
        ReviewSetting.objects.filter(organisation=organisation)
        .select_related("set_by")
        .order_by("-id")[:SHOWN]
    )
    latest = settings[0] if settings else None
    now = needs.rules_of(latest)
    shown = latest.public_id if latest else ""
    if request.method != "POST":
        form = ReviewRulesForm(initial=_initial(now, shown))
    elif notice:
        data = request.POST.copy()
        data["shown"] = shown
        form = ReviewRulesForm(data)
    sights.record(request, DecisionEvent.REVIEW_SETTING_SEEN, organisation=organisation)
    context: dict[str, Any] = {
        "page_title": "Which decisions are reviewed",
        "form": form,
        "notice": notice,
        "organisation": organisation,
        "back_url": address("access:members", organisation, request),
        "now": _told(now),
        "settings": [
            {
                "lines": _told(needs.rules_of(one)),
                "reason": one.reason,
                "by": one.set_by.name,
                "at": one.set_at,
            }
            for one in settings
        ],
    }
    return render(request, "decisions/review_rules.html", context, status=status)


def _initial(now: needs.Rules, shown: str) -> dict[str, Any]:
    every = ReviewKind.EVERY.value
    twice = EVERY if every in now.second else SOME if now.second else NONE
    return {
        "reviewed": EVERY if every in now.kinds else SOME,
        "kinds": sorted(now.kinds - {every}),
        "twice": twice,
        "second": sorted(now.second - {every}),
        "look_back_days": now.look_back_days,
        "shown": shown,
    }


def _told(rules_: needs.Rules) -> list[str]:
    """Return what holds under these rules, in sentences."""
    every = ReviewKind.EVERY.value
    kinds = [kind.value for kind in needs.CHOICES]

    def where(codes: frozenset[str]) -> str:
        words = because_words(code for code in kinds if code in codes)
        return words.replace(" and ", " or ")

    found = [
        "Every decision is reviewed."
        if every in rules_.kinds
        else f"A decision is reviewed where {where(rules_.kinds)}."
    ]
    if every in rules_.second:
        found.append("A second person reviews every decision too.")
    elif rules_.second:
        found.append(f"A second person reviews it too where {where(rules_.second)}.")
    else:
        found.append("One person reviews it.")
    days = "working day" if rules_.look_back_days == 1 else "working days"
    found.append(f"Emergencies are looked back at within {rules_.look_back_days} {days}.")
    return found
