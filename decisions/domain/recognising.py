"""That somebody in a matter, or the request itself, was known already: found out afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from decisions.events import DecisionEvent
from decisions.models import Request, RequestPerson, SameRequest
from decisions.queries import visible_requests
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.recognising import say_different, say_same
from infosharing.cases.models import Case, Person, SamePerson
from infosharing.cases.permissions import check_user_can_work_on


class UnableToLink(Exception):
    """It cannot be said of these two requests; the message says why."""


@act
def recognise(
    *, case: Case, person: Person, known: Person, why: str = "", by: User, at: datetime
) -> SamePerson:
    """Say that somebody in a case is known already, for its requests as well.

    Whatever was asked about the one row is about the known person too.

    :raises infosharing.cases.domain.recognising.UnableToRecognise: as ``say_same``.
    :raises PermissionDenied: as ``say_same``.
    """
    said = say_same(case=case, person=person, known=known, why=why, by=by, at=at)
    for asked in Request.objects.filter(case=case, about__person=person):
        RequestPerson.objects.get_or_create(
            request=asked, person=known, defaults={"added_by": by, "added_at": at}
        )
    return said


@act
def say_same_request(
    *, request: Request, known: Request, same: bool, by: User, at: datetime
) -> SameRequest:
    """Say that a request is, or is not, one that was recorded before; both stay as they are.

    :raises PermissionDenied: for those who only read the case.
    :raises UnableToLink: for one request, or another that the user does not see.
    """
    check_user_can_work_on(by, request.case)
    if request.pk == known.pk or not visible_requests(by).filter(pk=known.pk).exists():
        raise UnableToLink("Choose another request that you see.")
    said = SameRequest.objects.create(
        request=request, known=known, same=same, said_by=by, said_at=at
    )
    record(
        DecisionEvent.SAME_REQUEST_SAID,
        by=by,
        at=at,
        organisation=request.case.organisation,
        case=request.case,
        about=request,
        details={"known": known.public_id, "same": same},
    )
    return said


@dataclass(frozen=True)
class Answered:
    """Who somebody is, and who they are not; ``known`` is None for somebody new."""

    known: Person | None
    others: Sequence[Person] = field(default=())


@act
def answer_known(
    *,
    request: Request,
    people: Mapping[Person, Answered],
    same_request: Request | None = None,
    other_requests: Sequence[Request] = (),
    by: User,
    at: datetime,
) -> None:
    """Keep every answer to "Is this somebody you already know?" after an emergency, in one act.

    :raises infosharing.cases.domain.recognising.UnableToRecognise: as ``say_same``.
    :raises UnableToLink: as ``say_same_request``.
    :raises PermissionDenied: for those who only read the case.
    """
    check_user_can_work_on(by, request.case)
    for person, answer in people.items():
        if answer.known is not None:
            recognise(case=request.case, person=person, known=answer.known, by=by, at=at)
        for other in answer.others:
            say_different(case=request.case, person=person, known=other, by=by, at=at)
    if same_request is not None:
        say_same_request(request=request, known=same_request, same=True, by=by, at=at)
    for other_request in other_requests:
        say_same_request(request=request, known=other_request, same=False, by=by, at=at)
    record(
        DecisionEvent.KNOWN_ANSWERED,
        by=by,
        at=at,
        organisation=request.case.organisation,
        case=request.case,
        about=request,
    )
