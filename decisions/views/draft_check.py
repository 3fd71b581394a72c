"""Check your answers, and signing: once, what was shown (R45, R51)."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from decisions import policies
from decisions.domain import signing
from decisions.models import Draft, SignedVersion
from decisions.needs import need_of_data, rules_with
from decisions.presenters.again import again
from decisions.presenters.guidance import mends
from decisions.presenters.records import need_words
from decisions.signed_body import prepare
from decisions.views import draft_desk, wizard_lists, wizard_page
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show everything as it would be signed, with what is missing."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    return _check(request, draft)


def _check(
    request: HttpRequest, draft: Draft, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    desk = draft_desk.desk_of(request, draft)
    situation = desk.situation
    prepared = signing.with_need(prepare(situation.material), draft.decision, rules_with(draft))
    links = draft_desk.DraftLinks(draft, from_check=True)
    desk = replace(desk, links=links)
    missing = mends(desk.missing, links.page)
    role = situation.material.role
    worked_on_it = bool(vars(draft)["worked_on"])
    why_not = ""
    if not worked_on_it:
        why_not = "Only somebody who worked on this draft can sign it."
    elif missing:
        why_not = "It can be signed once nothing is left on the list above."
    context = {
        **draft_desk.around(draft),
        "heading": "Check what you have written",
        "page_title": f"Check – {draft.decision.spoken_reference}",
        "cards": wizard_lists.cards(desk, prepared),
        "remarks": wizard_page.remarks_on(desk),
        "missing": missing,
        "open_questions": [
            f"{one.name} was asked on {one.day} and has not answered yet."
            for one in situation.material.sought.open
        ],
        "advice_url": links.page("advice"),
        "later": mends(desk.later, links.page),
        "need": need_words(need_of_data(prepared.need)),
        "why_not": why_not,
        "action": reverse("decisions:draft-sign", args=[draft.public_id]),
        "carry": {"seen": prepared.seen},
        "save_text": "Sign",
        "again": again(situation.material, links.page),
        "declaration": {
            "title": "What signing means",
            "text": f"You sign as {role_words.words(role)}. "
            "What you see on this page is kept exactly like this and cannot be changed; a "
            "change later is a new version beside it. Nothing is sent by signing: send it "
            "yourself, then record what went out and whether it arrived.",
        }
        if role
        else None,
        "panel": desk.panel,
        "sentence": sentence,
        "back_url": desk.links.tasks,
        "back_text": "All pages",
        "links": [{"text": "Leave it for now", "url": desk.links.tasks}],
    }
    draft_desk.seen(request, draft)
    return render(request, "decisions/draft_check.html", context, status=status)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_POST
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign what was shown, once, whatever is double-clicked or replayed."""
    draft = draft_desk.open_draft(request, public_id)
    try:
        version = signing.sign(
            draft=draft,
            seen=request.POST.get("seen", ""),
            by=draft_desk.user_of(request),
            at=timezone.now(),
        )
    except policies.AlreadySigned:
        return draft_desk.to_decision(draft)
    except policies.ChangedSinceShown:
        return _check(
            request,
            draft,
            status=409,
            sentence="Something has changed since this page was shown to you: somebody may have "
            "typed, or a new day or a new answer counts. Read it again, then sign.",
        )
    except policies.StillIncomplete:
        return _check(
            request, draft, status=422, sentence="It cannot be signed yet: see what is missing."
        )
    messages.success(request, _signed(version))
    return draft_desk.to_decision(draft)


def _signed(version: SignedVersion) -> str:
    """Return what comes next: what an earlier version sent is not to be sent once more."""
    shares = version.outcome in policies.SHARING
    if not version.decision.disclosures.exists():
        if shares:
            return "Signed. Now send it, and record what you sent."
        return "Signed. Nothing is sent."
    already = f"Signed as version {version.number}. Something was sent under an earlier version"
    if shares:
        return f"{already}: below is to whom, and what is new and still to be sent."
    return f"{already}, and this one does not share: below is who has what."
