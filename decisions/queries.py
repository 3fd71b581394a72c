"""The only doors to requests, drafts, decisions and what follows them."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import (
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from decisions import needs, relying
from decisions.enums import AWAITED, ReviewState, State
from decisions.hands import reviewed_by
from decisions.models import (
    AdviceRequest,
    Decision,
    Draft,
    DraftEditor,
    Request,
    RequestCorrection,
    SameRequest,
    SignedVersion,
    Telling,
)
from decisions.reviewers import Reviewers as Reviewers
from decisions.reviewers import reviewers_of as reviewers_of
from decisions.reviewers import with_reviewers
from infosharing.access.doors import through
from infosharing.access.refusals import refuse
from infosharing.accounts.models import Membership, User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import ADVISING, REACHING_DOWN, RECORDING, REVIEWING
from infosharing.cases.enums import AccessKind
from infosharing.cases.matching import words_of
from infosharing.cases.models import Case, CaseAccess, Document
from infosharing.cases.queries import WORKING, visible_filter
from infosharing.cases.reaching import protected

Found = TypeVar("Found", bound=Model)


def _visible(
    rows: QuerySet[Found], user: User, path: str, *, walked: bool = False
) -> QuerySet[Found]:
    if not standing(user).has(WORKING):
        return rows.none()
    seen, kept_from = visible_filter(user, path, walked=walked)
    return rows.filter(seen).exclude(kept_from)


def visible_requests(user: User, *, walked: bool = False) -> QuerySet[Request]:
    """Return the requests of the cases a user may see; ``walked`` as in ``visible_filter``."""
    return _visible(Request.objects.all(), user, "case__", walked=walked)


def visible_decisions(user: User, *, walked: bool = False) -> QuerySet[Decision]:
    """Return the decisions of the cases a user may see, drafts among them.

    ``walked`` as in ``visible_filter``.
    """
    return _visible(Decision.objects.all(), user, "case__", walked=walked)


def open_draft_id(path: str = "") -> Subquery:
    """Return the id of the draft of a decision of which nothing is signed, to annotate with.

    ``path`` is the way from the model asked to its decision, such as ``decision__``.
    """
    drafts = Draft.objects.filter(
        decision=OuterRef(path.removesuffix("__") or "pk"), decision__version=None, closed_at=None
    )
    return Subquery(drafts.values("public_id")[:1])


def access_request(user: User, public_id: str) -> Request:
    """Return a request the user may see, with ``open_draft``: the id of a first draft, if any.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_requests(user).select_related(
        "case", "case__organisation", "decision", "recorded_by", "identity_checked_by"
    )
    rows = rows.annotate(open_draft=open_draft_id("decision__"), protected=protected("case", user))
    return through(rows, user, public_id)


def requests_in(case: Case) -> QuerySet[Request]:
    """Return the requests of a case fetched through its door, with decision and ``open_draft``.

    ``consent_changed`` says whether consent changed that the signed decision relied on.
    """
    rows = Request.objects.filter(case=case).select_related("decision").order_by("id")
    return rows.annotate(
        open_draft=open_draft_id("decision__"),
        consent_changed=relying.has_changed("decision__version"),
    )


def corrections_of(request: Request) -> QuerySet[RequestCorrection]:
    """Return how a request fetched through its door was put right, oldest first."""
    return request.corrections.select_related("corrected_by").order_by("id")


def requests_like(
    user: User,
    cases: Iterable[Case],
    typed: Mapping[str, Any],
    *,
    besides: Request | None = None,
) -> list[Request]:
    """Return visible requests on the cases that may be the one typed, newest first; one query.

    The same requester, or again nobody's but ours, and much the same purpose or question.
    ``besides`` is the one typed, where it is recorded already: then it is left out, with those of
    which somebody has said whether they are the same.
    """
    ids = [case.pk for case in cases]
    if not ids or not typed.get("purpose"):
        return []
    rows = visible_requests(user).filter(case__in=ids).order_by("-recorded_at", "-id")
    if besides is not None:
        said = SameRequest.objects.filter(request=besides).values("known")
        rows = rows.exclude(pk=besides.pk).exclude(pk__in=said)
    asker = words_of(typed.get("requester_name") or "")
    purpose, asked = words_of(typed["purpose"]), words_of(typed.get("asked_for") or "")
    return [
        request
        for request in rows[:50]
        if words_of(request.requester_name) == asker
        and (
            _much_the_same(purpose, words_of(request.purpose))
            or _much_the_same(asked, words_of(request.asked_for))
        )
    ][:3]


