"""Signing in: failures are counted so that guessing is slow and nobody can lock another out (S2).

Failures are counted by account and place. The place is the browser where it has signed in to the
account before (see ``devices``), otherwise the address. So a stranger can use up the tries of an
account only for strangers at the same address, and never those of the browser its owner uses.
Everybody has a user name and an e-mail address to sign in with, so each name has five tries in
five minutes: ten for an account.
"""

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from infosharing.access import devices, posted, tidying
from infosharing.access.domain import passwords
from infosharing.access.events import AccessEvent
from infosharing.access.links import password_link
from infosharing.accounts.models import User
from infosharing.audit.recording import record, record_refusal

APP = "infosharing.access"
# django-allauth's messages that are shown, in our words; the others are not.
MESSAGES = {"account/messages/password_changed.txt": "Your password is changed."}


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


class AccountAdapter(DefaultAccountAdapter):
    """What the product changes in django-allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an administrator invites."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: there is no second way to talk to sign-in."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show a message where we have words for it."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = devices.same_name(_login(credentials))
        device = devices.known_as(request, name)
        place = f"device:{device}" if device else f"address:{ratelimit.get_ip(request)}"
        return hashlib.sha256(f"{name}|{place}".encode()).hexdigest()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before it is made.

        Browsers that the account does not know share the tries of their address as well.

        :raises ValidationError: when there have been too many.
        """
        if not devices.known_as(request, _login(credentials)) and not ratelimit.consume(
            request,
            app=APP,
            action="strangers",
            config={"strangers": settings.SIGN_INS_OF_STRANGERS},
        ):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who has signed in: to what they typed before, if anything."""
        kept = posted.kept_of(request.user) if isinstance(request.user, User) else None
        if kept is not None:
            return reverse("access:kept", args=[kept.public_id])
        found: str = super().get_login_redirect_url(request)
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log the failure; the name tried stands in the payload, never in a header."""
        record_refusal(
            AccessEvent.SIGN_IN_REFUSED,
            by=None,
            system=True,
            at=timezone.now(),
            details={"tried": _login(credentials)[:150]},
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log the sign-in before the session is made: no entry, no session."""
        with transaction.atomic(durable=True):
            record(AccessEvent.SIGNED_IN, by=user, at=timezone.now(), about=user)
        super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Log the sign-out and end the session."""
        if request.user.is_authenticated:
            with transaction.atomic(durable=True):
                record(
                    AccessEvent.SIGNED_OUT, by=request.user, at=timezone.now(), about=request.user
                )
        super().logout(request)
        messages.success(request, "You have signed out.")

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Remember on this browser that it has signed in to the account; throw away what is old."""
        response = super().post_login(request, user, **kwargs)
        assert isinstance(user, User)  # noqa: S101 - the only model of users
        tidying.tidy(timezone.now())
        devices.remember(request, response, [user.username, user.email])
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Log that a closed account was tried, with the right password, and say that it is."""
        record_refusal(
            AccessEvent.SIGN_IN_REFUSED, by=user, at=timezone.now(), details={"closed": True}
        )
        return super().respond_user_inactive(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Change a password as an act with its entry."""
        assert isinstance(user, User)  # noqa: S101 - the only model of users
        passwords.change_password(user=user, password=password, by=user, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on working after the password was changed."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link to choose a new password; its host comes from the settings (W4)."""
        return password_link(key)
