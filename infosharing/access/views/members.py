"""The administrator's pages: who is a member in which role, and who is invited."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from infosharing.access import presenters, queries, sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.domain import members as domain
from infosharing.access.events import AccessEvent
from infosharing.access.forms.members import ChecklistForm, InviteForm
from infosharing.access.links import invitation_link, send_invitation
from infosharing.access.views.organisation import address, chosen
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.accounts.roles import DESCRIPTIONS, Role

PAGE = 50
MADE = "access:invitation_made"


@requires(Access.ADMINISTRATOR, shows=Shows.LIST)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Show who has which role, who is invited, or with ``?show=ended`` which roles have ended."""
    user: User = request.user  # type: ignore[assignment]
    organisation = chosen(request)
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=organisation)
    ended = request.GET.get("show") == "ended"
    rows = queries.roles_ended(organisation) if ended else queries.roles_held(organisation)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown: dict[str, str] = {"show": "ended"} if ended else {}

    def turn(number: int) -> str:
        return address("access:members", organisation, request, **shown, page=str(number))

    context: dict[str, Any] = {
        "organisation": organisation,
        "others": [
            {"name": one.name, "url": address("access:members", one, request)}
            for one in queries.administered(user)
            if one != organisation
        ],
        "ended": ended,
        "count": page.paginator.count,
        "headers": presenters.ENDED if ended else presenters.HELD,
        "rows": presenters.ended_rows(page.object_list)
        if ended
        else presenters.held_rows(page.object_list, user, today()),
        "newer_url": turn(page.previous_page_number()) if page.has_previous() else "",
        "older_url": turn(page.next_page_number()) if page.has_next() else "",
        "here": address("access:members", organisation, request),
        "ended_url": address("access:members", organisation, request, show="ended"),
        "invite_url": address("access:invite", organisation, request),
        "role_url": address("access:give_role", organisation, request),
        "checklist_url": address("access:checklist", organisation, request),
        "kept_for_url": address("access:kept_for", organisation, request),
        "closures_url": address("access:closures", organisation, request),
        "stand_ins_url": f"{reverse('access:stand_ins')}?organisation={organisation.public_id}",
        "reviews_url": address("decisions:review-rules", organisation, request),
        "checklist": presenters.checklist_name(organisation.pack),
    }
    if not ended:
        invited = queries.open_invitations(organisation)[:PAGE]
        context["invited"] = presenters.invited_rows(invited, timezone.now())
        context["invited_headers"] = presenters.INVITED
        context["role_help"] = [f"{role.label}: {words}" for role, words in DESCRIPTIONS.items()]
    return render(request, "access/members.html", context)


@requires(Access.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody who has no account; the link is shown on the next page, once."""
    organisation = chosen(request)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user: User = request.user  # type: ignore[assignment]
        try:
            invitation, secret = domain.invite(
                organisation=organisation,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                by=user,
                at=timezone.now(),
            )
        except domain.UnableToInvite as refused:
            form.add_error("email", str(refused))
        else:
            request.session[MADE] = {
                "id": invitation.public_id,
                "link": invitation_link(secret),
                "sent": send_invitation(invitation, secret),
            }
            return redirect("access:invitation", public_id=invitation.public_id)
    context = {
        "form": form,
        "organisation": organisation,
        "back_url": address("access:members", organisation, request),
    }
    return render(request, "access/invite.html", context, status=422 if form.is_bound else 200)


@requires(Access.ADMINISTRATOR, shows=Shows.RECORD)
@require_safe
def invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an invitation; its link once only, to the browser that made it."""
    user: User = request.user  # type: ignore[assignment]
    found = queries.access_invitation(user, public_id)
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=found.organisation, about=found)
    made = request.session.get(MADE) or {}
    if made.get("id") == public_id and request.method == "GET":
        del request.session[MADE]
    else:
        made = {}
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "role": Role(found.role).label,
        "open": found.is_open(timezone.now()),
        "made": made,
        "back_url": address("access:members", found.organisation, request),
        "invite_url": address("access:invite", found.organisation, request),
    }
    return render(request, "access/invitation.html", context)


@requires(Access.ADMINISTRATOR, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the link of an invitation stop working."""
    user: User = request.user  # type: ignore[assignment]
    found = queries.access_invitation(user, public_id)
    members_url = address("access:members", found.organisation, request)
    if request.method == "POST":
        try:
            domain.withdraw_invitation(invitation=found, by=user, at=timezone.now())
        except domain.UnableToInvite as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The invitation is withdrawn. Its link no longer works.")
        return redirect(members_url)
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=found.organisation, about=found)
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "role": Role(found.role).label,
        "back_url": members_url,
    }
    return render(request, "access/withdraw_invitation.html", context)


@requires(Access.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest) -> HttpResponse:
    """Choose the checklist that the organisation follows from now on (R54)."""
    organisation = chosen(request)
    members_url = address("access:members", organisation, request)
    packs = presenters.checklists()
    form = ChecklistForm(request.POST if request.method == "POST" else None, packs=packs)
    if request.method == "POST" and form.is_valid():
        user: User = request.user  # type: ignore[assignment]
        pack = form.cleaned_data["pack"]
        domain.choose_pack(organisation=organisation, pack=pack, by=user, at=timezone.now())
        messages.success(
            request, f"New decisions follow “{presenters.checklist_name(pack)}” from now on."
        )
        return redirect(members_url)
    context = {
        "form": form,
        "organisation": organisation,
        "now": presenters.checklist_name(organisation.pack),
        "back_url": members_url,
    }
    return render(request, "access/checklist.html", context, status=422 if form.is_bound else 200)