def _much_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) * 3 >= len(one | other) * 2


def same_requests(user: User, request: Request) -> list[tuple[str, Request]]:
    """Return the visible requests said to be the same as one, each with who said it; one query.

    Both ways: the earlier one names the later. What was said last of two holds.
    """
    rows = SameRequest.objects.filter(Q(request=request) | Q(known=request)).order_by("id")
    visible = visible_requests(user).values("pk")
    last: dict[int, SameRequest] = {}
    for row in rows.filter(request__in=visible, known__in=visible).select_related(
        "request", "known", "said_by"
    ):
        other = row.known if row.request_id == request.pk else row.request
        last[other.pk] = row
    return [
        (row.said_by.name, row.known if row.request_id == request.pk else row.request)
        for row in last.values()
        if row.same
    ]


def documents_of(request: Request) -> QuerySet[Document]:
    """Return the documents attached to a request fetched through its door, oldest first."""
    rows = Document.objects.filter(requests__request=request)
    return rows.select_related("added_by").order_by("requests__id")


def _decisions_in_full(user: User) -> QuerySet[Decision]:
    rows = visible_decisions(user).annotate(protected=protected("case", user))
    return rows.select_related(
        "case",
        "organisation",
        "request",
        "request__identity_checked_by",
        "version",
        "version__signed_by",
        "version__in_place_of",
        "version__review",
        "version__review__reviewer",
        "version__review__in_place_of",
        "version__review__second",
        "version__review__second__reviewer",
        "version__review__second__in_place_of",
        "look_back",
        "look_back__looked_by",
        "look_back__in_place_of",
        "started_by",
    )


def access_decision(user: User, public_id: str) -> Decision:
    """Return a decision the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    return through(_decisions_in_full(user), user, public_id)


def access_record(user: User, public_id: str) -> Decision:
    """Return a decision the user may see, with what ``with_reviewers`` adds.

    ``consent_changed`` says whether consent it relied on changed and nobody has said yet what
    they did about it; ``consent_answered`` whether somebody has.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = with_reviewers(_decisions_in_full(user), user).annotate(
        consent_changed=relying.has_changed("version"),
        consent_answered=relying.was_answered("version"),
    )
    return through(rows, user, public_id)


def access_version(user: User, decision: Decision, number: int) -> SignedVersion:
    """Return one signed version of a decision the user has been given.

    :raises Http404: when the decision has no such version; the refusal is logged.
    """
    found = versions_of(decision).filter(number=number).first()
    if found is None:
        raise refuse(user, "decisions.signedversion", f"{decision.public_id}/{number}")
    return found


def access_draft(user: User, public_id: str) -> Draft:
    """Return a draft of a decision the user may see, signed ones too.

    ``worked_on`` says whether the user has edited it.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = _visible(Draft.objects.all(), user, "decision__case__").select_related(
        "decision",
        "decision__case",
        "decision__case__organisation",
        "decision__organisation",
        "decision__request",
        "decision__request__identity_checked_by",
        "decision__version",
        "decision__version__review",
        "decision__version__review__reviewer",
        "decision__version__review__second",
        "decision__version__review__second__reviewer",
        "version",
    )
    worked_on = Exists(DraftEditor.objects.filter(draft=OuterRef("pk"), user=user))
    rows = needs.with_rules(rows.annotate(worked_on=worked_on), "decision__organisation")
    return through(rows, user, public_id)


def advice_asked_of(user: User) -> QuerySet[AdviceRequest]:
    """Return the questions put to a user; they see the question and nothing else of the case.

    Somebody kept from the case does not see it, even when asked. Whoever stands in for somebody
    sees what they were asked about cases that they see themselves.
    """
    asked = Q(asked_of=user)
    stand = standing(user)
    for other in stand.stands_in_for:
        places = [one.pk for one in stand.organisations_with(RECORDING, standing_in=other)]
        seen, _kept = visible_filter(user, "decision__case__")
        asked |= Q(asked_of=other, decision__organisation__in=places) & seen
    kept_from = CaseAccess.objects.filter(
        user=user, kind=AccessKind.EXCLUDED, ended_at=None
    ).values("case")
    return (
        AdviceRequest.objects.filter(asked)
        .exclude(decision__case__in=kept_from)
        .select_related(
            "decision", "decision__case", "decision__organisation", "asked_by", "asked_of"
        )
    )


def possible_advisers(decision: Decision, by: User) -> list[Membership]:
    """Return whom somebody may ask about a decision, each person once, by name.

    Members of the organisation, and those of its trust who reach down; never oneself, and
    nobody kept from the case, who must not learn of it by being offered here.
    """
    organisation = decision.organisation
    kept_from = set(
        CaseAccess.objects.filter(
            case=decision.case_id, kind=AccessKind.EXCLUDED, ended_at=None
        ).values_list("user", flat=True)
    )
    here = Q(organisation=organisation, role__in=list(ADVISING))
    if organisation.parent_id:
        here |= Q(organisation=organisation.parent_id, role__in=list(ADVISING & REACHING_DOWN))
    members = (
        Membership.objects.on(today())
        .filter(here, user__is_active=True)
        .exclude(user__in=kept_from | {by.pk})
        .select_related("user")
        .order_by("user__name", "user", "id")
    )
    return list({member.user_id: member for member in reversed(members)}.values())[::-1]


def access_advice_request(user: User, public_id: str) -> AdviceRequest:
    """Return a question put to the user.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    return through(advice_asked_of(user), user, public_id)


