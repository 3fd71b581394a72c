"""Sharing in an emergency: one page becomes a signed version in one act (R19)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from decisions.care import is_heard
from decisions.domain import drafting, following, signing
from decisions.domain.requesting import Asked, Identity, Requester, record_request
from decisions.enums import VersionKind
from decisions.models import Draft, SignedVersion
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import Part
from infosharing.cases.models import Case
from infosharing.cases.queries import people_in


class UnableToShare(Exception):
    """It cannot be recorded like this; ``field`` names what to change, the message says why."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class SharedAlready:
    """It was told or sent before it was signed: the day in London, the time as remembered."""

    on: date
    time: str = ""
    told_confidential: bool = False


@dataclass(frozen=True, kw_only=True)
class FromPaper:
    """It was written on the printed sheet first, by whom and when."""

    by: str
    on: date
    time: str = ""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What is shared in an emergency, to whom, how, and why now; the role is the signer's.

    ``requester`` and ``identity`` are there where somebody asked for it.
    """

    what: str
    recipient: str
    organisation: str = ""
    method: str
    address: str = ""
    why: str
    role: Role
    already: SharedAlready | None = None
    paper: FromPaper | None = None
    requester: Requester | None = None
    identity: Identity | None = None


@act
def share_in_emergency(
    *,
    place: Organisation,
    case: Case | None,
    people: Iterable[NewPerson],
    shared: Shared,
    by: User,
    at: datetime,
) -> SignedVersion:
    """Record an emergency: case, request, draft, signed version and what was sent, or nothing.

    ``case`` is one the user may see; without one a case about ``people`` is opened at ``place``.
    Only what guide.md section 5 names for ``share_now`` holds it back.

    :raises UnableToShare: for a day that has not come.
    :raises decisions.policies.StillIncomplete: with what holds the signature back.
    :raises PermissionDenied: without the role, or a recording role there.
    """
    _check_days(shared, localdate(at))
    if case is None:
        case = open_case(organisation=place, summary=shared.why, people=people, by=by, at=at)
    happened_on = shared.already.on if shared.already else localdate(at)
    request = record_request(
        case=case,
        asked=Asked(
            asked_for=shared.what,
            purpose=shared.why,
            happened_on=happened_on,
            happened_time=shared.already.time if shared.already else "",
        ),
        requester=shared.requester,
        identity=shared.identity,
        by=by,
        at=at,
    )
    draft = drafting.start_decision(request=request, kind=VersionKind.EMERGENCY, by=by, at=at)
    _type_in(draft, _pages(case, shared), by, at)
    # What the page holds is what is signed: it was typed, read and sent in one go.
    version = signing.sign(
        draft=draft, seen=signing.prepared_draft(draft, at, by).seen, by=by, at=at
    )
    if shared.already:
        following.record_disclosure(
            decision=version.decision,
            recipient=version.recipients.get(),
            items=list(version.items.all()),
            sent_on=shared.already.on,
            sent_time=shared.already.time,
            method=shared.method,
            address=shared.address,
            sent_by=shared.paper.by if shared.paper else by.name,
            told_confidential=shared.already.told_confidential,
            note="",
            taken=following.Taken(heard_by=shared.recipient if is_heard(shared.method) else ""),
            by=by,
            at=at,
        )
    return version


def _check_days(shared: Shared, today: date) -> None:
    if shared.already and shared.already.on > today:
        raise UnableToShare("This day has not come yet.", "shared_on")
    if shared.paper and shared.paper.on > today:
        raise UnableToShare("This day has not come yet.", "paper_on")


def _pages(case: Case, shared: Shared) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return what is signed as the pages of a draft, so that the write-up goes on from there."""
    subjects = [part.person.public_id for part in people_in(case) if part.part == Part.SUBJECT]
    already, paper = shared.already, shared.paper
    said = {"shared_on": already.on.isoformat(), "shared_time": already.time} if already else {}
    if paper:
        said |= {
            "paper_by": paper.by,
            "paper_on": paper.on.isoformat(),
            "paper_time": paper.time,
        }
    confidential = {"told_confidential": ["yes"]} if already and already.told_confidential else {}
    return {
        "emergency": {name: [value] for name, value in said.items()},
        "danger": {"answer_immediate_danger": ["yes"]},
        "people": {"people": subjects},
        "outcome": {
            "outcome": ["share"],
            "reasons": [shared.why],
            "decided_by_role": [str(shared.role)],
        },
        "item": {"what": [shared.what], "handling": ["share"], "about": subjects},
        "recipient": {
            "name": [shared.recipient],
            "organisation": [shared.organisation],
            "method": [shared.method],
            "address": [shared.address],
            **confidential,
        },
    }


def _type_in(
    draft: Draft, pages: Mapping[str, Mapping[str, Sequence[str]]], by: User, at: datetime
) -> None:
    for page, typed in pages.items():
        index = 1 if page in ("item", "recipient") else 0
        drafting.save_page(
            draft=draft, page=page, index=index, typed=typed, version=0, by=by, at=at
        )
