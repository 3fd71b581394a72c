"""What was said about sharing, for the chronology of a case (R2)."""

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from consent.enums import GivenBy, Status
from consent.models import ConsentRecord
from infosharing.accounts.models import User
from infosharing.cases.models import Case
from infosharing.cases.timeline import Entry


def fetch(case: Case) -> None:
    """Fetch what was said and keep it on ``case``: one query, once."""
    said = ConsentRecord.objects.select_related(
        "person", "recorded_by", "withdrawal", "withdrawal__recorded_by"
    ).order_by("said_on", "recorded_at", "id")
    prefetch_related_objects([case], Prefetch("consents", said))


def entries(case: Case, user: User) -> list[Entry]:
    """Return each yes or no and each withdrawal; ``user`` is somebody who may see the case."""
    fetch(case)
    found = []
    for consent in case.consents.all():
        found.append(_said(consent))
        withdrawal = getattr(consent, "withdrawal", None)
        if withdrawal is not None:
            found.append(
                Entry(
                    happened_on=withdrawal.withdrawn_on,
                    recorded_at=withdrawal.recorded_at,
                    kind="Consent withdrawn",
                    words=f"By {withdrawal.withdrawn_by}. {withdrawal.words}".strip(),
                    by=withdrawal.recorded_by.name,
                    url=reverse("consent:detail", args=[consent.public_id]),
                )
            )
    return found


def _said(consent: ConsentRecord) -> Entry:
    given = consent.status == Status.GIVEN
    giver = f"{consent.giver} ({GivenBy(consent.given_by).label.lower()})"
    return Entry(
        happened_on=consent.said_on,
        recorded_at=consent.recorded_at,
        kind="Agreed to sharing" if given else "Refused sharing",
        words=f"By {giver}, about {consent.person.name}: {consent.scope_purpose}",
        by=consent.recorded_by.name,
        url=reverse("consent:detail", args=[consent.public_id]),
    )
