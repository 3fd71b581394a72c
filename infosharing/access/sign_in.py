"""Signing in: failures are counted so that guessing is slow and nobody can lock another out (S2).

A browser that has signed in as somebody before carries a signed cookie that says so. Failures
from it are counted apart from those of everybody else, who are counted by account and address.
So a stranger can use up the tries of an account only for their own address, and never those of
the browser its owner uses.
"""

import hashlib
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from infosharing.access.domain import passwords
from infosharing.access.events import AccessEvent
from infosharing.accounts.models import User
from infosharing.audit.recording import record_refusal, record_sight

DEVICE_SALT = "infosharing.device"
DEVICE_AGE = 180 * 24 * 60 * 60
DEVICES_KEPT = 8


def same_name(login: str) -> str:
    """Return one form for every way of writing the same user name or address."""
    return unicodedata.normalize("NFKC", login).casefold().strip()


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def known_accounts(request: HttpRequest) -> list[str]:
    """Return the marks of accounts that this browser has signed in to before."""
    try:
        raw = request.get_signed_cookie(
            settings.DEVICE_COOKIE_NAME, salt=DEVICE_SALT, max_age=DEVICE_AGE
        )
    except (KeyError, signing.BadSignature):
        return []
    return raw.split(".") if raw else []


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What the product changes in django-allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an administrator invites."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = same_name(str(credentials.get("email") or credentials.get("username") or ""))
        if _mark(name) in known_accounts(request):
            place = "device:" + request.COOKIES[settings.DEVICE_COOKIE_NAME]
        else:
            place = "address:" + self.get_client_ip(request)
        return hashlib.sha256(f"{name}|{place}".encode()).hexdigest()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log the failure; the name tried stands in the payload, never in a header."""
        name = str(credentials.get("email") or credentials.get("username") or "")
        record_refusal(
            AccessEvent.SIGN_IN_REFUSED,
            by=None,
            system=True,
            at=timezone.now(),
            details={"tried": name[:150]},
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log the sign-in before the session is made: no entry, no session."""
        record_sight(AccessEvent.SIGNED_IN, by=user, at=timezone.now())
        super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Log the sign-out and end the session."""
        if request.user.is_authenticated:
            record_sight(AccessEvent.SIGNED_OUT, by=request.user, at=timezone.now())
        super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember on this browser that it has signed in to the account."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        names = {same_name(user.username), same_name(user.email)} - {""}
        marks = [*sorted(_mark(name) for name in names), *known_accounts(request)]
        response.set_signed_cookie(
            settings.DEVICE_COOKIE_NAME,
            ".".join(list(dict.fromkeys(marks))[:DEVICES_KEPT]),
            salt=DEVICE_SALT,
            max_age=DEVICE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def set_password(self, user: User, password: str) -> None:
        """Change a password as an act with its entry."""
        passwords.change_password(user=user, password=password, by=user, at=timezone.now())
