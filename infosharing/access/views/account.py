"""django-allauth's pages, with declared access and the product's statuses."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from infosharing.access.declared import Access, requires

Page = Callable[..., HttpResponse]


def _form_page(view: Callable[..., Any], access: Access) -> Page:
    """Return a page with a form: 422 where what was sent is shown again with what is wrong."""

    @requires(access)
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, **kwargs: str) -> HttpResponse:
        # django-allauth counts every method but GET as a try.
        looking = request.method == "HEAD"
        if looking:
            request.method = "GET"
        response: HttpResponse = view(request, **kwargs)
        if looking:
            request.method = "HEAD"
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return page


def _plain_page(view: Callable[..., Any]) -> Page:
    """Return a page to read."""

    @requires(Access.PUBLIC)
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = view(request)
        return response

    return page


sign_in = _form_page(allauth_views.login, Access.PUBLIC)
sign_out = _form_page(allauth_views.logout, Access.PUBLIC)
account_closed = _plain_page(allauth_views.account_inactive)
change_password = _form_page(allauth_views.password_change, Access.SIGNED_IN)
_ask_by_email = _form_page(allauth_views.password_reset, Access.PUBLIC)


@requires(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password; without e-mail, say who hands one over."""
    if not settings.SENDS_EMAIL:
        return render(request, "account/password_reset_by_hand.html")
    return _ask_by_email(request)


link_sent = _plain_page(allauth_views.password_reset_done)
choose_password = _form_page(allauth_views.password_reset_from_key, Access.PUBLIC)
password_chosen = _plain_page(allauth_views.password_reset_from_key_done)
