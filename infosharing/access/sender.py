"""A form is taken only from whom its page was made for; kept for them when they are signed out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from infosharing.access import errors, posted

GetResponse = Callable[[HttpRequest], HttpResponse]


class SenderMiddleware:
    """Stands before Django's check that somebody is signed in, which would forget the form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST and request.method == "POST":
            kept = request.POST.get(posted.KEPT, "")
            if kept and request.user.is_authenticated:
                posted.drop(request.user, kept)
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
