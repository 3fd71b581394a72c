"""A form is taken only from whom its page was made for; kept for them when they are signed out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from infosharing.access import before, errors, posted
from infosharing.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
# In the session: address to the kept page that was sent there and was not in order yet.
MENDING = "mending"
LED_ON = (HTTPStatus.OK, HTTPStatus.FOUND)
SHOWN_AGAIN = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class SenderMiddleware:
    """Stands before Django's check that somebody is signed in, which would forget the form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in LED_ON + SHOWN_AGAIN:
            user = request.user
            if user.is_authenticated:
                _settle(request, user, response.status_code)
                _remember(request, user, response.status_code)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Keep the form of somebody signed out; refuse that of somebody else."""
        sender = posted.sender_of(request)
        if not sender or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return errors.signed_out(request, sender)
        if request.user.public_id != sender:
            return errors.somebody_else(request)
        return None


def _remember(request: HttpRequest, user: User, status: int) -> None:
    """Remember what came back with an error, for whoever leaves the page that says so."""
    if status in LED_ON:
        before.forget(request)
    elif status == HTTPStatus.UNPROCESSABLE_ENTITY and posted.sender_of(request) == user.public_id:
        before.remember(request)


def _settle(request: HttpRequest, user: User, status: int) -> None:
    """Forget a kept page once it has been sent in order, at once or after it was mended.

    While something on it is wrong it stays kept: the page that says so may be closed.
    """
    kept = request.POST.get(posted.KEPT, "")
    mending: dict[str, str] = request.session.get(MENDING, {})
    if status in SHOWN_AGAIN:
        if kept:
            request.session[MENDING] = {**mending, request.path: kept}
    elif kept or request.path in mending:
        for public_id in {kept, mending.get(request.path, "")} - {""}:
            posted.drop(user, public_id)
        if request.path in mending:
            others = {path: one for path, one in mending.items() if path != request.path}
            request.session[MENDING] = others
