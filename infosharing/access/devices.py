"""Which browsers an account knows: a signed cookie that says who has signed in here before (S2).

For each account there is a mark, which nobody reads back into a name, and a number drawn when
the browser first signed in to it. Failures are counted by that number, so whoever signs in as
somebody else in between is not given fresh tries.
"""

import secrets
import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "infosharing.device"
AGE = 180 * 24 * 60 * 60
# Each account has two marks, for user name and e-mail address: eight people to a browser.
MARKS_KEPT = 16


def same_name(login: str) -> str:
    """Return one form for every way of writing the same user name or address.

    Whatever the sign-in takes for the same name (it compares in small letters) is the same here.
    """
    small = unicodedata.normalize("NFKC", login.strip().lower())
    return unicodedata.normalize("NFKC", small.casefold()).strip()


def known_as(request: HttpRequest, login: str) -> str:
    """Return this browser's number for an account it has signed in to before, else empty."""
    return _read(request).get(_mark(login), "")


def remember(request: HttpRequest, response: HttpResponse, logins: Iterable[str]) -> None:
    """Note on the browser that it has signed in to an account known by these names."""
    before = _read(request)
    marks = [_mark(login) for login in logins if login]
    number = next((before[mark] for mark in marks if mark in before), secrets.token_hex(8))
    now = {**dict.fromkeys(marks, number), **before}
    kept = list(now.items())[:MARKS_KEPT]
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join(f"{mark}-{number}" for mark, number in kept),
        salt=SALT,
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(login: str) -> str:
    return salted_hmac(SALT, same_name(login), algorithm="sha256").hexdigest()[:16]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        raw = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, salt=SALT, max_age=AGE)
    except (KeyError, signing.BadSignature):
        return {}
    pairs = (part.partition("-") for part in (raw or "").split(".") if part)
    return {mark: number for mark, _, number in pairs if number}
