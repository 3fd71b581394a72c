"""Saying how long what is recorded is kept: the administrator's setting for leaflets (R31, R59)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import KeptFor


class UnableToSay(Exception):
    """It cannot be said like this; the message says why."""


@act
def say_how_long_kept(
    *, organisation: Organisation, words: str, because: str = "", by: User, at: datetime
) -> KeptFor:
    """Say how long records are kept, from now on; what leaflets said before stays as it was.

    :raises PermissionDenied: for anybody but an administrator of the place.
    :raises UnableToSay: without words.
    """
    if Role.ADMINISTRATOR not in standing(by).own_roles_in(organisation.pk):
        raise PermissionDenied("Only an administrator of this school or service does this.")
    if not words.strip():
        raise UnableToSay("Say how long it is kept.")
    said = KeptFor.objects.create(
        organisation=organisation, words=words, because=because, set_by=by, set_at=at
    )
    record(CaseEvent.KEPT_FOR_SAID, by=by, at=at, organisation=organisation, about=said)
    return said
