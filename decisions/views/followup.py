"""What happened after the signature (R34, R41, R44, R49, R14), and starting anew (R50)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import packs, queries
from decisions.domain import drafting, following
from decisions.enums import Handling, ReceiptState, ReviewOutcome
from decisions.events import DecisionEvent
from decisions.forms.followup import (
    AfterwardsForm,
    AmendForm,
    DisclosureForm,
    ReceiptForm,
    TellingForm,
)
from decisions.models import Decision, Disclosure, Draft
from decisions.permissions import check_user_can_follow_up
from decisions.policies import SHARING
from decisions.presenters import records
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.queries import people_in
from infosharing.journeys.forms import PlainForm

NOTHING_SIGNED = "Nothing has been signed yet, so nothing can follow it."
NOTHING_SHARED = "The decision is not to share: nothing is sent."


def _page(
    request: HttpRequest,
    decision: Decision,
    form: PlainForm,
    template: str,
    context: dict[str, Any],
    about: Any = None,
) -> HttpResponse:
    """Show a form about a decision; 422 when it was filled in and something is wrong."""
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=about or decision,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    back = reverse("decisions:decision", args=[decision.public_id])
    shown = {
        "decision": decision,
        "breadcrumbs": breadcrumbs(decision),
        "caption": f"Decision {decision.spoken_reference}",
        "heading": context["page_title"],
        "save_text": "Save",
        "links": [{"text": "Leave without saving", "url": back}],
        "form": form,
        **context,
    }
    return render(request, template, shown, status=status)


def _signed(request: HttpRequest, public_id: str) -> Decision:
    """Return a decision that the user may follow up.

    :raises Http404: for one the user cannot see.
    :raises PermissionDenied: for those who only read.
    """
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    check_user_can_follow_up(user, found)
    return found


def _refused(request: HttpRequest, decision: Decision, sentence: str) -> HttpResponse:
    """Lead back to the decision, with the sentence that says why."""
    messages.error(request, sentence)
    return redirect("decisions:decision", public_id=decision.public_id)


def _attempt(form: PlainForm, verb: Callable[[], object]) -> bool:
    """Do it; an anticipated refusal becomes an error of the form."""
    try:
        verb()
    except following.UnableToFollowUp as problem:
        form.add_error(None, str(problem))
        return False
    return True


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what was sent to one recipient (R34, R41, R42)."""
    user: Any = request.user
    found = _signed(request, public_id)
    version = found.version
    if version is None or version.outcome not in SHARING:
        return _refused(request, found, NOTHING_SHARED if version else NOTHING_SIGNED)
    recipients = {one.public_id: one for one in version.recipients.order_by("number")}
    items = {
        one.public_id: one
        for one in version.items.exclude(handling=Handling.HOLD_BACK).order_by("number")
    }
    pack = packs.pack_of_version(version)
    only = next(iter(recipients)) if len(recipients) == 1 else None
    form = DisclosureForm(
        request.POST if request.method == "POST" else None,
        initial={"recipient": only, "sent_by": user.name},
        recipients=[
            (key, ", ".join(filter(None, (one.name, one.organisation))))
            for key, one in recipients.items()
        ],
        items=[(key, f"{one.number}. {one.what}") for key, one in items.items()],
        methods=list(pack.methods),
        today=today(),
    )
    if form.is_valid():
        said = form.cleaned_data
        done = _attempt(
            form,
            lambda: following.record_disclosure(
                decision=found,
                recipient=recipients[said["recipient"]],
                items=[items[key] for key in said["items"]],
                sent_on=said["sent_on"],
                sent_time=said["sent_time"],
                method=said["method"],
                address=said["address"],
                sent_by=said["sent_by"],
                told_confidential=said["told_confidential"],
                note=said["note"],
                by=user,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, "What was sent is recorded. Ask whether it arrived.")
            return redirect("decisions:decision", public_id=public_id)
    planned = [
        (
            one.name,
            records.method_words(pack, one.method) + (f", {one.address}" if one.address else ""),
        )
        for one in recipients.values()
    ]
    context = {"page_title": "Record what was sent", "planned": planned}
    return _page(request, found, form, "decisions/disclosure_new.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record whether what was sent reached who it was meant for (R44)."""
    user: Any = request.user
    disclosure: Disclosure = queries.access_disclosure(user, public_id)
    found = disclosure.decision
    check_user_can_follow_up(user, found)
    form = ReceiptForm(
        request.POST if request.method == "POST" else None,
        sent_on=disclosure.sent_on,
        today=today(),
    )
    if form.is_valid():
        said = form.cleaned_data
        done = _attempt(
            form,
            lambda: following.record_receipt(
                disclosure=disclosure,
                state=ReceiptState(said["state"]),
                known_on=said["known_on"],
                confirmed_by=said["confirmed_by"],
                how=said["how"],
                by=user,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, "The receipt is recorded.")
            return redirect("decisions:decision", public_id=found.public_id)
    context = {"page_title": "Record whether it arrived", "disclosure": disclosure}
    return _page(request, found, form, "decisions/receipt_new.html", context, disclosure)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def telling_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a person was told, or why not and when to look at it again (R49)."""
    user: Any = request.user
    found = _signed(request, public_id)
    if found.version is None:
        return _refused(request, found, NOTHING_SIGNED)
    named = {person["id"] for person in records.signed(found.version).people}
    everybody = [part.person for part in people_in(found.case)]
    people = {one.public_id: one for one in everybody if one.public_id in named} or {
        one.public_id: one for one in everybody
    }
    only = next(iter(people)) if len(people) == 1 else None
    form = TellingForm(
        request.POST if request.method == "POST" else None,
        initial={"person": only, "told_by": user.name},
        people=[(key, one.name) for key, one in people.items()],
        today=today(),
    )
    if form.is_valid():
        said = form.cleaned_data
        done = _attempt(
            form,
            lambda: following.record_telling(
                decision=found,
                person=people[said["person"]],
                told=said["told"],
                told_on=said["told_on"],
                told_who=said["told_who"],
                told_by=said["told_by"],
                how=said["how"],
                why_not=said["why_not"],
                look_again_on=said["look_again_on"],
                by=user,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, "It is recorded.")
            return redirect("decisions:decision", public_id=public_id)
    context = {"page_title": "Record whether the person was told"}
    return _page(request, found, form, "decisions/telling_new.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer the checklist's questions for afterwards, as it was when signed (R14, R54)."""
    user: Any = request.user
    found = _signed(request, public_id)
    if found.version is None:
        return _refused(request, found, NOTHING_SIGNED)
    pack = packs.pack_of_version(found.version)
    questions = [(one.code, one.text) for one in pack.questions_at("after")]
    if not questions:
        return _refused(request, found, "This checklist asks nothing afterwards.")
    form = AfterwardsForm(request.POST if request.method == "POST" else None, questions=questions)
    if form.is_valid():
        said = form.cleaned_data
        done = _attempt(
            form,
            lambda: following.answer_all_afterwards(
                decision=found,
                answers=[
                    following.Answered(code, said[f"answer_{code}"], said[f"note_{code}"])
                    for code, _text in questions
                    if said[f"answer_{code}"]
                ],
                by=user,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, "The answers are recorded.")
            return redirect("decisions:decision", public_id=public_id)
    context = {
        "page_title": "Questions for afterwards",
        "given": [
            one
            for one in records.afterwards(pack, queries.after_answers_of(found))
            if one.latest is not None
        ],
    }
    return _page(request, found, form, "decisions/afterwards.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start a new version of a signed decision, with a reason; the first stays (R50)."""
    user: Any = request.user
    found = _signed(request, public_id)
    version = found.version
    if version is None:
        return _refused(request, found, NOTHING_SIGNED)
    review = getattr(version, "review", None)
    asked_for = review is not None and review.outcome == ReviewOutcome.RETURNED
    form = AmendForm(
        request.POST if request.method == "POST" else None,
        refused=version.outcome not in SHARING and not asked_for,
        today=today(),
    )
    if form.is_valid():
        try:
            draft = _take_up(found, form, user)
        except drafting.UnableToAmend as problem:
            return _refused(request, found, str(problem))
        return redirect("decisions:draft", public_id=draft.public_id)
    context = {
        "page_title": "Start a new version",
        "save_text": "Start the new version",
        "review": records.reviewed(review) if review else None,
        "questions": list(review.questions.order_by("number")) if review else [],
    }
    return _page(request, found, form, "decisions/decision_amend.html", context)


def _take_up(found: Decision, form: AmendForm, by: User) -> Draft:
    said, now = form.cleaned_data, timezone.now()
    if not form.reopens:
        return drafting.start_amendment(decision=found, reason=said["reason"], by=by, at=now)
    return drafting.reopen(
        decision=found,
        what_is_new=said["what_is_new"],
        known_on=said["known_on"],
        known_from=said["known_from"],
        by=by,
        at=now,
    )
