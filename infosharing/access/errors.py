"""Pages for when something went wrong; only a refusal, which is logged, needs the database."""

import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from infosharing.access import posted
from infosharing.access.events import AccessEvent
from infosharing.access.middleware import SightNotRecorded
from infosharing.audit.recording import record_refusal


def _page(
    template: str,
    status: int,
    context: dict[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> HttpResponse:
    page = loader.get_template(template).render(context or {}, request)
    return HttpResponse(page, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Absent and forbidden look the same: the same bytes for every address (A3).

    Whoever sent a form that was theirs to fill in gets their words back, in either case.
    """
    return _page("404.html", HTTPStatus.NOT_FOUND, _own_words(request))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Visible but not allowed: a sentence that says who may. The attempt is kept in the log.

    Somebody signed in keeps the way to everything else: this page has their navigation. What they
    typed and sent is given back.

    :raises django.db.DatabaseError: when it cannot be kept.
    """
    user = getattr(request, "user", None)
    around = user is not None and user.is_authenticated
    if user is not None and user.is_authenticated:
        match = request.resolver_match
        record_refusal(
            AccessEvent.REFUSED,
            by=user,
            at=timezone.now(),
            details={
                "kind": match.view_name if match else "",
                "method": str(request.method)[:20],
                "told": str(exception),
            },
        )
    return _page(
        "403.html",
        HTTPStatus.FORBIDDEN,
        {
            "exception": str(exception),
            "layout": "base.html" if around else "plain.html",
            **_own_words(request),
        },
        request if around else None,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    sender = posted.sender_of(request)
    user = request.user
    if sender and not user.is_authenticated:
        return signed_out(request, sender)
    own = sender and user.is_authenticated and user.public_id == sender
    found = posted.given_back(request) if own else {}
    return _page("403_csrf.html", HTTPStatus.FORBIDDEN, found)


def signed_out(request: HttpRequest, sender: str) -> HttpResponse:
    """Keep what was typed for whom its page was made, and say so without showing it."""
    kept = posted.keep_for(sender, request)
    found = reverse("access:kept", args=[kept.public_id]) if kept else ""
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': found})}" if kept else ""
    context = {"sign_in": address or resolve_url(settings.LOGIN_URL), "kept": bool(kept)}
    return _page("access/signed_out.html", HTTPStatus.FORBIDDEN, context)


def somebody_else(request: HttpRequest) -> HttpResponse:
    """Refuse a form whose page was made for somebody else than who is signed in now."""
    return _page("access/somebody_else.html", HTTPStatus.CONFLICT)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request the product cannot read."""
    return _page("400.html", HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault: 503 with plain words where the database or the log is the cause, else 500."""
    kind = sys.exc_info()[0]
    session = getattr(request, "session", None)
    if session is not None:
        session.modified = False  # what failed would be tried, and waited for, once more
    if kind and issubclass(kind, DatabaseError | InterfaceError | SightNotRecorded):
        return _page("503.html", HTTPStatus.SERVICE_UNAVAILABLE, _given_back(request))
    return _page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR, _given_back(request))


def _given_back(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed, as far as it can still be read."""
    return _readable(posted.given_back, request)


def _own_words(request: HttpRequest) -> dict[str, Any]:
    """Return the same for whom the page was made and who is signed in."""
    return _readable(posted.own_words, request)


def _readable(
    found: Callable[[HttpRequest], dict[str, Any]], request: HttpRequest
) -> dict[str, Any]:
    try:
        return found(request)
    except (OSError, RequestDataTooBig, TooManyFieldsSent):
        return {}
