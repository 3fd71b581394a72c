"""The days on which nobody is at work, kept by the administrator for the working-day clock."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import Organisation, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Closure

MOST_DAYS = 62


class UnableToClose(Exception):
    """These days cannot be added like this; the message says why."""


def _check_can_close(user: User, organisation: Organisation) -> None:
    if Role.ADMINISTRATOR not in standing(user).own_roles_in(organisation.pk):
        raise PermissionDenied("Only an administrator of this school or service does this.")


@act
def add_closure(
    *, organisation: Organisation, first_on: date, last_on: date, what: str, by: User, at: datetime
) -> Closure:
    """Add days on which nobody is at work; what is due already keeps its time.

    :raises PermissionDenied: for anybody but an administrator of the place.
    :raises UnableToClose: when the days are the wrong way round or far too many.
    """
    _check_can_close(by, organisation)
    if last_on < first_on:
        raise UnableToClose("The last day is before the first.")
    if (last_on - first_on).days >= MOST_DAYS:
        raise UnableToClose("This is longer than two months. Check the year.")
    closure = Closure.objects.create(
        organisation=organisation,
        first_on=first_on,
        last_on=last_on,
        what=what,
        added_by=by,
        added_at=at,
    )
    record(CaseEvent.CLOSURE_ADDED, by=by, at=at, organisation=organisation, about=closure)
    return closure


@act
def remove_closure(*, closure: Closure, by: User, at: datetime) -> None:
    """Take days back; that they were there stays in the history. Doing it again changes nothing.

    :raises PermissionDenied: for anybody but an administrator of the place.
    """
    _check_can_close(by, closure.organisation)
    locked = Closure.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    if locked.removed_at is None:
        locked.removed_by = by
        locked.removed_at = at
        locked.save(update_fields=["removed_by", "removed_at"])
    record(
        CaseEvent.CLOSURE_REMOVED, by=by, at=at, organisation=closure.organisation, about=closure
    )
