"""Headers, session limits, declared access: what holds for every page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from infosharing.access.declared import Shows, declared, has_access
from infosharing.access.events import AccessEvent
from infosharing.audit.recording import record
from infosharing.audit.requests import request_is
from infosharing.identifiers import new_public_id

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY_SECONDS = 60
# Pages that show the record again beside what was wrong with the form.
SHOWN_WITH_ERRORS = (409, 422)


class SightNotRecorded(Exception):
    """A page that shows the record was about to be sent without a log entry."""


class RequestIdMiddleware:
    """Gives every entry written while a request is answered the same random id (R51)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with request_is(new_public_id()):
            return self.get_response(request)


class ResponseHeadersMiddleware:
    """Adds what Django's own middleware does not, to every response including errors (W1)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie"])
        return response


class SessionLimitsMiddleware:
    """Ends a session after half an hour without a request, or ten hours in any case (S3).

    The time of the last request is kept to the minute: beside the access log it is the only
    thing that a GET may write (design.md "Pages and journeys").
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began = request.session.get("began")
            if began is None:
                request.session["began"] = request.session["seen"] = now
            elif now - began >= settings.SESSION_ABSOLUTE_AGE:
                _end(request)
            elif now - request.session.get("seen", 0) >= SEEN_EVERY_SECONDS:
                request.session["seen"] = now
        return self.get_response(request)


def _end(request: HttpRequest) -> None:
    with transaction.atomic(durable=True):
        record(
            AccessEvent.SIGNED_OUT,
            by=request.user,
            at=timezone.now(),
            about=request.user,
            details={"because": "ten hours"},
        )
    logout(request)


class DeclaredAccessMiddleware:
    """Refuses a view that declares nothing, and a page of the record that was not logged."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        declaration = getattr(request, "declaration", None)
        if declaration is None or declaration.shows is Shows.NOTHING:
            return response
        shown = response.status_code < 300 or response.status_code in SHOWN_WITH_ERRORS
        if shown and not getattr(request, "sights", ()):
            name = request.resolver_match.view_name if request.resolver_match else request.path
            raise SightNotRecorded(name)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Let the view run only for those it declares; see ``declared``.

        :raises Http404: for a view that declares nothing.
        :raises PermissionDenied: with a sentence, for people of another kind.
        """
        declaration = declared(view)
        if declaration is None:
            raise Http404
        if not has_access(request.user, declaration.access):
            raise PermissionDenied(declaration.access.value)
        request.declaration = declaration  # type: ignore[attr-defined]
