"""What was said about sharing, for the chronology of a case and of one person (R2)."""

from typing import Final

from django.db.models import Model, Value
from django.db.models.functions import Concat
from django.urls import reverse

from consent.enums import GivenBy, Status, Step
from consent.models import ConsentRecord, ConsentStep, Withdrawal
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.chronicle import (
    Cases,
    Entry,
    Row,
    Source,
    keys_of,
    shown_by,
    told,
    with_document,
)
from infosharing.cases.enums import Strand
from infosharing.cases.models import Person

# What was said and in what standing, as one text.
STATUS_BY: Final = Concat("status", Value(" "), "given_by")

STRANDS: Final[dict[type[Model], Strand]] = dict.fromkeys(
    (ConsentRecord, Withdrawal, ConsentStep), Strand.CONSENT
)


def entries(cases: Cases, user: User, person: Person | None = None) -> list[Entry]:
    """Return each yes or no, each step around it, each withdrawal, each that ran out; one query.

    ``user`` is somebody who may see the case or cases; ``person`` narrows it to what is about them.
    """
    keys = keys_of(cases)
    said = ConsentRecord.objects.filter(case__in=keys)
    taken_back = Withdrawal.objects.filter(consent__case__in=keys)
    steps = ConsentStep.objects.filter(case__in=keys)
    if person is not None:
        said, steps = said.filter(person=person), steps.filter(person=person)
        taken_back = taken_back.filter(consent__person=person)
    return told(
        Source(
            rows=said,
            case="case_id",
            tell=_said,
            day="said_on",
            texts=[
                "public_id",
                STATUS_BY,
                "giver",
                "person__name",
                "scope_purpose",
                "limits",
                shown_by(cases),
            ],
        ),
        Source(
            rows=taken_back,
            case="consent__case_id",
            tell=_withdrawn,
            day="withdrawn_on",
            texts=["consent__public_id", "withdrawn_by", "words"],
        ),
        Source(
            rows=steps.filter(consent=None),
            case="case_id",
            tell=_step,
            day="happened_on",
            texts=["public_id", "kind", "whom", "standing", "person__name", "words"],
        ),
        Source(
            rows=steps.filter(consent__isnull=False),
            case="case_id",
            tell=_of_a_yes,
            day="happened_on",
            texts=[
                "consent__public_id",
                "kind",
                "whom",
                "scope_recipients",
                "scope_information",
                "words",
            ],
        ),
        Source(
            rows=said.filter(status=Status.GIVEN, withdrawal=None, until__lt=today()),
            case="case_id",
            tell=_ran_out,
            day="until",
            by="",
            texts=["public_id", "giver", "person__name"],
        ),
        strands=STRANDS,
    )


def _said(row: Row) -> Entry:
    ident, status_by, giver, name, purpose, limits, document = row.texts
    status, _, given_by = status_by.partition(" ")
    kind = "Refused sharing"
    if status == Status.GIVEN:
        kind = "Agreed to sharing, with limits" if limits else "Agreed to sharing"
    words = f"By {giver} ({GivenBy(given_by).label.lower()}), about {name}: {purpose}"
    if limits:
        words += f"\nThey said no to: {limits}"
    return row.entry(
        kind, with_document(words, document), url=reverse("consent:detail", args=[ident])
    )


def _withdrawn(row: Row) -> Entry:
    ident, who, words = row.texts
    url = reverse("consent:detail", args=[ident])
    return row.entry("Consent withdrawn", f"By {who}. {words}", url=url)


def _step(row: Row) -> Entry:
    ident, kind, whom, standing, name, words = row.texts
    told_as = {
        Step.TO_ASK: "Consent to be asked for",
        Step.ASKED: "Consent asked for",
        Step.NO_ANSWER: "No answer about consent",
        Step.NOT_SOUGHT: "Consent not asked for",
    }
    who = f"{whom} ({GivenBy(standing).label.lower()})" if standing else whom
    said = f"Whom: {who}, about {name}. {words}" if who else f"About {name}: {words}"
    return row.entry(told_as[Step(kind)], said, url=reverse("consent:step", args=[ident]))


def _of_a_yes(row: Row) -> Entry:
    ident, kind, whom, recipients, information, words = row.texts
    url = reverse("consent:detail", args=[ident])
    if kind == Step.REVIEWED:
        return row.entry("Consent looked at again: it still stands", words, url=url)
    lines = [f"By {whom}."]
    if recipients:
        lines.append(f"No longer with: {recipients}")
    if information:
        lines.append(f"No longer this information: {information}")
    return row.entry("Part of a consent withdrawn", "\n".join([*lines, words]), url=url)


def _ran_out(row: Row) -> Entry:
    ident, giver, name = row.texts
    url = reverse("consent:detail", args=[ident])
    return row.entry("Last day of a consent", f"By {giver}, about {name}.", url=url)
