"""What becomes known beside a person's details: danger from somebody, orders, views."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.domain.keeping import what_shows_it
from infosharing.cases.domain.knowing import check_in_case
from infosharing.cases.domain.opening import close_to_others
from infosharing.cases.enums import HeardHow, OrderKind, Whose
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, CourtOrder, Document, Person, Protection, ViewHeard
from infosharing.cases.permissions import check_user_can_restrict, check_user_can_work_on
from infosharing.cases.reaching import may_end_here


class NotProtected(Exception):
    """The mark has been ended already."""


@act
def protect_person(
    *,
    case: Case,
    person: Person,
    from_whom: str,
    why: str,
    named_only: bool = False,
    by: User,
    at: datetime,
) -> Protection:
    """Mark that a person's details must not reach somebody; said wherever they are shown.

    With ``named_only`` every case they are in is closed to all who are not named on it, now and
    when they join another: so nothing of them is found, listed or counted by anybody else.

    :raises PermissionDenied: for those who only read the case; with ``named_only`` for those who
        do not lead on it.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    if named_only:
        check_user_can_restrict(by, case)
    protection = Protection.objects.create(
        case=case,
        person=person,
        from_whom=from_whom,
        why=why,
        named_only=named_only,
        recorded_by=by,
        recorded_at=at,
    )
    if named_only:
        others = Case.objects.select_for_update().filter(parts__person=person, restricted=False)
        for other in others.select_related("organisation").order_by("pk"):
            close_to_others(other, "Somebody in it is shown only to those named", by, at)
    record(
        CaseEvent.PROTECTED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=protection,
    )
    return protection


@act
def end_protection(
    *, case: Case, protection: Protection, reason: str, by: User, at: datetime
) -> Protection:
    """End a mark that details must not reach somebody; it stays readable.

    :raises PermissionDenied: for a mark that is not told to them, or not ended in this case.
    :raises NotProtected: when it has been ended already.
    """
    check_user_can_work_on(by, case)
    check_in_case(case, protection.person)
    locked = Protection.objects.select_for_update().get(pk=protection.pk)
    if not may_end_here(locked, case, by):
        raise PermissionDenied("This mark is not ended in this case.")
    if locked.ended_at is not None:
        raise NotProtected(locked.public_id)
    locked.ended_by, locked.ended_at, locked.ended_why = by, at, reason
    locked.save()
    record(
        CaseEvent.PROTECTION_ENDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=locked,
        details={"reason": reason},
    )
    return locked


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is known of an order of a court; its days are days in London."""

    kind: OrderKind
    says: str
    court: str = ""
    made_on: date | None = None
    ends_on: date | None = None


@act
def record_court_order(
    *,
    case: Case,
    person: Person,
    order: Order,
    document: Document | None = None,
    arrived: Arrived | None = None,
    by: User,
    at: datetime,
) -> CourtOrder:
    """Record an order of a court about a person, with the document where there is one."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    what = f"Court order: {order.kind.label}"
    shown = what_shows_it(case=case, document=document, arrived=arrived, what=what, by=by, at=at)
    found = CourtOrder.objects.create(
        case=case, person=person, document=shown, recorded_by=by, recorded_at=at, **asdict(order)
    )
    record(
        CaseEvent.COURT_ORDER_RECORDED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=found,
    )
    return found


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody thinks of the matter, in their words; ``said_on`` is a day in London."""

    whose: Whose
    said_by: str
    words: str
    said_on: date
    how: HeardHow
    heard_by: str


@act
def record_view(*, case: Case, person: Person, said: Said, by: User, at: datetime) -> ViewHeard:
    """Record the view of a person, or of somebody near them; apart from any consent."""
    check_user_can_work_on(by, case)
    check_in_case(case, person)
    view = ViewHeard.objects.create(
        case=case, person=person, recorded_by=by, recorded_at=at, **asdict(said)
    )
    record(
        CaseEvent.VIEW_HEARD,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=view,
    )
    return view
