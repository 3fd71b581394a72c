"""Reviewing a signed version: agree, or return it with what to change (R57)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import aftermath, queries
from decisions.domain import reviewing
from decisions.enums import ReviewOutcome
from decisions.events import DecisionEvent
from decisions.forms.reviews import ASK, ReviewForm
from decisions.models import Decision, SignedVersion
from decisions.permissions import check_user_can_review, reviewing_roles
from decisions.policies import NotSigned, check_is_signed
from decisions.presenters import followed, records
from decisions.views.records import breadcrumbs
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import today
from infosharing.accounts.roles import Role

CHANGED = (
    "This decision was signed anew, or reviewed by somebody else, since you opened it. "
    "Nothing was recorded. Below is how it stands now."
)


def _page(
    request: HttpRequest,
    found: Decision,
    form: ReviewForm | None,
    *,
    notice: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    version = check_is_signed(found)
    review = getattr(version, "review", None)
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=version,
    )
    signed = records.signed(version)
    earlier = queries.version_before(version)
    before = records.signed(earlier) if earlier else None
    context = {
        "decision": found,
        "page_title": f"Review decision {found.spoken_reference}",
        "breadcrumbs": breadcrumbs(found),
        "signed": signed,
        "asking": [
            (section, form.beside[section.code] if form else None) for section in signed.sections
        ],
        "changes": records.changes(before, signed) if before else None,
        "before": before,
        "review": records.reviewed(review) if review else None,
        "form": form,
        "notice": notice,
        "sent": followed.sent(aftermath.sent_of(found), signed.pack, today()),
    }
    return render(request, "decisions/review.html", context, status=status)


@requires(Access.REVIEWER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the version in force and take what the reviewer says of exactly that version.

    Answers 409 with the page as it is now when something else was signed or reviewed since.
    """
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    try:
        version = check_is_signed(found)
    except NotSigned:
        return redirect("decisions:decision", public_id=public_id)
    version.decision = found  # it has been fetched: not once more
    check_user_can_review(user, version)
    roles = [(str(role), str(role.label)) for role in reviewing_roles(user, found.organisation_id)]
    parts = [(section.code, section.title) for section in records.signed(version).sections]
    fresh = ReviewForm(roles=roles, parts=parts, initial={"shown": version.digest})
    if request.method != "POST":
        return _page(request, found, None if hasattr(version, "review") else fresh)
    form = ReviewForm(request.POST, roles=roles, parts=parts)
    if not form.is_valid():
        if form.data.get("shown") != version.digest or hasattr(version, "review"):
            return _stale(request, public_id, roles)
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        reviewing.review(
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
    agreed = said["outcome"] == ReviewOutcome.AGREED
    messages.success(
        request,
        "Your review is recorded: agreed."
        if agreed
        else "The decision is returned. Whoever signed it finds it in their work.",
    )
    return redirect("decisions:decision", public_id=public_id)


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
    """Show the page again as it is now; what was typed is kept for the new version.

    The same review sent twice is one review: the second click leads where the first did.
    """
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    version = check_is_signed(found)
    made = getattr(version, "review", None)
    if made and (made.reviewer_id, made.shown, made.outcome) == (
        user.pk,
        request.POST.get("shown"),
        request.POST.get("outcome"),
    ):
        return redirect("decisions:decision", public_id=public_id)
    parts = [(section.code, section.title) for section in records.signed(version).sections]
    names = ["comment", "change", *(f"{ASK}{code}" for code, _title in parts)]
    kept = {name: request.POST.get(name, "") for name in names}
    form = ReviewForm(roles=roles, parts=parts, initial={**kept, "shown": version.digest})
    return _page(
        request,
        found,
        None if made else form,
        notice=CHANGED,
        status=HTTPStatus.CONFLICT,
    )
