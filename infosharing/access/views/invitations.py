"""The page behind the link of an invitation: anybody may open it, the secret lets them in."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from infosharing.access.declared import Access, requires
from infosharing.access.domain import members as domain
from infosharing.access.domain.members import hashed
from infosharing.access.forms.members import AcceptForm
from infosharing.access.queries import invitation_with
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role

TRIES = {"accept": "30/5m/key"}
CLOSED = "access/invitation_closed.html"


@requires(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose user name and password; a link that is used, too old or unknown looks the same."""
    if request.user.is_authenticated:
        status = 409 if request.method == "POST" else 200
        return render(request, "access/invitation_signed_in.html", status=status)
    found = invitation_with(secret)
    if found is None or not found.is_open(timezone.now()):
        return render(request, CLOSED, status=404)
    if request.method == "POST" and not ratelimit.consume(
        request, app="infosharing.access", action="accept", config=TRIES, key=hashed(secret)
    ):
        return render(request, "429.html", status=429)
    person = User(name=found.name, email=found.email)
    form = AcceptForm(request.POST if request.method == "POST" else None, user=person)
    if request.method == "POST" and form.is_valid():
        try:
            domain.accept_invitation(
                invitation=found,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                by=None,
                at=timezone.now(),
            )
        except domain.InvitationClosed:
            return render(request, CLOSED, status=404)
        except domain.UserNameTaken as refused:
            form.add_error("username", str(refused))
        else:
            messages.success(request, "Your account is ready. Sign in with it.")
            return redirect("account_login")
    context = {"form": form, "invitation": found, "role": Role(found.role).label}
    return render(
        request, "access/accept_invitation.html", context, status=422 if form.is_bound else 200
    )
