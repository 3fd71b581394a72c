"""Refusing somebody who is not who they said: one page, one act (guide.md section 2, rule 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from decisions.domain import drafting, signing
from decisions.domain.requesting import (
    Asked,
    Identity,
    Requester,
    check_identity,
    record_request,
)
from decisions.models import Decision, Draft, Request, SignedVersion
from decisions.policies import AlreadySigned
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on


class NobodyToRefuse(Exception):
    """Nobody asked for this, so nobody is refused."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why somebody is refused, in which role, and what the check showed.

    ``identity`` is None where the check that failed has been recorded before.
    """

    reasons: str
    role: Role
    identity: Identity | None


@act
def refuse_requester(
    *, request: Request, refusal: Refusal, by: User, at: datetime
) -> SignedVersion:
    """Refuse who asked: the failed check and the signed refusal, or neither (R4, R6).

    What somebody has typed for this request stays in its history.

    :raises NobodyToRefuse: for our own initiative.
    :raises decisions.policies.AlreadySigned: with the version, when it is decided.
    :raises decisions.policies.StillIncomplete: while the check recorded did not fail.
    :raises PermissionDenied: for those who may not work on the case, or without the role.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    check_user_can_work_on(by, locked.case)
    if not locked.received:
        raise NobodyToRefuse
    decided = Decision.objects.filter(request=locked).select_related("version").first()
    if decided is not None and decided.version is not None:
        raise AlreadySigned(decided.version)
    if refusal.identity is not None:
        locked = check_identity(request=locked, identity=refusal.identity, by=by, at=at)
    draft = _draft(locked, by, at)
    row = draft.pages.filter(page="outcome", index=0).first()
    drafting.save_page(
        draft=draft,
        page="outcome",
        index=0,
        typed={
            "outcome": ["do_not_share"],
            "reasons": [refusal.reasons],
            "decided_by_role": [str(refusal.role)],
        },
        version=row.version if row else 0,
        by=by,
        at=at,
    )
    seen = signing.prepared_draft(draft, at, by).seen
    return signing.sign(draft=draft, seen=seen, by=by, at=at)


def _draft(request: Request, by: User, at: datetime) -> Draft:
    try:
        draft = drafting.start_decision(request=request, by=by, at=at)
    except drafting.AlreadyStarted as started:
        draft = started.draft
    return Draft.objects.select_related(
        "decision__case__organisation", "decision__organisation", "decision__request"
    ).get(pk=draft.pk)


@act
def refuse_new_requester(
    *,
    place: Organisation,
    case: Case | None,
    people: Iterable[NewPerson],
    asked: Asked,
    requester: Requester,
    refusal: Refusal,
    by: User,
    at: datetime,
) -> SignedVersion:
    """Record what somebody asked who is not who they said, and refuse it, in one act.

    ``case`` is one the user may see; without one a case about ``people`` is opened at ``place``.

    :raises decisions.domain.requesting.UnableToRecord: for a day that has not come.
    :raises PermissionDenied: without a recording role there, or the role chosen.
    """
    if case is None:
        case = open_case(organisation=place, summary=asked.asked_for, people=people, by=by, at=at)
    request = record_request(
        case=case,
        asked=asked,
        requester=requester,
        identity=refusal.identity or Identity(identity="failed"),
        by=by,
        at=at,
    )
    kept = Refusal(reasons=refusal.reasons, role=refusal.role, identity=None)
    return refuse_requester(request=request, refusal=kept, by=by, at=at)
