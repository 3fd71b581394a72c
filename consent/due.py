"""What consent leaves somebody to do; see ``infosharing.cases.due``."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from consent import queries
from consent.enums import Status, Step
from consent.models import ConsentRecord
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import RECORDING
from infosharing.cases.due import Due, Group, Kind, Row, Source, whose
from infosharing.identifiers import spoken

# A continuing yes is named this long before its last day, so that there is time to ask anew.
NOTICE: Final = timedelta(days=14)


def sources(user: User) -> list[Source]:
    """Return what is the user's to do; nothing for somebody who records nothing."""
    if not standing(user).has(RECORDING):
        return []
    return [_questions(user), _reviews(user), _running_out(user)]


def _questions(user: User) -> Source:
    """Own questions without an answer, and reasons not to ask, on their day (R28, R30)."""

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, kind = row.texts
        titles = {
            Step.ASKED: "Have they answered",
            Step.TO_ASK: "Ask for consent",
            Step.NOT_SOUGHT: "Look again whether to ask for consent",
        }
        return Due(
            group=Group.DUE,
            title=f"{titles[Step(kind)]}: {spoken(reference)}",
            url=reverse("consent:step", args=[ident]),
            hint=row.about,
            status=str(Step(kind).label),
            colour="yellow",
        )

    rows = queries.with_openness(queries.visible_steps(user))
    return Source(
        kind=Kind.CONSENT,
        rows=rows.filter(
            Q(open=True), whose(user, "recorded_by", "case__organisation"), again_on__lte=today()
        ),
        tell=tell,
        case="case_id",
        since="recorded_at",
        texts=["public_id", "reference", "kind"],
    )


def _continuing(user: User) -> QuerySet[ConsentRecord]:
    return queries.with_state(queries.visible_to(user)).filter(
        whose(user, "recorded_by", "case__organisation"),
        status=Status.GIVEN,
        continuing=True,
        withdrawal=None,
        until__gte=today(),
    )


def _reviews(user: User) -> Source:
    """A continuing yes whose day to look at it again has come (R33)."""

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference = row.texts
        return Due(
            group=Group.DUE,
            title=f"Ask whether consent {spoken(reference)} still stands",
            url=reverse("consent:review", args=[ident]),
            hint=row.about,
            status="To be looked at again",
            colour="yellow",
        )

    return Source(
        kind=Kind.CONSENT,
        rows=_continuing(user).filter(Q(look_again_on__lte=today())),
        tell=tell,
        case="case_id",
        since="recorded_at",
        texts=["public_id", "reference"],
    )


def _running_out(user: User) -> Source:
    """A continuing yes that is about to run out (R33)."""

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference = row.texts
        return Due(
            group=Group.DUE,
            title=f"Consent {spoken(reference)} runs out: ask again, or let it end",
            url=reverse("consent:detail", args=[ident]),
            hint=row.about,
            status="Running out",
            colour="yellow",
        )

    return Source(
        kind=Kind.CONSENT,
        rows=_continuing(user).filter(until__lte=today() + NOTICE),
        tell=tell,
        case="case_id",
        day="until",
        since="recorded_at",
        texts=["public_id", "reference"],
    )
