"""Advice: asked of a colleague, answered by them, reported, or tried in vain (R7, R20, R27)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import typed
from decisions.domain import advising
from decisions.events import DecisionEvent
from decisions.forms import pages_advice
from decisions.masking import Masked
from decisions.models import AdviceRequest, Draft
from decisions.queries import access_advice_request, advice_asked_of, possible_advisers
from decisions.views import draft_desk, wizard
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words
from infosharing.accounts.models import Membership, User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import ADVISING, Role
from infosharing.guidance import codes
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.forms.texts import readable

PAGE = 50
ASKING, SHOW = "Ask a colleague", "Show me what they will see"
BACK, SEND = "back", "send"
WHO_MAY = "A colleague sees your question and who asks, and nothing else of the case."


def _advised(code: str) -> str:
    return codes.words_of(codes.OUTCOMES, code) if code else "Neither: something to think about"


def _address(draft: Draft, request: HttpRequest) -> str:
    found = reverse("decisions:draft-advice", args=[draft.public_id])
    return found + draft_desk.tail(request)


def _works_on(user: User, draft: Draft) -> bool:
    """Whether somebody works on the draft or asked: whoever only looks in does not become one."""
    mine = Q(editors__user=user) | Q(decision__advice_requests__asked_by=user)
    return Draft.objects.filter(mine, pk=draft.pk).exists()


def _unread(desk: wizard.Desk) -> list[str]:
    """Return the ids of the answers given here that nobody has said to have read."""
    material = desk.situation.material
    read = typed.several(typed.page(material.pages, "advice"), "read")
    given = [found.public_id for found in material.advice if not found.reported]
    return [ident for ident in given if ident not in read]


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what was advised, what was asked and who could not be reached, and offer the three.

    POST says that those who work on the draft have read the answers that stand there.
    """
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    desk = draft_desk.desk_of(request, draft)
    material = desk.situation.material
    step = desk.journey.step("advice")
    unread = _unread(desk)
    going_on = desk.links.check if draft_desk.tail(request) else wizard.going_on(desk, step)
    if request.method == "POST":
        seen = [ident for ident in request.POST.getlist("read") if ident in unread]
        if seen:
            read = typed.several(typed.page(material.pages, "advice"), "read")
            kept = desk.storage.page("advice", 0)
            desk.storage.save("advice", 0, {"read": [*read, *seen]}, kept.version if kept else 0)
        return redirect(going_on)
    waiting = draft.decision.advice_requests.filter(answered_at=None).select_related("asked_of")
    tail = draft_desk.tail(request)
    context = {
        **draft_desk.around(draft),
        "heading": "Advice",
        "page_title": f"Advice – {draft.decision.spoken_reference}",
        "given": [
            {
                "advice": found,
                "role": role_words.words(found.role),
                "advised": _advised(found.advised),
            }
            for found in material.advice
        ],
        "tried": [
            {"role": role_words.words(found.role), "tried": found} for found in material.tried
        ],
        "waiting": list(waiting.order_by("asked_at", "id")),
        "wanted": [one.words for one in wizard.advice_missing(desk.situation)],
        "decided": wizard.advice_follows_decision(desk),
        "ask_url": reverse("decisions:draft-advice-ask", args=[draft.public_id]) + tail,
        "report_url": reverse("decisions:draft-advice-report", args=[draft.public_id]) + tail,
        "tried_url": reverse("decisions:draft-advice-tried", args=[draft.public_id]) + tail,
        "panel": desk.panel,
        "back_url": desk.links.check if tail else wizard.going_back(desk, step),
        "continue_to": going_on,
        "continue_text": "Back to checking" if tail else "Continue",
        "unread": unread if _works_on(draft_desk.user_of(request), draft) else [],
    }
    draft_desk.seen(request, draft)
    return render(request, "decisions/advice.html", context)


