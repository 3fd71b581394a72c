"""What was typed on a page that came back with an error, for whoever leaves that page.

The browser's Back leads to the page as it was first shown, which would be empty. So the page says
that something was typed there and offers it. It stands in the session and nowhere else: signing
out, or the end of the session, throws it away, and nobody else at the same device finds it.
"""

from typing import Any

from django.http import HttpRequest

from infosharing.access import posted

# In the session: address of a page to the fields that were sent there and were not in order.
BEFORE = "typed_before"
MOST_PAGES = 3
MOST_CHARACTERS = 100_000
# On the request, by a view whose pages are kept in another way, or are not to be kept at all.
_OTHERWISE = "infosharing.typed_is_kept_otherwise"

Fields = list[tuple[str, str]]


def kept_otherwise(request: HttpRequest) -> None:
    """Say that what was typed on this page need not, or must not, be remembered."""
    request.META[_OTHERWISE] = True


def remember(request: HttpRequest) -> None:
    """Remember what was sent and is not in order yet, if there is anything one would miss."""
    fields = posted.typed_fields(request)
    size = sum(len(value) for _name, value in fields)
    if _OTHERWISE in request.META or size > MOST_CHARACTERS or not posted.carried(fields):
        return
    here = request.get_full_path()
    others = {path: one for path, one in _all(request).items() if path != here}
    last = list({**others, here: fields}.items())[-MOST_PAGES:]
    request.session[BEFORE] = dict(last)


def forget(request: HttpRequest) -> None:
    """Forget what was sent here: it has been sent in order."""
    found = _all(request)
    if found.pop(request.get_full_path(), None) is not None:
        request.session[BEFORE] = found


def offered(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was typed on the page that is opened now; None where nothing was."""
    fields = _all(request).get(request.get_full_path()) if request.method == "GET" else None
    return {"hidden": fields, "action": request.get_full_path()} if fields else None


def _all(request: HttpRequest) -> dict[str, Fields]:
    session: Any = getattr(request, "session", {})
    return dict(session.get(BEFORE, {}))
