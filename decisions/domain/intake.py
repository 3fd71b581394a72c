"""A new matter in one act: the case, the people it is about and the request (R1, R4, R5)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from decisions.domain.drafting import start_decision
from decisions.domain.requesting import Asked, Identity, Requester, record_request
from decisions.models import Draft, Request
from infosharing.accounts.models import Organisation, User
from infosharing.audit.acts import act
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.models import Person


@act
def record_new_matter(
    *,
    organisation: Organisation,
    summary: str,
    people: Iterable[NewPerson],
    known: Iterable[Person] = (),
    keep_from: Iterable[User] = (),
    asked: Asked,
    requester: Requester | None,
    by: User,
    at: datetime,
) -> Request:
    """Open a case and record its first request in one act: either both are there or nothing is.

    ``known`` are people who are recorded already. ``requester`` is None for our own initiative;
    who asks is checked later.

    :raises PermissionDenied: without a recording role in the organisation.
    :raises infosharing.cases.domain.opening.UnableToOpen: when the author would keep it from
        themselves.
    :raises decisions.domain.requesting.UnableToRecord: for a day that has not come.
    """
    case = open_case(
        organisation=organisation,
        summary=summary,
        people=people,
        known=known,
        keep_from=keep_from,
        by=by,
        at=at,
    )
    return record_request(
        case=case,
        asked=asked,
        requester=requester,
        identity=Identity() if requester else None,
        by=by,
        at=at,
    )


@act
def record_and_decide(*, recorded: Callable[[], Request], by: User, at: datetime) -> Draft:
    """Record a request and start deciding it in one act: either both are there or nothing is.

    ``recorded`` records it, by the same person at the same moment; what it raises is raised.
    """
    return start_decision(request=recorded(), by=by, at=at)
