"""Who is who by user name or e-mail address, with one hash of the password for every try (S4)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.http import HttpRequest

from infosharing.accounts.models import User


class OneLookupBackend(AuthenticationBackend):
    """Looks once and hashes once, so that a known name costs no more time than an unknown one."""

    def _authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        login = str(credentials.get("username") or credentials.get("email") or "")
        found = user_called(login)
        return self._check_password(found, credentials["password"]) if found else None


def user_called(login: str) -> User | None:
    """Return the one user of that user name or e-mail address, capital letters aside."""
    small = login.strip().lower()
    if not small:
        return None
    found = [
        user
        for user in User.objects.filter(Q(username__iexact=small) | Q(email__iexact=small))
        if small in (user.username.lower(), user.email.lower())
    ]
    return found[0] if len(found) == 1 else None
