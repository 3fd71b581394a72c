"""What happened after the signature (R34, R41, R44, R49, R14), and starting anew (R50)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, packs
from decisions.care import is_heard
from decisions.domain import drafting, following
from decisions.domain.breaches import UnableToFollowUp, WrongPerson
from decisions.enums import Handling, ReceiptState
from decisions.forms.followup import AfterwardsForm, AmendForm, TellingForm
from decisions.forms.sending import DisclosureForm, ReceiptForm
from decisions.models import Breach, Decision, Disclosure, Draft
from decisions.permissions import check_user_can_follow_up
from decisions.policies import SHARING
from decisions.presenters import followed, records
from decisions.views.followup_page import (
    NOTHING_SHARED,
    NOTHING_SIGNED,
    form_page,
    refused,
    signed_decision,
)
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.documents import Arrived, UnableToKeep, arriving_if
from infosharing.cases.queries import documents_in, people_in
from infosharing.journeys.forms import EvidenceFields, PlainForm
from infosharing.journeys.templatetags.british import british_date


def _attempt(form: PlainForm, verb: Callable[[], object]) -> bool:
    """Do it; an anticipated refusal becomes an error of the form."""
    try:
        verb()
    except following.ToldTooEarly as problem:
        form.add_error("told_on", str(problem))
        return False
    except UnableToFollowUp as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _with_file(form: EvidenceFields, verb: Callable[[Arrived | None], object]) -> bool:
    """Do it with the file that was given, if one was; a wrong file is an error beside its field."""
    try:
        with arriving_if(form.given) as arrived:
            verb(arrived)
    except UnableToFollowUp as problem:
        form.add_error(None, str(problem))
        return False
    except UnableToKeep as problem:
        form.add_error("file", str(problem))
        return False
    return True


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what was sent to one recipient (R34, R41, R42)."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    version = found.version
    if version is None or version.outcome not in SHARING:
        return refused(request, found, NOTHING_SHARED if version else NOTHING_SIGNED)
    recipients = {one.public_id: one for one in version.recipients.order_by("number")}
    items = {
        one.public_id: one
        for one in version.items.exclude(handling=Handling.HOLD_BACK).order_by("number")
    }
    pack = packs.pack_of_version(version)
    only = next(iter(recipients)) if len(recipients) == 1 else request.GET.get("to", "")
    planned_for = recipients.get(only)
    posted = request.method == "POST"
    form = DisclosureForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={
            "recipient": planned_for and only,
            "sent_by": user.name,
            "sent_on": today(),
            "address": planned_for.address if planned_for else "",
        },
        recipients=recipients,
        items=[(key, f"{one.number}. {one.what}") for key, one in items.items()],
        methods=list(pack.methods),
        documents=documents_in(found.case),
        today=today(),
    )
    if form.is_valid():
        said = form.cleaned_data
        done = _with_file(
            form,
            lambda arrived: following.record_disclosure(
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
                taken=form.taken,
                document=form.shown_by,
                arrived=arrived,
                by=user,
                at=timezone.now(),
            ),
        )
        if done:
            heard = is_heard(said["method"])
            ask = "" if heard else " Ask whether it arrived."
            messages.success(request, f"What was sent is recorded.{ask}")
            return redirect("decisions:decision", public_id=public_id)
    planned = [(one.name, followed.planned_words(pack, one)) for one in recipients.values()]
    context = {"page_title": "Record what was sent", "planned": planned}
    return form_page(request, found, form, "decisions/disclosure_new.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record whether what was sent reached who it was meant for (R44)."""
    user: Any = request.user
    disclosure: Disclosure = aftermath.access_disclosure(user, public_id)
    found = disclosure.decision
    check_user_can_follow_up(user, found)
    posted = request.method == "POST"
    form = ReceiptForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        documents=documents_in(found.case),
        sent_on=disclosure.sent_on,
        today=today(),
        heard=bool(disclosure.heard_by),
        breached=hasattr(disclosure, "breach"),
    )
    if form.is_valid():
        said = form.cleaned_data
        wrong = _wrong_person(said) if said["state"] == ReceiptState.WRONG_RECIPIENT else None
        done = _with_file(
            form,
            lambda arrived: following.record_receipt(
                disclosure=disclosure,
                state=ReceiptState(said["state"]),
                known_on=said["known_on"],
                confirmed_by=said["confirmed_by"],
                how=said["how"],
                wrong=wrong,
                document=form.shown_by,
                arrived=arrived,
                by=user,
                at=timezone.now(),
            ),
        )
        if done and wrong:
            messages.success(request, "The breach is recorded. Go on with what is to be done.")
            breach = Breach.objects.get(disclosure=disclosure)
            return redirect("decisions:breach", public_id=breach.public_id)
        if done:
            messages.success(request, "What is known of its arrival is recorded.")
            return redirect("decisions:decision", public_id=found.public_id)
    title = "Record what went wrong" if disclosure.heard_by else "Record whether it arrived"
    context = {"page_title": title, "disclosure": disclosure}
    return form_page(request, found, form, "decisions/receipt_new.html", context, disclosure)


def _wrong_person(said: dict[str, Any]) -> WrongPerson:
    known = timezone.make_aware(datetime.combine(said["known_on"], said["known_time"]))
    return WrongPerson(said["reached"], known, said["contained"])


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def telling_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a person was told, or why not and when to look at it again (R49)."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    if found.version is None:
        return refused(request, found, NOTHING_SIGNED)
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
            later = said["look_again_on"]
            again = f" It comes back to you on {british_date(later)}." if later else ""
            messages.success(request, f"Recorded.{again}")
            return redirect("decisions:decision", public_id=public_id)
    context = {"page_title": "Record whether the person was told"}
    return form_page(request, found, form, "decisions/telling_new.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer the checklist's questions for afterwards, as it was when signed (R14, R54)."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    if found.version is None:
        return refused(request, found, NOTHING_SIGNED)
    pack = packs.pack_of_version(found.version)
    shared = found.outcome in SHARING or found.disclosures.exists()
    questions = [(one.code, one.text) for one in pack.asked_afterwards(shared=shared)]
    if not questions:
        return refused(request, found, "This checklist asks nothing more about this decision.")
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
            for one in followed.afterwards(pack, aftermath.later_of(found), shared=shared)
            if one.latest is not None
        ],
    }
    return form_page(request, found, form, "decisions/afterwards.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start a new version of a signed decision, with a reason; the first stays (R50)."""
    user: Any = request.user
    found = signed_decision(request, public_id)
    version = found.version
    if version is None:
        return refused(request, found, NOTHING_SIGNED)
    review = getattr(version, "review", None)
    asked_for = review is not None and review.returned_by is not None
    form = AmendForm(
        request.POST if request.method == "POST" else None,
        refused=version.outcome not in SHARING and not asked_for,
        today=today(),
    )
    if form.is_valid():
        try:
            draft = _take_up(found, form, user)
        except drafting.UnableToAmend as problem:
            return refused(request, found, str(problem))
        return redirect("decisions:draft", public_id=draft.public_id)
    context = {
        "page_title": "Start a new version",
        "save_text": "Start the new version",
        "review": records.returned(review) if review else None,
        "questions": list(review.questions.order_by("number")) if review else [],
    }
    return form_page(request, found, form, "decisions/decision_amend.html", context)


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
