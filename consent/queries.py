"""The only doors to consent records."""

from django.db.models import QuerySet

from consent.models import ConsentRecord
from infosharing.access.doors import through
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.cases.models import Case
from infosharing.cases.queries import WORKING, visible_filter


def visible_to(user: User) -> QuerySet[ConsentRecord]:
    """Return the consent records of the cases a user may see."""
    if not standing(user).has(WORKING):
        return ConsentRecord.objects.none()
    seen, kept_from = visible_filter(user, "case__")
    return ConsentRecord.objects.filter(seen).exclude(kept_from)


def of_case(case: Case) -> QuerySet[ConsentRecord]:
    """Return what was said in a case, in the order it was said, then recorded."""
    return (
        ConsentRecord.objects.filter(case=case)
        .select_related("person", "giver_person", "withdrawal", "recorded_by")
        .order_by("said_on", "recorded_at", "id")
    )


def access_consent(user: User, public_id: str) -> ConsentRecord:
    """Return a consent record the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_to(user).select_related(
        "case", "case__organisation", "person", "withdrawal", "recorded_by"
    )
    return through(rows, user, public_id)
