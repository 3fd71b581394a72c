"""Recording a request, received or our own, and the check of who asks (R4 to R8)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.events import DecisionEvent
from decisions.models import Request
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import ensure_named
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on


class UnableToRecord(Exception):
    """The request cannot be recorded like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of who asks; ``identity`` is a code of guide.md section 1."""

    identity: str = "not_verified"
    identity_how: str = ""
    identity_note: str = ""
    call_back_source: str = ""
    entitlement: str = ""


@dataclass(frozen=True, kw_only=True)
class Requester:
    """Who asks, and how it came; codes of guide.md section 1."""

    channel: str
    requester_kind: str
    requester_name: str = ""
    requester_role: str = ""
    requester_organisation: str = ""
    requester_contact: str = ""
    crime_investigation: bool = False
    legal_power: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, or what we think of sharing; ``happened_on`` is a day in London."""

    asked_for: str
    purpose: str
    happened_on: date
    happened_time: str = ""
    by_when: datetime | None = None


@act
def record_request(
    *,
    case: Case,
    asked: Asked,
    requester: Requester | None,
    identity: Identity | None,
    by: User,
    at: datetime,
) -> Request:
    """Record a request received (with ``requester`` and ``identity``) or our own (without).

    Its author is named on the case.

    :raises UnableToRecord: for a day that has not come, or a requester without identity.
    """
    check_user_can_work_on(by, case)
    if asked.happened_on > localdate(at):
        raise UnableToRecord("The day it came has not come yet.")
    if (requester is None) != (identity is None):
        raise UnableToRecord("A request received needs the requester and what was checked.")
    checked = identity is not None and identity.identity != "not_verified"
    request = Request.objects.create(
        case=case,
        origin="received" if requester else "own_initiative",
        recorded_by=by,
        recorded_at=at,
        identity_checked_by=by if checked else None,
        identity_checked_at=at if checked else None,
        **asdict(asked),
        **(asdict(requester) if requester else {}),
        **(asdict(identity) if identity else {}),
    )
    ensure_named(case, by, "Recorded a request", at)
    record(
        DecisionEvent.REQUEST_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=request,
        details={"origin": request.origin},
    )
    return request


@act
def check_identity(*, request: Request, identity: Identity, by: User, at: datetime) -> Request:
    """Record what was found out about who asks; earlier findings stay in the history (R6).

    :raises UnableToRecord: for our own initiative, which has no requester.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    check_user_can_work_on(by, locked.case)
    if not locked.received:
        raise UnableToRecord("Nobody asked for this: there is nobody to check.")
    for name, value in asdict(identity).items():
        setattr(locked, name, value)
    locked.identity_checked_by = by
    locked.identity_checked_at = at
    locked.save()
    record(
        DecisionEvent.IDENTITY_CHECKED,
        by=by,
        at=at,
        organisation=locked.case.organisation,
        case=locked.case,
        about=locked,
        details={"identity": identity.identity},
    )
    return locked