def _page(
    request: HttpRequest,
    draft: Draft,
    form: PlainForm,
    heading: str,
    save: str,
    intro: list[str],
    status: int | None = None,
) -> HttpResponse:
    desk = draft_desk.desk_of(request, draft)
    context = {
        **draft_desk.around(draft),
        "heading": heading,
        "page_title": f"{heading} – {draft.decision.spoken_reference}",
        "form": form,
        "intro": intro,
        "save_text": save,
        "panel": desk.panel,
        "only_words": True,
        "back_url": _address(draft, request),
        "back_text": "Advice",
    }
    draft_desk.seen(request, draft)
    answered = status or (422 if form.is_bound else 200)
    return render(request, "decisions/advice_form.html", context, status=answered)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask a colleague; those kept from the case are not offered."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    user = draft_desk.user_of(request)
    found = {member.user.public_id: member for member in possible_advisers(draft.decision, user)}
    people = [
        (public_id, f"{member.user.name}, {role_words.words(member.role)}")
        for public_id, member in found.items()
    ]
    form = pages_advice.AskForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and request.POST.get("then") == BACK:
        form = pages_advice.AskForm(request.POST, people=people)
        form.errors.clear()  # what was typed, to be changed; it is checked when it is shown again
        return _page(request, draft, form, ASKING, SHOW, [WHO_MAY], status=200)
    if request.method == "POST" and form.is_valid():
        shown = request.POST.get("shown") if request.POST.get("then") == SEND else None
        seen = advising.as_seen(draft.decision, form.cleaned_data["question"], user)
        if form.anonymous and seen.left:
            form.add_error("question", advising.left_words(seen.left))
        elif shown is None:
            return _as_seen(request, draft, form, seen, found)
        else:
            try:
                advising.ask_for_advice(
                    decision=draft.decision,
                    asked_of=found[form.cleaned_data["asked_of"]].user,
                    question=form.cleaned_data["question"],
                    anonymous=form.anonymous,
                    named_because=form.cleaned_data.get("named_because") or "",
                    shown=readable(shown).replace("\r\n", "\n"),
                    by=user,
                    at=timezone.now(),
                )
            except advising.SeenOtherwise:
                return _as_seen(request, draft, form, seen, found, status=409)
            except advising.UnableToAsk as unable:
                form.add_error("asked_of", str(unable))
            else:
                messages.success(request, "Asked. The answer will stand on this page.")
                return redirect(_address(draft, request))
    return _page(request, draft, form, ASKING, SHOW, [WHO_MAY])


