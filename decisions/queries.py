"""The only doors to requests, drafts, decisions and what follows them."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from decisions.enums import State
from decisions.models import AdviceRequest, Decision, Disclosure, Draft, Request, SignedVersion
from decisions.permissions import hands_in
from infosharing.access.doors import through
from infosharing.accounts.models import Membership, User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import REVIEWING
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import CaseAccess
from infosharing.cases.queries import WORKING, visible_filter

Found = TypeVar("Found", bound=Model)


def _visible(rows: QuerySet[Found], user: User, path: str) -> QuerySet[Found]:
    if not standing(user).has(WORKING):
        return rows.none()
    seen, kept_from = visible_filter(user, path)
    return rows.filter(seen).exclude(kept_from)


def visible_requests(user: User) -> QuerySet[Request]:
    """Return the requests of the cases a user may see."""
    return _visible(Request.objects.all(), user, "case__")


def visible_decisions(user: User) -> QuerySet[Decision]:
    """Return the decisions of the cases a user may see, drafts among them."""
    return _visible(Decision.objects.all(), user, "case__")


def access_request(user: User, public_id: str) -> Request:
    """Return a request the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_requests(user).select_related(
        "case", "case__organisation", "decision", "recorded_by", "identity_checked_by"
    )
    return through(rows, user, public_id)


def access_decision(user: User, public_id: str) -> Decision:
    """Return a decision the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_decisions(user).select_related(
        "case",
        "organisation",
        "request",
        "request__identity_checked_by",
        "version",
        "version__signed_by",
        "version__review",
        "version__review__reviewer",
        "started_by",
    )
    return through(rows, user, public_id)


def access_draft(user: User, public_id: str) -> Draft:
    """Return a draft of a decision the user may see, signed ones too.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = _visible(Draft.objects.all(), user, "decision__case__").select_related(
        "decision",
        "decision__case",
        "decision__case__organisation",
        "decision__organisation",
        "decision__request",
        "decision__request__identity_checked_by",
        "version",
    )
    return through(rows, user, public_id)


def access_disclosure(user: User, public_id: str) -> Disclosure:
    """Return a disclosure the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = _visible(Disclosure.objects.all(), user, "decision__case__").select_related(
        "decision", "decision__case", "decision__organisation", "recipient"
    )
    return through(rows, user, public_id)


def advice_asked_of(user: User) -> QuerySet[AdviceRequest]:
    """Return the questions put to a user; they see the question and nothing else of the case.

    Somebody kept from the case does not see it, even when asked.
    """
    kept_from = CaseAccess.objects.filter(
        user=user, kind=AccessKind.EXCLUDED, ended_at=None
    ).values("case")
    return (
        AdviceRequest.objects.filter(asked_of=user)
        .exclude(decision__case__in=kept_from)
        .select_related("decision", "decision__case", "decision__organisation", "asked_by")
    )


def access_advice_request(user: User, public_id: str) -> AdviceRequest:
    """Return a question put to the user.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    return through(advice_asked_of(user), user, public_id)


def undecided(user: User) -> QuerySet[Request]:
    """Return visible requests that have no signed decision yet."""
    return visible_requests(user).filter(Q(decision=None) | Q(decision__state=State.DRAFTING))


def possible_reviewers(version: SignedVersion) -> list[Membership]:
    """Return who could review a version, in the order of design.md; empty means nobody can.

    The DSL first, then deputy, head and data protection lead; then the same roles of the trust.
    """
    organisation = version.decision.organisation
    hands = hands_in(version)
    kept_from = set(
        CaseAccess.objects.filter(
            case=version.decision.case, kind=AccessKind.EXCLUDED, ended_at=None
        ).values_list("user", flat=True)
    )
    places = [pk for pk in (organisation.pk, organisation.parent_id) if pk]
    found = [
        membership
        for membership in Membership.objects.on(today())
        .filter(
            organisation__in=places,
            role__in=list(REVIEWING),
            user__is_active=True,
        )
        .select_related("user", "organisation")
        if membership.user_id not in hands | kept_from
    ]
    order = {str(role): number for number, role in enumerate(REVIEWING)}
    return sorted(
        found,
        key=lambda m: (places.index(m.organisation_id), order[m.role], m.user.name, m.pk),
    )
