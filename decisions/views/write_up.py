"""What an emergency left to be written up: each line leads to the page where it is done (R19)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.domain import writing_up
from decisions.events import DecisionEvent
from decisions.facts import Material, draft_pages
from decisions.models import Decision
from decisions.packs import kept_pack
from decisions.permissions import check_user_can_follow_up
from decisions.policies import Incomplete, in_guide
from decisions.presenters import times
from decisions.presenters.guidance import gathered
from decisions.presenters.records import left_and_pack
from decisions.views import draft_desk
from decisions.views.likely import likely_already
from decisions.views.records import breadcrumbs
from decisions.views.requests import signed_in
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.queries import working_days
from infosharing.guidance.pack import Pack


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def write_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is left to be written up; then start at one of its pages.

    Where somebody has started, the list of the pages says what is left and what is done.
    """
    user = signed_in(request)
    found = queries.access_decision(user, public_id)
    check_user_can_follow_up(user, found)
    if request.method != "POST" and found.write_up_due is not None:
        begun_here = found.drafts.filter(closed_at=None).first()
        if begun_here is None:
            return _left(request, user, found)
        return redirect("decisions:draft", begun_here.public_id)
    try:
        draft = writing_up.start_write_up(decision=found, by=user, at=timezone.now())
    except writing_up.NothingToWriteUp:
        messages.info(request, "Nothing is left to be written up.")
        return redirect("decisions:decision", found.public_id)
    except writing_up.WritingUpAlready as begun:
        draft = begun.draft
    wanted = request.POST.get("page", "")
    page, index = next(
        ((page, index) for page, index in _places(found) if _button(page, index) == wanted), ("", 0)
    )
    links = draft_desk.DraftLinks(draft)
    return redirect(links.page(page, index) if page else links.tasks)


def _signed_without(decision: Decision) -> tuple[list[Incomplete], Pack]:
    """Return what the version in force left open, each with its page, and its checklist."""
    version = decision.version
    assert version is not None  # noqa: S101 - only what is signed leaves anything
    codes, digest = left_and_pack(version)
    pack = kept_pack(digest)
    pages = draft_pages(version.draft)
    material = Material(request=decision.request, pages=pages, pack=pack, on=today())
    return [in_guide(code, material) for code in codes], pack


def _places(decision: Decision) -> set[tuple[str, int]]:
    return {(one.page, one.index) for one in _signed_without(decision)[0]}


def _button(page: str, index: int) -> str:
    """Return the value of the button that begins the write-up at a page."""
    return f"{page}:{index}"


def _left(request: HttpRequest, user: User, decision: Decision) -> HttpResponse:
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=decision,
    )
    left, pack = _signed_without(decision)
    context = {
        "page_title": "Write up the rest",
        "caption": f"Decision {decision.spoken_reference}",
        "breadcrumbs": breadcrumbs(decision),
        "write_up": times.write_up(
            decision, timezone.now(), working_days(decision.organisation_id)
        ),
        "decision": decision,
        "likely": likely_already(user, decision).anything,
        "left": gathered(left, pack, _button),
    }
    return render(request, "decisions/write_up.html", context)
