"""Reviewing a signed version: agree, return it, or disagree; answering; looking back (R57, R19)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, queries
from decisions.domain import reviewing
from decisions.enums import LookedBack, ReviewOutcome, ReviewState
from decisions.events import DecisionEvent
from decisions.forms.reviews import ASK, LookBackForm, ReplyForm, ReviewForm
from decisions.models import Decision, Review, SecondReview, SignedVersion
from decisions.permissions import (
    check_user_can_look_back,
    check_user_can_reply,
    check_user_can_review,
    reviewing_roles,
)
from decisions.policies import NotSigned, check_is_signed
from decisions.presenters import followed, records
from decisions.presenters.relying import since_signed
from decisions.presenters.requests import due_on
from decisions.views.followup_page import form_page, refused
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import Role

CHANGED = (
    "Something has come to this decision since you opened it: it was signed anew, reviewed, or "
    "something was sent, received or told, or a name was changed. Nothing was recorded. Below is "
    "how it stands now."
)


def _shown(request: HttpRequest, found: Decision) -> tuple[str, dict[str, Any]]:
    """Return what a reviewer reads of a decision, and the digest of exactly that."""
    version = check_is_signed(found)
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=version,
    )
    signed = records.signed(version)
    earlier = queries.version_before(version, asked=False)
    before = records.signed(earlier) if earlier else None
    since = aftermath.since_of(found)
    review: Review | None = getattr(version, "review", None)
    looked = getattr(found, "look_back", None)
    return aftermath.digest_of(found, since), {
        "decision": found,
        "breadcrumbs": breadcrumbs(found),
        "signed": signed,
        "changes": records.changes(before, signed) if before else None,
        "before": before,
        "review": records.reviewed(review) if review else None,
        "look_back": records.looked_back(looked) if looked else None,
        **followed.followed(found, signed, today(), since),
        **since_signed(since.consent),
    }


def _open(request: HttpRequest, public_id: str) -> tuple[Decision, SignedVersion]:
    """Return a decision and its version in force.

    :raises Http404: alike for absent and invisible.
    :raises NotSigned: while it is being drafted.
    """
    found = queries.access_record(request.user, public_id)  # type: ignore[arg-type]
    version = check_is_signed(found)
    version.decision = found  # it has been fetched: not once more
    return found, version


def _roles(user: User, found: Decision) -> list[tuple[str, str]]:
    """Return the roles in which a user reviews there, with whose place they take."""
    stand = standing(user)
    choices = []
    for role in reviewing_roles(user, found.organisation_id):
        other = stand.in_place_of(found.organisation_id, role)
        choices.append((str(role), role_words.acting_words(role, other.name if other else "")))
    return choices


def _takes_review(found: Decision, version: SignedVersion) -> bool:
    return not hasattr(version, "review") or found.review_state == ReviewState.SECOND


def _page(
    request: HttpRequest,
    found: Decision,
    form: ReviewForm | None,
    *,
    notice: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown, context = _shown(request, found)
    if form is not None:
        form.initial["shown"] = shown
    second = found.review_state == ReviewState.SECOND
    context |= {
        "page_title": f"Review decision {found.spoken_reference}",
        "asking": [
            (section, form.beside[section.code] if form else None)
            for section in context["signed"].sections
        ],
        "form": form,
        "notice": notice,
        "second": second and form is not None,
    }
    return render(request, "decisions/review.html", context, status=status)


@requires(Access.REVIEWER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the version in force with what followed it, and take what is said of exactly that.

    Answers 409 with the page as it is now when anything came to it since.
    """
    user: Any = request.user
    try:
        found, version = _open(request, public_id)
    except NotSigned:
        return redirect("decisions:decision", public_id=public_id)
    if request.method == "POST" and _said_already(request, version):
        return redirect("decisions:decision", public_id=public_id)
    check_user_can_review(user, version)
    roles = _roles(user, found)
    parts = [(section.code, section.title) for section in records.signed(version).sections]
    if request.method != "POST":
        takes = _takes_review(found, version)
        return _page(request, found, ReviewForm(roles=roles, parts=parts) if takes else None)
    form = ReviewForm(request.POST, roles=roles, parts=parts)
    if not form.is_valid():
        since = aftermath.since_of(found)
        if form.data.get("shown") != aftermath.digest_of(found, since):
            return _stale(request, public_id, roles)
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        made = reviewing.review(
            decision=found,
            shown=said["shown"],
            outcome=ReviewOutcome(said["outcome"]),
            words=form.words,
            role=Role(said.get("role") or roles[0][0]),
            by=user,
            at=timezone.now(),
            questions=_questions(version, form),
        )
    except reviewing.ReviewIsStale:
        return _stale(request, public_id, roles)
    except reviewing.UnableToReview as problem:
        form.add_error(None, str(problem))
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _recorded(made, version))
    return redirect("decisions:decision", public_id=public_id)


