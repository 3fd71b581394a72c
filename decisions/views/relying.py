"""Consent changed after a decision was signed: what changed, and what was done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, queries, relying
from decisions.domain.relying import NothingChanged, answer_consent_change
from decisions.enums import Reaction
from decisions.events import DecisionEvent
from decisions.forms.relying import ReactionForm
from decisions.permissions import check_user_can_follow_up
from decisions.policies import ChangedSinceShown, check_is_signed
from decisions.presenters import followed, records
from decisions.presenters.relying import shown
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import today


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_changed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what was done about a change of consent; anything that changed since is shown first."""
    user: Any = request.user
    decision = queries.access_decision(user, public_id)
    check_user_can_follow_up(user, decision)
    changes = relying.changes_of(decision)
    if not changes.open:
        messages.info(request, "No change of consent waits for an answer here.")
        return redirect("decisions:decision", public_id)
    status, sentence = 200, ""
    form = ReactionForm(request.POST) if request.method == "POST" else ReactionForm()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            done = Reaction(form.cleaned_data["done"])
            try:
                answer_consent_change(
                    decision=decision,
                    done=done,
                    words=form.cleaned_data["words"],
                    seen=request.POST.get("seen", ""),
                    by=user,
                    at=timezone.now(),
                )
            except ChangedSinceShown:
                status = 409
                sentence = "Something else has changed since this page was shown to you. Read it."
            except NothingChanged:
                return redirect("decisions:decision", public_id)
            else:
                messages.success(request, "It is recorded what you did.")
                to = "amend" if done == Reaction.LOOKED_AGAIN else "decision"
                return redirect(f"decisions:{to}", public_id)
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=decision,
    )
    signed = records.signed(check_is_signed(decision))
    sendings = followed.sent(aftermath.sent_of(decision), signed.pack, today())
    context = {
        "form": form,
        "sent": sendings,
        "not_sent_to": followed.nothing_sent_to(signed.recipients, sendings),
        "decision": decision,
        "sentence": sentence,
        "changes": shown(changes.open),
        "carry": {"seen": changes.shown},
        "caption": f"Decision {decision.spoken_reference}",
        "heading": "Consent has changed since this was signed",
        "page_title": f"Decision {decision.spoken_reference}: consent has changed",
        "save_text": "Record what you did",
        "back_url": reverse("decisions:decision", args=[public_id]),
        "back_text": "The decision",
    }
    return render(request, "decisions/consent_changed.html", context, status=status)
