"""What somebody typed and sent when they were signed out: theirs to send; see ``cases.due``."""

from datetime import datetime

from django.urls import reverse

from infosharing.access.models import KeptText
from infosharing.access.posted import KEPT_FOR
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING
from infosharing.cases.due import Due, Group, Kind, Row, Source
from infosharing.journeys.templatetags.british import british_date, british_datetime


def sources(user: User) -> list[Source]:
    """Return the pages that wait for the user to send them; nothing for who records nothing.

    Says nothing of what was typed, nor where: whoever looks on learns no more than that.
    """
    if not standing(user).has(RECORDING):
        return []

    def tell(row: Row, _now: datetime) -> Due:
        sent_at = row.since
        assert sent_at is not None  # noqa: S101 - the model has no row without
        return Due(
            group=Group.BACK,
            title="Send what you typed when you were signed out",
            url=reverse("access:kept", args=[row.texts[0]]),
            hint=f"Typed on {british_datetime(sent_at)} and not recorded yet",
            status=f"Kept until {british_date(sent_at + KEPT_FOR)}",
            colour="yellow",
        )

    return [
        Source(
            kind=Kind.KEPT,
            rows=KeptText.objects.filter(user=user),
            tell=tell,
            since="kept_at",
            texts=["public_id"],
        )
    ]
