"""Passwords are changed by their owner alone."""

from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from infosharing.access.events import AccessEvent
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record


@act
def make_password_link(*, user: User, by: User | None, at: datetime) -> str:
    """Return user id and key of a link with which somebody chooses a new password, once.

    Only the command line does, for whoever runs the service without e-mail: an administrator
    who could make such links could become anybody.
    """
    record(AccessEvent.PASSWORD_LINK_MADE, by=by, system=by is None, at=at, about=user)
    return f"{user_pk_to_url_str(user)}-{PasswordResetTokenGenerator().make_token(user)}"


@act
def change_password(*, user: User, password: str, by: User, at: datetime) -> None:
    """Store a new password of one's own, already validated (12 characters or more)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AccessEvent.PASSWORD_CHANGED, by=by, at=at, about=user)