def _recorded(made: Review | SecondReview, version: SignedVersion) -> str:
    if made.outcome == ReviewOutcome.RETURNED:
        return "The decision is returned. Whoever signed it finds it in their work."
    second = " Somebody else reviews it too." if _is_first(made) and version.second_because else ""
    if made.outcome == ReviewOutcome.DISAGREED:
        return (
            "Your review is recorded: not agreed. The decision stands, and whoever signed it is "
            f"asked to read why.{second}"
        )
    return f"Your review is recorded: agreed.{second}"


def _said_already(request: HttpRequest, version: SignedVersion) -> bool:
    """Whether this very review was recorded: the second click leads where the first did."""
    user: Any = request.user
    made: Review | None = getattr(version, "review", None)
    sent = (user.pk, request.POST.get("shown"), request.POST.get("outcome"))
    return any(
        (one.reviewer_id, one.shown, one.outcome) == sent for one in (made.said if made else ())
    )


def _is_first(made: Review | SecondReview) -> bool:
    return isinstance(made, Review)


def _questions(version: SignedVersion, form: ReviewForm) -> list[reviewing.Asked]:
    """Return what is asked, tied to the pages that change the parts it is about."""
    sections = {section.code: section for section in records.signed(version).sections}
    return [
        reviewing.Asked(
            words=words,
            place=sections[code].title,
            page=sections[code].page,
            index=sections[code].index,
        )
        for code, words in form.asked.items()
    ]


def _stale(request: HttpRequest, public_id: str, roles: list[tuple[str, str]]) -> HttpResponse:
    """Show the page again as it is now; what was typed is kept for it."""
    user: Any = request.user
    found, version = _open(request, public_id)
    if _said_already(request, version):
        return redirect("decisions:decision", public_id=public_id)
    check_user_can_review(user, version)
    parts = [(section.code, section.title) for section in records.signed(version).sections]
    names = ["role", "comment", "change", "why_not", *(f"{ASK}{code}" for code, _title in parts)]
    kept = {name: request.POST.get(name, "") for name in names}
    form = ReviewForm(roles=roles, parts=parts, initial=kept)
    return _page(
        request,
        found,
        form if _takes_review(found, version) else None,
        notice=CHANGED,
        status=HTTPStatus.CONFLICT,
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def disagreement(request: HttpRequest, public_id: str, which: str) -> HttpResponse:
    """Show the author why a reviewer does not agree, and take that they have read it."""
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    check_user_can_reply(user, found)
    review: Review | None = getattr(found.version, "review", None)
    said = records.reviewed(review) if review else None
    one = said if which == "first" or said is None else said.second
    if one is None or not one.disagreed:
        raise Http404
    if one.reply:
        return refused(request, found, "You have answered this. It stands below the review.")
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reviewing.answer_disagreement(
                decision=found,
                to_second=which == "second",
                words=form.cleaned_data["words"],
                by=user,
                at=timezone.now(),
            )
        except reviewing.UnableToReview as problem:
            return refused(request, found, str(problem))
        messages.success(request, "It is on record that you have read it.")
        return redirect("decisions:decision", public_id=public_id)
    context = {
        "page_title": "Not agreed by the reviewer",
        "save_text": "I have read this",
        "review": one,
    }
    return form_page(request, found, form, "decisions/disagreement.html", context)


@requires(Access.REVIEWER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an emergency with all that came of it, and take what is found, looking back.

    Answers 409 with the page as it is now when anything came to it since.
    """
    user: Any = request.user
    try:
        found, version = _open(request, public_id)
    except NotSigned:
        return redirect("decisions:decision", public_id=public_id)
    check_user_can_look_back(user, version)
    if found.look_back_due is None:
        done = hasattr(found, "look_back")
        words = "Somebody has looked back at this already." if done else "This was no emergency."
        return refused(request, found, words)
    roles = _roles(user, found)
    if request.method != "POST":
        return _look_back_page(request, found, LookBackForm(roles=roles))
    form = LookBackForm(request.POST, roles=roles)
    if not form.is_valid():
        return _look_back_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        reviewing.look_back(
            decision=found,
            shown=said["shown"],
            found=LookedBack(said["found"]),
            findings=said["findings"],
            to_change=said["to_change"],
            role=Role(said.get("role") or roles[0][0]),
            by=user,
            at=timezone.now(),
        )
    except reviewing.ReviewIsStale:
        now, _version = _open(request, public_id)
        if now.look_back_due is None:
            return refused(request, now, "Somebody has looked back at this already.")
        kept = {name: said.get(name) for name in ("role", "found", "findings", "to_change")}
        return _look_back_page(
            request,
            now,
            LookBackForm(roles=roles, initial=kept),
            notice=CHANGED,
            status=HTTPStatus.CONFLICT,
        )
    messages.success(request, "The look back is recorded.")
    return redirect("decisions:decision", public_id=public_id)


def _look_back_page(
    request: HttpRequest,
    found: Decision,
    form: LookBackForm,
    *,
    notice: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown, context = _shown(request, found)
    form.initial["shown"] = shown
    context |= {
        "page_title": f"Look back at emergency {found.spoken_reference}",
        "form": form,
        "notice": notice,
        "due": due_on(found.look_back_due) if found.look_back_due else "",
    }
    return render(request, "decisions/look_back.html", context, status=status)
