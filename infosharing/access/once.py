"""A form acts once: a double click, a replay or the back button leads where the first led (C1).

Nothing needs to be done for it in a view: every form carries a token (``posting``), every act
claims it (``infosharing.audit.submissions``), and this middleware answers what comes again.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.crypto import salted_hmac

from infosharing.access.declared import Declaration, Shows
from infosharing.access.posted import ONCE, OWN_FIELDS, carried, typed_fields
from infosharing.audit import submissions
from infosharing.audit.models import Submission
from infosharing.audit.submissions import Sent, SentBefore

log = logging.getLogger(__name__)
ALREADY = "This was recorded already when you sent it first. Nothing was recorded twice."


class OnceMiddleware:
    """Stands last, so that who may use a page is decided before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with submissions.answering(None):
            response = self.get_response(request)
        sent: Sent | None = getattr(request, "sent", None)
        if sent is None or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        if sent.acted:
            _keep_address(request, sent, response)
            return response
        # It may have been overtaken by the same form: what it says then is about that.
        return _again(request, sent) or response

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer a form that led to an act before; let any other through, known by its token."""
        sent = sent_with(request)
        if sent is None:
            return None
        again = _again(request, sent)
        if again is None:
            request.sent = sent  # type: ignore[attr-defined]
            submissions.answer(sent)
        return again

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a form that was overtaken by the same form, sent at the same time."""
        if isinstance(exception, SentBefore):
            sent, request.sent = request.sent, None  # type: ignore[attr-defined]
            return _again(request, sent)
        return None


def sent_with(request: HttpRequest) -> Sent | None:
    """Return the form that somebody signed in has sent; None without a well-formed token."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    token = request.POST.get(ONCE, "")
    if not submissions.TOKEN.fullmatch(token):
        return None
    return Sent(token, request.user.public_id, _digest(request))


def _digest(request: HttpRequest) -> str:
    """Return a keyed hash of the address and everything that was typed and attached."""
    typed = [(name, request.POST.getlist(name)) for name in request.POST if name not in OWN_FIELDS]
    attached = []
    for name, files in request.FILES.lists():
        for file in files:
            whole = hashlib.sha256()
            for chunk in file.chunks():
                whole.update(chunk)
            file.seek(0)
            attached.append((name, file.name, whole.hexdigest()))
    everything = json.dumps([request.get_full_path(), sorted(typed), sorted(attached)])
    return salted_hmac(__name__, everything, algorithm="sha256").hexdigest()


def _keep_address(request: HttpRequest, sent: Sent, response: HttpResponse) -> None:
    address = response.headers.get("Location") or request.get_full_path()
    try:
        submissions.led_to(sent, address)
    except DatabaseError:  # the act stands; a second click will lead to the person's own work
        log.exception("where a form led was not kept")


def _again(request: HttpRequest, sent: Sent) -> HttpResponse | None:
    """Return the answer to a form that led to an act before; None for a new one."""
    found = submissions.earlier(sent)
    if found is None:
        return None
    request.sent = None  # type: ignore[attr-defined]
    if found.digest == sent.digest:
        messages.info(request, ALREADY)
        return HttpResponseRedirect(_address(found))
    return _different(request, found)


def _address(found: Submission) -> str:
    return found.address or resolve_url(settings.LOGIN_REDIRECT_URL)


def _different(request: HttpRequest, found: Submission) -> HttpResponse:
    """Give back what was typed on a page that had been sent before, with the choice.

    It shows what was typed and nothing of the record, so it needs no entry of its own.
    """
    declaration: Declaration = request.declaration  # type: ignore[attr-defined]
    request.declaration = Declaration(declaration.access, Shows.NOTHING)  # type: ignore[attr-defined]
    context = {
        "page_title": "You have sent this page before",
        "first": _address(found),
        "carried": carried(typed_fields(request)),
        "hidden": typed_fields(request),
        "attached": bool(request.FILES),
        "action": request.get_full_path(),
    }
    return render(request, "access/sent_before.html", context, status=409)
