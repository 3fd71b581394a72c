"""The administrator's pages for giving and ending a role."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access import queries, sights
from infosharing.access.backends import user_called
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.domain import members as domain
from infosharing.access.events import AccessEvent
from infosharing.access.forms.members import EndRoleForm, GiveRoleForm
from infosharing.access.views.organisation import address, chosen
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.accounts.roles import Role, words


@requires(Access.ADMINISTRATOR, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest) -> HttpResponse:
    """Give a role to a member, or to somebody who has an account elsewhere."""
    by: User = request.user  # type: ignore[assignment]
    organisation = chosen(request)
    members_url = address("access:members", organisation, request)
    people = queries.people_known(organisation)
    form = GiveRoleForm(request.POST if request.method == "POST" else None, members=people)
    if request.method == "POST" and form.is_valid():
        user = _chosen_user(form, people)
        if user is None:
            form.add_error(
                "email", "Nobody has an account with this e-mail address. Invite them instead."
            )
        else:
            try:
                domain.give_role(
                    organisation=organisation,
                    user=user,
                    role=Role(form.cleaned_data["role"]),
                    starts_on=form.cleaned_data["starts_on"],
                    ends_on=form.cleaned_data["ends_on"],
                    by=by,
                    at=timezone.now(),
                )
            except domain.UnableToChangeRole as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The role is given.")
                return redirect(members_url)
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=organisation)
    context = {"form": form, "organisation": organisation, "back_url": members_url}
    return render(request, "access/give_role.html", context, status=422 if form.is_bound else 200)


def _chosen_user(form: GiveRoleForm, people: list[User]) -> User | None:
    chosen_id = form.cleaned_data["member"]
    if chosen_id:
        return next(user for user in people if user.public_id == chosen_id)
    email = form.cleaned_data["email"]
    found = user_called(email)
    known = found is not None and found.is_active and found.email.lower() == email.lower()
    return found if known else None


@requires(Access.ADMINISTRATOR, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a role, at once or after a day."""
    by: User = request.user  # type: ignore[assignment]
    membership = queries.access_membership(by, public_id)
    organisation = membership.organisation
    members_url = address("access:members", organisation, request)
    on = today()
    form = EndRoleForm(request.POST if request.method == "POST" else None, today=on)
    if request.method == "POST" and form.is_valid():
        last_days = {"now": on - timedelta(days=1), "today": on}
        ends_on = last_days.get(form.cleaned_data["when"]) or form.cleaned_data["ends_on"]
        try:
            domain.end_role(membership=membership, ends_on=ends_on, by=by, at=timezone.now())
        except domain.UnableToChangeRole as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The last day of the role is kept.")
            return redirect(members_url)
    sights.record(request, AccessEvent.MEMBERS_SEEN, organisation=organisation, about=membership)
    context = {
        "form": form,
        "membership": membership,
        "role": words(membership.role),
        "organisation": organisation,
        "back_url": members_url,
    }
    return render(request, "access/end_role.html", context, status=422 if form.is_bound else 200)
