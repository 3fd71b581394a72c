"""What was said about sharing, for the chronology of a case (R2)."""

from django.urls import reverse

from consent.enums import GivenBy, Status
from consent.models import ConsentRecord, Withdrawal
from infosharing.accounts.models import User
from infosharing.cases.models import Case
from infosharing.cases.timeline import Entry, Row, Source, told


def entries(case: Case, user: User) -> list[Entry]:
    """Return each yes or no and each withdrawal; one query.

    ``user`` is somebody who may see the case.
    """
    return told(
        Source(
            rows=ConsentRecord.objects.filter(case=case),
            tell=_said,
            day="said_on",
            texts=["public_id", "status", "giver", "given_by", "person__name", "scope_purpose"],
        ),
        Source(
            rows=Withdrawal.objects.filter(consent__case=case),
            tell=_withdrawn,
            day="withdrawn_on",
            texts=["consent__public_id", "withdrawn_by", "words"],
        ),
    )


def _said(row: Row) -> Entry:
    ident, status, giver, given_by, name, purpose = row.texts
    return row.entry(
        "Agreed to sharing" if status == Status.GIVEN else "Refused sharing",
        f"By {giver} ({GivenBy(given_by).label.lower()}), about {name}: {purpose}",
        url=reverse("consent:detail", args=[ident]),
    )


def _withdrawn(row: Row) -> Entry:
    ident, who, words = row.texts
    url = reverse("consent:detail", args=[ident])
    return row.entry("Consent withdrawn", f"By {who}. {words}", url=url)