def _as_seen(
    request: HttpRequest,
    draft: Draft,
    form: pages_advice.AskForm,
    seen: Masked,
    found: Mapping[str, Membership],
    status: int = 200,
) -> HttpResponse:
    """Show what the colleague would see, exactly, with the choice to go back; nothing is sent."""
    said = form.cleaned_data
    member = found[said["asked_of"]]
    question = seen.text if form.anonymous else said["question"]
    asked = AdviceRequest(
        question=question,
        anonymous=form.anonymous,
        asked_by=draft_desk.user_of(request),
        asked_at=timezone.now(),
    )
    typed_in = {name: request.POST.get(name, "") for name in form.fields}
    context = {
        **draft_desk.around(draft),
        "heading": "What your colleague will see",
        "page_title": f"What your colleague will see – {draft.decision.spoken_reference}",
        "asked": asked,
        "member": member,
        "role": role_words.words(member.role),
        "replaced": seen.replaced if form.anonymous else 0,
        "carry": {**typed_in, "shown": question},
        "changed": status != HTTPStatus.OK,
        "panel": draft_desk.desk_of(request, draft).panel,
        "back_url": _address(draft, request),
        "back_text": "Advice",
    }
    draft_desk.seen(request, draft)
    return render(request, "decisions/advice_preview.html", context, status=status)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down advice that somebody gave elsewhere; it is kept as reported."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    form = pages_advice.ReportForm(
        request.POST if request.method == "POST" else None, today=today()
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            advising.report_advice(
                decision=draft.decision,
                adviser=said["adviser"],
                role=Role(said["role"]),
                given_on=said["given_on"],
                anonymous=not said["named"],
                advised=pages_advice.advised_code(said["advised"]),
                words=said["words"],
                by=draft_desk.user_of(request),
                at=timezone.now(),
            )
        except advising.UnableToAdvise as unable:
            form.add_error("given_on", str(unable))
        else:
            messages.success(request, "Advice recorded.")
            return redirect(_address(draft, request))
    intro = ["The record says that you reported it, and not that they gave it here."]
    return _page(request, draft, form, "Write down advice you were given", "Record it", intro)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def tried(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down that somebody could not be reached, so that nothing waits for them."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    form = pages_advice.TriedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        advising.record_advice_tried(
            decision=draft.decision,
            role=Role(form.cleaned_data["role"]),
            how=form.cleaned_data["how"],
            by=draft_desk.user_of(request),
            at=timezone.now(),
        )
        messages.success(request, "Recorded. You can go on without their advice.")
        return redirect(_address(draft, request))
    intro = ["Advice never holds up a child. Say how you tried, and go on."]
    return _page(request, draft, form, "Nobody could be reached", "Record it", intro)


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def asked_of_me(request: HttpRequest) -> HttpResponse:
    """List the questions put to whoever asks; those not answered yet come first."""
    user = draft_desk.user_of(request)
    rows = advice_asked_of(user)
    waiting = rows.filter(answered_at=None).order_by("asked_at", "id")[:PAGE]
    answered = Paginator(
        rows.exclude(answered_at=None).order_by("-answered_at", "-id"), PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "waiting": list(waiting),
        "answered": answered,
        "newer_url": f"?page={answered.previous_page_number()}" if answered.has_previous() else "",
        "older_url": f"?page={answered.next_page_number()}" if answered.has_next() else "",
        "page_title": "Questions to you",
    }
    sights.record(request, DecisionEvent.LIST_SEEN)
    return render(request, "decisions/advice_list.html", context)


def _roles(user: User, asked: AdviceRequest) -> list[tuple[str, str]]:
    held = standing(user).roles_in(asked.decision.organisation_id)
    return [(str(role), role_words.words(role)) for role in held if role in ADVISING]


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a question to the colleague asked, and nothing else of the case; keep the answer."""
    user = draft_desk.user_of(request)
    asked = access_advice_request(user, public_id)
    roles = _roles(user, asked)
    form = pages_advice.AnswerForm(request.POST if request.method == "POST" else None, roles=roles)
    if asked.answered_at is not None:
        if request.method == "POST":
            return redirect("decisions:advice-answer", asked.public_id)
        return _question(request, asked, None)
    if request.method == "POST" and form.is_valid():
        try:
            advising.give_advice(
                request=asked,
                role=Role(form.cleaned_data["role"]),
                advised=pages_advice.advised_code(form.cleaned_data["advised"]),
                words=form.cleaned_data["words"],
                by=user,
                at=timezone.now(),
            )
        except advising.UnableToAdvise as unable:
            form.add_error("role", str(unable))
        else:
            messages.success(request, f"Thank you. {asked.asked_by.name} can read your advice.")
            return redirect("decisions:advice-list")
    return _question(request, asked, form)


def _question(request: HttpRequest, asked: AdviceRequest, form: PlainForm | None) -> HttpResponse:
    given: Any = None
    if form is None:
        given = getattr(asked, "answer", None)
        if given is None:
            raise Http404
    context = {
        "asked": asked,
        "form": form,
        "given": given,
        "advised": _advised(given.advised) if given else "",
        "page_title": "A question to you",
        "heading": "A colleague asks for your advice",
        "save_text": "Give this advice",
        "back_url": reverse("decisions:advice-list"),
        "back_text": "Questions to you",
    }
    sights.record(
        request,
        DecisionEvent.ADVICE_SEEN,
        organisation=asked.decision.organisation,
        case=asked.decision.case,
        about=asked,
    )
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "decisions/advice_answer.html", context, status=status)
