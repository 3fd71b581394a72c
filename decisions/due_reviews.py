"""Reviews and looks back that are somebody's to do; see ``infosharing.cases.due``."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from decisions import queries
from decisions.due_lines import joined, left, mine, to
from decisions.enums import ReviewOutcome, ReviewState
from decisions.models import Draft, ReviewReply
from infosharing.accounts.models import User
from infosharing.cases.due import Due, Group, Kind, Row, Source
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_date, british_datetime


def came_back(user: User) -> list[Source]:
    """Return what reviewers returned to the user, or did not agree with."""
    return [_returned(user), *_disagreed(user)]


def waiting(user: User) -> list[Source]:
    """Return what is the user's to review, or to look back at."""
    return [_reviews(user), _look_backs(user)]


def _returned(user: User) -> Source:
    begun = Draft.objects.filter(decision=OuterRef("pk"), closed_at=None)

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, reviewer = row.texts
        return Due(
            group=Group.BACK,
            title=f"Make the changes to decision {spoken(reference)}",
            url=to("amend", ident),
            hint=joined(row.about, f"Returned by {reviewer} on {british_datetime(row.since)}"),
            status="Returned to you",
            colour="red",
        )

    return Source(
        kind=Kind.RETURNED,
        rows=mine(user)
        .filter(
            ~Exists(begun),
            review_state=ReviewState.RETURNED,
        )
        .annotate(
            returned_at=Coalesce(
                "version__review__second__reviewed_at", "version__review__reviewed_at"
            )
        ),
        tell=tell,
        case="case_id",
        since="returned_at",
        texts=[
            "public_id",
            "reference",
            Coalesce("version__review__second__reviewer__name", "version__review__reviewer__name"),
        ],
    )


def _disagreed(user: User) -> list[Source]:
    """Reviewers who did not agree with what the user signed, until the user has answered (R57)."""
    found = []
    for which, path in (("first", "version__review__"), ("second", "version__review__second__")):
        answered = ReviewReply.objects.filter(
            review=OuterRef("version__review"), to_second=which == "second"
        )

        def tell(row: Row, _now: datetime, which: str = which) -> Due:
            ident, reference, reviewer = row.texts
            return Due(
                group=Group.BACK,
                title=f"Read why {reviewer} does not agree with decision {spoken(reference)}",
                url=reverse("decisions:disagreement", args=[ident, which]),
                hint=joined(row.about, f"Reviewed on {british_datetime(row.since)}"),
                status="Not agreed; it stands",
                colour="orange",
            )

        rows = mine(user).filter(~Exists(answered), **{f"{path}outcome": ReviewOutcome.DISAGREED})
        found.append(
            Source(
                kind=Kind.RETURNED,
                rows=rows,
                tell=tell,
                case="case_id",
                since=f"{path}reviewed_at",
                texts=["public_id", "reference", f"{path}reviewer__name"],
            )
        )
    return found


def _reviews(user: User) -> Source:
    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, signer, number, state = row.texts
        second = state == ReviewState.SECOND
        again = f"Version {number}" if int(number) > 1 else ""
        return Due(
            group=Group.WAITING,
            title=f"Review decision {spoken(reference)}",
            url=to("review", ident),
            hint=joined(row.about, again, f"Signed by {signer} on {british_date(row.since)}"),
            status="Waiting for a second reviewer" if second else "Waiting for review",
            colour="yellow",
        )

    return Source(
        kind=Kind.REVIEW,
        rows=queries.waiting_for_review_by(user),
        tell=tell,
        case="case_id",
        since="signed_at",
        texts=[
            "public_id",
            "reference",
            "signed_by__name",
            Cast("version__number", CharField()),
            "review_state",
        ],
    )


def _look_backs(user: User) -> Source:
    """Emergencies to be looked back at, until somebody has (R19)."""

    def tell(row: Row, now: datetime) -> Due:
        ident, reference, signer = row.texts
        status, colour = left(row, now, "To be looked back at")
        return Due(
            group=Group.WAITING,
            title=f"Look back at emergency {spoken(reference)}",
            url=to("look-back", ident),
            hint=joined(row.about, f"Signed by {signer} on {british_datetime(row.since)}"),
            status=status,
            colour=colour,
        )

    return Source(
        kind=Kind.LOOK_BACK,
        rows=queries.waiting_for_look_back_by(user),
        tell=tell,
        case="case_id",
        due="look_back_due",
        since="signed_at",
        texts=["public_id", "reference", "signed_by__name"],
    )
