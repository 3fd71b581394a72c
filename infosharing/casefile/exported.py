"""The doors to exports: each is its owner's alone, and only while they may see what is in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, OuterRef, QuerySet

from decisions.models import Decision
from decisions.queries import visible_decisions
from infosharing.access.doors import through
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING
from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export, ExportRecord
from infosharing.cases.models import Case
from infosharing.cases.queries import visible_cases
from infosharing.search.walking import row_by_row

PATIENCE: Final = timedelta(minutes=1)


def own_exports(user: User) -> QuerySet[Export]:
    """Return what a user asked for, the latest first."""
    rows = Export.objects.filter(asked_by=user).select_related("case", "person", "organisation")
    return rows.order_by("-asked_at", "-id")


def access_export(user: User, public_id: str) -> Export:
    """Return an export of the user's own.

    :raises Http404: alike for absent and somebody else's; the refusal is logged.
    """
    return through(own_exports(user), user, public_id)


def cases_to_take_away(user: User) -> QuerySet[Case]:
    """Return the cases that a user may take away: seen, where they lead or audit."""
    return visible_cases(user).filter(organisation__in=_overseen(user))


def decisions_to_take_away(user: User) -> QuerySet[Decision]:
    """Return the decisions that a user may take away: seen, where they lead or audit."""
    return visible_decisions(user).filter(organisation__in=_overseen(user))


def _overseen(user: User) -> list[int]:
    return [one.pk for one in standing(user).organisations_with(OVERSEEING)]


def allowed_records(user: User) -> QuerySet[ExportRecord]:
    """Return the records of exports that a user may take away now."""
    return ExportRecord.objects.filter(
        row_by_row(cases_to_take_away(user).filter(pk=OuterRef("case")))
        | row_by_row(decisions_to_take_away(user).filter(pk=OuterRef("decision")))
    )


def closed_to(user: User, exports: Iterable[Export]) -> set[int]:
    """Return the keys of those exports with something in them that a user may not see now.

    Two queries, however many there are.
    """
    keys = [export.pk for export in exports]
    rows = ExportRecord.objects.filter(export__in=keys)
    every = dict(_counted(rows))
    allowed = dict(_counted(allowed_records(user).filter(export__in=keys)))
    return {key for key, count in every.items() if allowed.get(key, 0) < count}


def _counted(rows: QuerySet[ExportRecord]) -> QuerySet[ExportRecord, tuple[int, int]]:
    return rows.order_by().values("export").annotate(n=Count("pk")).values_list("export", "n")


def failed_in(export: Export) -> list[ExportRecord]:
    """Return the records of an export whose pages could not be made, with what names them."""
    rows = export.records.filter(failed=True).select_related("decision", "case")
    return list(rows.order_by("number"))


def nobody_works(export: Export, at: datetime) -> bool:
    """Return whether an export has waited for long, and nothing is being made."""
    if export.state != ExportState.WAITING or at - export.asked_at < PATIENCE:
        return False
    return not Export.objects.filter(state=ExportState.WORKING, leased_until__gte=at).exists()
