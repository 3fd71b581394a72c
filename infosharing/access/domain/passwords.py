"""Passwords are changed by their owner alone."""

from datetime import datetime

from infosharing.access.events import AccessEvent
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record


@act
def change_password(*, user: User, password: str, by: User, at: datetime) -> None:
    """Store a new password of one's own, already validated (12 characters or more)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AccessEvent.PASSWORD_CHANGED, by=by, at=at, about=user)
