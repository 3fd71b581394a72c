"""Ending what closes a case: a naming, an exclusion, a restriction; each with a reason."""

from datetime import datetime

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import UnableToName
from infosharing.cases.enums import AccessKind
from infosharing.cases.events import CaseEvent
from infosharing.cases.knowledge import somebody_is_for_those_named
from infosharing.cases.models import Case, CaseAccess
from infosharing.cases.permissions import check_user_can_keep_away, check_user_can_restrict
from infosharing.cases.queries import case_as_it_is, nobody_left

ENDED = {
    AccessKind.NAMED: CaseEvent.NAMING_ENDED,
    AccessKind.EXCLUDED: CaseEvent.EXCLUSION_ENDED,
}


@act
def end_access(*, access: CaseAccess, reason: str, by: User, at: datetime) -> None:
    """End that somebody is named on a case, or kept from it; what was stays on record.

    Whoever is no longer kept from it sees it as their role lets them, and is not named on it.

    :raises PermissionDenied: for those who may not say so, or do not see the case any more.
    :raises UnableToName: when it has ended already, or nobody would be left who can open the
        case to others again.
    """
    case = case_as_it_is(access.case, by)
    check_user_can_keep_away(by, case)
    current = CaseAccess.objects.filter(pk=access.pk, ended_at=None).first()
    if current is None:
        raise UnableToName("This has ended already.")
    if current.kind == AccessKind.NAMED and (missed := nobody_left(case, without=current.user)):
        raise UnableToName(missed)
    current.ended_at, current.ended_by, current.end_reason = at, by, reason
    current.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record(
        ENDED[AccessKind(current.kind)],
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=current.user,
        details={"reason": reason},
    )


@act
def lift_restriction(*, case: Case, reason: str, by: User, at: datetime) -> None:
    """Show a restricted case again to all who lead; who is kept from it stays kept from it.

    :raises PermissionDenied: for those who do not lead on it, or do not see it any more.
    :raises UnableToName: when it is not restricted any more, or somebody in it is shown only to
        those named.
    """
    case = case_as_it_is(case, by)
    check_user_can_restrict(by, case)
    if not case.restricted:
        raise UnableToName("This case is not restricted any more.")
    if somebody_is_for_those_named(case):
        raise UnableToName(
            "Somebody in this case is shown only to those named on it. End that mark first."
        )
    case.restricted = False
    case.save(update_fields=["restricted"])
    record(
        CaseEvent.OPENED_UP,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=case,
        details={"reason": reason},
    )
