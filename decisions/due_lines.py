"""What the lines of work about requests and decisions have in common."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from decisions import queries
from decisions.models import Decision
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import Role
from infosharing.cases.due import Row, whose
from infosharing.cases.queries import visible_filter
from infosharing.workdays.clock import LONDON, WorkingDays, working_time

LEADS: Final = frozenset({Role.DSL, Role.DEPUTY_DSL})
# After so many working days what others left standing is shown to the safeguarding leads.
STANDING_STILL: Final = 3


def seen(model: type[Model], user: User, path: str) -> QuerySet[Any]:
    """Return the rows a user may see; ``path`` is the way to their case, such as ``case__``."""
    visible, kept_from = visible_filter(user, path)
    return model._default_manager.filter(visible).exclude(kept_from)  # noqa: SLF001 - Django's name


def mine(user: User) -> QuerySet[Decision]:
    """Return what the user signed and may still see; the last version is what is followed.

    What somebody signed for whom they stand in today is theirs too.
    """
    return queries.visible_decisions(user).filter(whose(user, "signed_by", "organisation"))


def recorded_or_signed(model: type[Model], user: User, **late: Any) -> Q:
    """Return what is true of what the user recorded, or belongs to an open decision they signed.

    ``late`` is what makes it the safeguarding leads' too, at the places they lead. Searches of
    their own instead of one condition: no index answers an "or" over two tables.
    """
    place = "decision__organisation"
    rows = model._default_manager.filter(decision__closed_at=None).order_by()  # noqa: SLF001
    arms = [
        rows.filter(whose(user, "recorded_by", place)).values("pk"),
        rows.filter(whose(user, "decision__signed_by", place)).values("pk"),
    ]
    led = led_by(user)
    if late and led:
        arms.append(rows.filter(decision__organisation__in=led, **late).values("pk"))
    return Q(pk__in=arms[0].union(*arms[1:]))


def led_by(user: User) -> list[int]:
    """Return the keys of the places whose work a user answers for as a safeguarding lead."""
    return [one.pk for one in standing(user).organisations_with(LEADS)]


def working_days_ago(number: int) -> datetime:
    """Return when the day so many working days ago began in London.

    It goes by the day alone, as the query that counts is kept for a day (``how_many``), and by
    weekends and bank holidays: one query is about several places.
    """
    days, day, left_over = WorkingDays(), today(), number
    while left_over:
        day -= timedelta(days=1)
        left_over -= days.is_working(day)
    return datetime.combine(day, time(), tzinfo=LONDON)


def to(name: str, ident: str) -> str:
    """Return the address of a page of this app about one thing."""
    return reverse(f"decisions:{name}", args=[ident])


def joined(*parts: str) -> str:
    """Return sentences as one text; those that are empty left out."""
    return ". ".join(part for part in parts if part)


def left(row: Row, now: datetime, otherwise: str) -> tuple[str, str]:
    """Return words and colour of how much working time is left; ``otherwise`` without a time."""
    if row.moment is None:
        return otherwise, "yellow"
    time = working_time(row.moment, now, row.days)
    return time.words.capitalize(), "red" if time.late else "yellow"
