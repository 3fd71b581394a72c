"""What somebody typed and sent, given back to them when it could not be kept.

Every form carries, beside its other tokens, for whom the page was made, signed. Only to that
person is anything given back, and from a page of somebody else nothing is accepted: whoever sits
down at the laptop next neither reads nor sends it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from infosharing.access.models import KeptText
from infosharing.accounts.models import User

ONCE = "once"
SENDER = "sender"
KEPT = "kept"
FORGERY = "csrfmiddlewaretoken"
# Fields of the page itself: never typed by anybody.
OWN_FIELDS = frozenset({FORGERY, ONCE, SENDER, KEPT})
# Never given back, wherever they are typed.
SECRET = ("password",)
# A page left open over a long weekend still says whose it is.
LONGEST_OPEN = timedelta(days=7)
# What nobody came back for is thrown away: it is about children, and no part of any record.
KEPT_FOR = timedelta(days=30)

_signer = TimestampSigner(salt="infosharing.access.posted")


@dataclass(frozen=True)
class Carried:
    """One field as it is shown: with a label made of its name, and what stood in it."""

    label: str
    value: str


def sender_mark(user: User) -> str:
    """Return the mark by which a form says for whom its page was made."""
    return _signer.sign(user.public_id)


def sender_of(request: HttpRequest) -> str:
    """Return the public id of whom the page of a posted form was made for; "" where unknown."""
    if request.method != "POST":
        return ""
    try:
        return _signer.unsign(request.POST.get(SENDER, ""), max_age=LONGEST_OPEN)
    except BadSignature:
        return ""


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every posted field with its values, to be sent again; nothing secret."""
    return [
        (name, value)
        for name in request.POST
        if name not in OWN_FIELDS and not any(secret in name for secret in SECRET)
        for value in request.POST.getlist(name)
    ]


def carried(fields: Iterable[tuple[str, str]]) -> list[Carried]:
    """Return what a person would miss, to be read: every text of more than one word."""
    return [
        Carried(name.replace("_", " ").replace("-", " ").strip().capitalize(), value)
        for name, value in fields
        if len(value.split()) > 1
    ]


def given_back(request: HttpRequest) -> dict[str, Any]:
    """Return what an error page needs to give a page's text back and to send it again.

    Without the database. The same tokens go with it, so that it still acts once and only for
    whom the page was made. Nothing for a form that does not say whose it is.
    """
    if not sender_of(request):
        return {}
    fields = typed_fields(request)
    tokens = [(ONCE, request.POST.get(ONCE, "")), (SENDER, request.POST[SENDER])]
    return {
        "carried": carried(fields),
        "hidden": [*fields, *tokens],
        "forgery": get_token(request),
        "action": request.get_full_path(),
        "attached": bool(request.FILES),
    }


def own_words(request: HttpRequest) -> dict[str, Any]:
    """Return what ``given_back`` does, for whom the page was made and who is signed in now.

    For a page that somebody may not see, or no longer, or that is not there: their own words
    alone, and nothing that would tell the three apart.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or sender_of(request) != user.public_id:
        return {}
    return given_back(request)


def keep_for(sender: str, request: HttpRequest) -> KeptText | None:
    """Keep a page for whom it was made, who is not signed in; None when nobody is called so."""
    user = User.objects.filter(public_id=sender, is_active=True).first()
    if user is None:
        return None
    once = request.POST.get(ONCE, "")
    return KeptText.objects.create(
        user=user,
        path=request.get_full_path(),
        fields=[*typed_fields(request), (ONCE, once)],
        attached=bool(request.FILES),
        kept_at=timezone.now(),
    )


def kept_until(kept: KeptText) -> datetime:
    """Return when a kept page is thrown away."""
    return kept.kept_at + KEPT_FOR


def drop_old(at: datetime) -> None:
    """Throw away what was kept longer than ``KEPT_FOR``."""
    KeptText.objects.filter(kept_at__lt=at - KEPT_FOR).delete()


def kept_of(user: User) -> KeptText | None:
    """Return what waits longest to be sent by a user."""
    return KeptText.objects.filter(user=user).order_by("kept_at", "id").first()


def drop(user: User, public_id: str) -> None:
    """Forget a kept page of a user: it has been sent, or thrown away."""
    KeptText.objects.filter(user=user, public_id=public_id).delete()
