"""What is somebody's to do, over everything they may see; one query (design.md "Look and words").

Each arm gives the same columns, so that all of it is one UNION: home shows it, the head of every
page counts it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from decisions import queries
from decisions.enums import ReceiptState, ReviewState
from decisions.models import AdviceRequest, Disclosure, Draft, Receipt, Telling
from decisions.policies import SHARING
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import RECORDING, Role
from infosharing.cases.queries import visible_filter

LIMIT: Final = 100
# Named apart from the fields of the models they come from.
COLUMNS: Final = (
    "todo_kind",
    "todo_ident",
    "todo_reference",
    "todo_case",
    "todo_moment",
    "todo_day",
    "todo_words",
)

# In the order of home: what cannot wait, then what others wait for, then one's own.
OVERDUE, DRAFT, ADVICE, REVIEW, RETURNED, SEND, RECEIPT, TELL = range(8)
LEADS = frozenset({Role.DSL, Role.DEPUTY_DSL})


@dataclass(frozen=True)
class ToDo:
    """One thing to do: ``ident`` is the id in its address, ``words`` a name that goes with it."""

    kind: int
    ident: str
    reference: str
    case: int
    moment: datetime | None
    day: date | None
    words: str


def _row(
    rows: QuerySet[Any],
    kind: int,
    *,
    ident: str = "public_id",
    reference: str = "",
    case: str = "",
    moment: str = "",
    day: str = "",
    words: str = "",
) -> QuerySet[Any, Any]:
    """Give a queryset the columns of the union; each is the name of a field, or nothing."""

    def column(name: str, nothing: Any, kind_of: Any) -> Any:
        return F(name) if name else Cast(Value(nothing), kind_of)

    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            todo_kind=Value(kind, output_field=IntegerField()),
            todo_ident=F(ident),
            todo_reference=column(reference, "", CharField(max_length=10)),
            todo_case=column(case, 0, IntegerField()),
            todo_moment=column(moment, None, DateTimeField()),
            todo_day=column(day, None, DateField()),
            todo_words=column(words, "", CharField(max_length=200)),
        )
        .values_list(*COLUMNS)
    )
    return found


def _seen(model: type[Model], user: User, path: str) -> QuerySet[Any]:
    seen, kept_from = visible_filter(user, path)
    return model._default_manager.filter(seen).exclude(kept_from)  # noqa: SLF001 - Django's name


def _of_mine(user: User) -> Q:
    """What somebody recorded, or follows from what they signed."""
    return Q(recorded_by=user) | Q(decision__signed_by=user)


def _overdue(user: User) -> QuerySet[Any, Any]:
    """Own requests nobody has begun to decide; for the safeguarding leads all that are too late."""
    leads = [o.pk for o in standing(user).organisations_with(LEADS)]
    late = Q(case__organisation__in=leads, by_when__lt=timezone.now())
    mine = Draft.objects.filter(
        decision__request=OuterRef("pk"), closed_at=None, editors__user=user
    )
    rows = queries.undecided(user).filter(Q(recorded_by=user, decision=None) | late)
    return _row(
        rows.exclude(Exists(mine)), OVERDUE, reference="reference", case="case_id", moment="by_when"
    )


def _drafts(user: User) -> QuerySet[Any, Any]:
    rows = _seen(Draft, user, "decision__case__").filter(closed_at=None, editors__user=user)
    return _row(
        rows,
        DRAFT,
        reference="decision__reference",
        case="decision__case_id",
        moment="decision__request__by_when",
        words="kind",
    )


def _advice(user: User) -> QuerySet[Any, Any]:
    """The question only: neither case nor names (R20)."""
    rows: QuerySet[AdviceRequest] = queries.advice_asked_of(user).filter(answered_at=None)
    return _row(rows, ADVICE, moment="asked_at", words="asked_by__name")


def _reviews(user: User) -> QuerySet[Any, Any]:
    return _row(
        queries.waiting_for_review_by(user),
        REVIEW,
        reference="reference",
        case="case_id",
        moment="signed_at",
        words="signed_by__name",
    )


def _returned(user: User) -> QuerySet[Any, Any]:
    begun = Draft.objects.filter(decision=OuterRef("pk"), closed_at=None)
    rows = queries.visible_decisions(user).filter(
        ~Exists(begun), review_state=ReviewState.RETURNED, signed_by=user
    )
    return _row(rows, RETURNED, reference="reference", case="case_id", moment="signed_at")


def _to_send(user: User) -> QuerySet[Any, Any]:
    """Decisions to share of which nothing is recorded as sent."""
    sent = Disclosure.objects.filter(decision=OuterRef("pk"))
    rows = queries.visible_decisions(user).filter(
        ~Exists(sent), outcome__in=SHARING, signed_by=user
    )
    return _row(rows, SEND, reference="reference", case="case_id", moment="signed_at")


def _receipts(user: User) -> QuerySet[Any, Any]:
    """What was sent and not confirmed; what came back, until it is sent again (R44)."""
    latest = Receipt.objects.filter(disclosure=OuterRef("pk")).order_by("-id").values("state")[:1]
    again = Disclosure.objects.filter(recipient=OuterRef("recipient"), id__gt=OuterRef("pk"))
    rows = (
        _seen(Disclosure, user, "decision__case__")
        .filter(_of_mine(user))
        .annotate(latest=Subquery(latest))
        .filter(
            Q(latest=None)
            | Q(latest=ReceiptState.CHASED)
            | (Q(latest=ReceiptState.NOT_RECEIVED) & ~Exists(again))
        )
    )
    return _row(
        rows,
        RECEIPT,
        reference="decision__reference",
        case="decision__case_id",
        day="sent_on",
        words="recipient__name",
    )


def _tellings(user: User) -> QuerySet[Any, Any]:
    """People who were not told, when the day to look at it again has come (R49)."""
    later = Telling.objects.filter(
        decision=OuterRef("decision"), person=OuterRef("person"), id__gt=OuterRef("pk")
    )
    rows = _seen(Telling, user, "decision__case__").filter(
        _of_mine(user), ~Exists(later), told=False, look_again_on__lte=today()
    )
    return _row(
        rows,
        TELL,
        ident="decision__public_id",
        reference="decision__reference",
        case="decision__case_id",
        day="look_again_on",
        words="person__name",
    )


def _all(user: User) -> QuerySet[Any, Any]:
    return _overdue(user).union(
        _drafts(user),
        _advice(user),
        _reviews(user),
        _returned(user),
        _to_send(user),
        _receipts(user),
        _tellings(user),
        all=True,
    )


def to_do(user: User) -> list[ToDo]:
    """Return what is a user's to do, most pressing kind first, the earliest first in each.

    At most ``LIMIT`` + 1, so that a page can say that there is more. One query; none for
    somebody who records nothing.
    """
    if not standing(user).has(RECORDING):
        return []
    found = [
        ToDo(*row)
        for row in _all(user).order_by("todo_kind", "todo_moment", "todo_day")[: LIMIT + 1]
    ]
    return sorted(found, key=lambda one: (one.kind, one.moment is None, one.moment, str(one.day)))


def how_much_to_do(user: User) -> int:
    """Return how much is a user's to do, counted up to ``LIMIT`` + 1; one query at the most."""
    if not standing(user).has(RECORDING):
        return 0
    return _all(user)[: LIMIT + 1].count()