def undecided(user: User) -> QuerySet[Request]:
    """Return visible requests that have no signed decision yet."""
    return visible_requests(user).filter(undecided__isnull=False)


def signed_decisions(user: User, *, walked: bool = False) -> QuerySet[Decision]:
    """Return the visible decisions that have been signed, without the bodies of their versions.

    ``walked`` as in ``visible_filter``.
    """
    return (
        visible_decisions(user, walked=walked)
        .filter(state=State.SIGNED, signed_at__isnull=False)
        .select_related("signed_by", "version", "organisation", "case")
        .defer("version__body")
    )


def undecided_in_order(user: User) -> QuerySet[Request]:
    """Return what is not decided yet, by when it is to be decided; without a time last."""
    return (
        undecided(user)
        .select_related("case", "decision", "recorded_by")
        .order_by(F("by_when").asc(nulls_last=True), "recorded_at", "id")
    )


def waiting_for_review_by(user: User) -> QuerySet[Decision]:
    """Return the decisions that a user is to review.

    Those of an organisation they review in themselves, and of a school below their trust what
    nobody at the school can review.
    """
    first = _to_look_at(user).filter(review_state__in=AWAITED)
    return first.exclude(reviewed_by(user), review_state=ReviewState.SECOND)


def waiting_for_look_back_by(user: User) -> QuerySet[Decision]:
    """Return the emergencies that a user is to look back at; as those to be reviewed."""
    return _to_look_at(user).filter(look_back_due__isnull=False)


def _to_look_at(user: User) -> QuerySet[Decision]:
    stand = standing(user)
    own = [m.organisation_id for m in stand.memberships if m.role in REVIEWING]
    reached = [o.pk for o in stand.organisations_with(REVIEWING)]
    return (
        with_reviewers(visible_decisions(user), user)
        .filter(Q(own_hand=False), organisation__in=reached)
        .filter(Q(organisation__in=own) | Q(reviewable_here=False))
    )


def tellings_of(decision: Decision) -> QuerySet[Telling]:
    """Return what was recorded about telling people, in the order it was recorded."""
    return decision.tellings.select_related("person", "recorded_by").order_by("id")


def versions_of(decision: Decision) -> QuerySet[SignedVersion]:
    """Return the signed versions with their reviews, the one in force first."""
    return decision.versions.select_related(
        "signed_by",
        "review",
        "review__reviewer",
        "review__in_place_of",
        "review__second",
        "review__second__reviewer",
        "review__second__in_place_of",
    ).order_by("-number")


def version_before(version: SignedVersion, *, asked: bool = True) -> SignedVersion | None:
    """Return the version that a further one replaced, with its review; None for a first.

    ``asked`` fetches what the review asked, too.
    """
    if version.number == 1:
        return None
    found = versions_of(version.decision)
    if asked:
        found = found.prefetch_related("review__questions")
    return found.filter(number=version.number - 1).first()


def version_after(version: SignedVersion) -> SignedVersion | None:
    """Return the version that replaced one; None for the one in force."""
    return versions_of(version.decision).filter(number=version.number + 1).first()


def drafts_of(decision: Decision) -> list[Draft]:
    """Return the drafts of a decision, each with the version it became, the newest first."""
    return list(
        decision.drafts.select_related(
            "started_by",
            "version",
            "version__signed_by",
            "version__review",
            "version__review__second",
        )
        .defer("version__body")
        .order_by("-id")
    )
