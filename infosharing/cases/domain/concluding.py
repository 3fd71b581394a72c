"""Closing a case when nothing more is expected of it, and opening it again; each with a reason."""

from datetime import datetime

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import case_as_it_is


class UnableToConclude(Exception):
    """The case stands otherwise than was thought; the message says how."""


@act
def close_case(*, case: Case, reason: str, by: User, at: datetime) -> None:
    """Close a case; what is in it stays readable, and nothing is barred by it.

    Nothing opens it again by the way: somebody does, with a reason (peers.md part 4, 38).

    :raises PermissionDenied: for those who only read it, or do not see it any more.
    :raises UnableToConclude: when it is closed already.
    """
    current = case_as_it_is(case, by)
    check_user_can_work_on(by, current)
    if current.closed_at is not None:
        raise UnableToConclude("This case is closed already.")
    current.closed_at, current.closed_by, current.closed_because = at, by, reason
    current.save(update_fields=["closed_at", "closed_by", "closed_because"])
    record(
        CaseEvent.CLOSED,
        by=by,
        at=at,
        organisation=current.organisation,
        case=current,
        about=current,
        details={"reason": reason},
    )


@act
def reopen_case(*, case: Case, reason: str, by: User, at: datetime) -> None:
    """Open a closed case again; that it was closed stays in its history and chronology.

    :raises PermissionDenied: for those who only read it, or do not see it any more.
    :raises UnableToConclude: when it is open already.
    """
    current = case_as_it_is(case, by)
    check_user_can_work_on(by, current)
    if current.closed_at is None:
        raise UnableToConclude("This case is open again already.")
    current.closed_at, current.closed_by, current.closed_because = None, None, ""
    current.save(update_fields=["closed_at", "closed_by", "closed_because"])
    record(
        CaseEvent.REOPENED,
        by=by,
        at=at,
        organisation=current.organisation,
        case=current,
        about=current,
        details={"reason": reason},
    )
