"""Who could review a decision: said of many at once, for lists and for what is shown (R57)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from decisions.hands import edited_or_advised, had_a_hand, reviewed_first
from decisions.models import Decision
from infosharing.accounts.models import Membership, OrganisationKind, User
from infosharing.accounts.queries import today
from infosharing.accounts.roles import REACHING_DOWN, REVIEWING
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CaseAccess


def _reviewers(on: date) -> QuerySet[Membership]:
    """Return the memberships in which the decision of the outer query could be reviewed that day.

    The school's own reviewing roles, and those of its trust that reach down; nobody with a hand
    in the decision, and nobody who cannot see its case.
    """
    case = OuterRef(OuterRef("case_id"))
    listed = CaseAccess.objects.filter(case=case, user=OuterRef("user"), ended_at=None)
    theirs = CaseAccess.objects.filter(case=case, user=OuterRef("in_place_of"), ended_at=None)
    unrestricted = Case.objects.filter(pk=case, restricted=False)
    here = Q(organisation=OuterRef("organisation_id"), role__in=REVIEWING)
    trust = Q(
        organisation=OuterRef("organisation__parent_id"),
        organisation__kind=OrganisationKind.TRUST,
        role__in=REACHING_DOWN.intersection(REVIEWING),
    )
    return (
        Membership.objects.on(on)
        .filter(here | trust, user__is_active=True)
        .filter(Exists(unrestricted) | Exists(listed.filter(kind=AccessKind.NAMED)))
        .exclude(user=OuterRef("signed_by_id"))
        .exclude(user=OuterRef("started_by_id"))
        .exclude(Exists(listed.filter(kind=AccessKind.EXCLUDED)))
        .exclude(edited_or_advised(OuterRef(OuterRef("pk")), OuterRef("user")))
        .exclude(reviewed_first(OuterRef(OuterRef("version_id")), OuterRef("user")))
        # Whoever stands in for somebody can do no more than they.
        .exclude(in_place_of=OuterRef("signed_by_id"))
        .exclude(in_place_of=OuterRef("started_by_id"))
        .exclude(Exists(theirs.filter(kind=AccessKind.EXCLUDED)))
        .exclude(edited_or_advised(OuterRef(OuterRef("pk")), OuterRef("in_place_of")))
        .exclude(reviewed_first(OuterRef(OuterRef("version_id")), OuterRef("in_place_of")))
    )


@lru_cache(maxsize=4)
def _could_review(on: date) -> tuple[Exists, Exists]:
    """Return whether somebody of the school could, and of its trust; kept, as it takes long."""
    school = Q(organisation=OuterRef("organisation_id"))
    found = _reviewers(on)
    return Exists(found.filter(school)), Exists(found.exclude(school))


def with_reviewers(decisions: QuerySet[Decision], user: User) -> QuerySet[Decision]:
    """Say of each decision who could review it, without a query for each.

    Adds ``reviewable_here`` (somebody of the school could), ``reviewable_by_trust`` (somebody of
    its trust could) and ``own_hand`` (the user had a hand in it). When nobody at the school can
    review, that is shown and the trust is told (design.md "Records").
    """
    here, by_trust = _could_review(today())
    return decisions.annotate(
        reviewable_here=here,
        reviewable_by_trust=by_trust,
        own_hand=ExpressionWrapper(had_a_hand(user), output_field=BooleanField()),
    )


@dataclass(frozen=True)
class Reviewers:
    """Who could review a decision; see ``with_reviewers``."""

    here: bool
    by_trust: bool
    own_hand: bool


def reviewers_of(decision: Decision) -> Reviewers:
    """Return what ``with_reviewers`` found out about a decision.

    :raises KeyError: for one that was fetched without it.
    """
    found = vars(decision)
    return Reviewers(
        here=bool(found["reviewable_here"]),
        by_trust=bool(found["reviewable_by_trust"]),
        own_hand=bool(found["own_hand"]),
    )
