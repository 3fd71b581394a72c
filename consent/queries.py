"""The only doors to consent records."""

from typing import TypeVar

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from consent.enums import Step
from consent.models import ConsentRecord, ConsentStep
from infosharing.access.doors import through
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.cases.models import Case, Person
from infosharing.cases.queries import WORKING, visible_filter

Found = TypeVar("Found", bound=Model)


def _visible(rows: QuerySet[Found], user: User) -> QuerySet[Found]:
    if not standing(user).has(WORKING):
        return rows.none()
    seen, kept_from = visible_filter(user, "case__")
    return rows.filter(seen).exclude(kept_from)


def visible_to(user: User) -> QuerySet[ConsentRecord]:
    """Return the consent records of the cases a user may see."""
    return _visible(ConsentRecord.objects.all(), user)


def visible_steps(user: User) -> QuerySet[ConsentStep]:
    """Return what else happened about consent in the cases a user may see."""
    return _visible(ConsentStep.objects.all(), user)


def with_state(consents: QuerySet[ConsentRecord]) -> QuerySet[ConsentRecord]:
    """Say of each record, without a query for each, what became of it.

    Adds ``narrowed`` (a part of it was taken back) and ``look_again_on`` (the day the latest look
    at it named, else its own).
    """
    steps = ConsentStep.objects.filter(consent=OuterRef("pk"))
    looked = steps.filter(kind=Step.REVIEWED).order_by("-id").values("again_on")[:1]
    return consents.annotate(
        narrowed=Exists(steps.filter(kind=Step.PART_WITHDRAWN)),
        look_again_on=Coalesce(Subquery(looked), F("review_on")),
    )


def of_case(case: Case) -> QuerySet[ConsentRecord]:
    """Return what was said in a case, in the order it was said, then recorded."""
    return with_state(
        ConsentRecord.objects.filter(case=case)
        .select_related("person", "giver_person", "withdrawal", "recorded_by", "document")
        .order_by("said_on", "recorded_at", "id")
    )


def steps_of_case(case: Case) -> QuerySet[ConsentStep]:
    """Return what else happened about consent in a case, in order; each says if it is open."""
    return with_openness(
        ConsentStep.objects.filter(case=case)
        .select_related("person", "recorded_by")
        .order_by("happened_on", "recorded_at", "id")
    )


def with_openness(steps: QuerySet[ConsentStep]) -> QuerySet[ConsentStep]:
    """Say of each step whether it waits for something: adds ``open``.

    A question is open until an answer, a repetition or "no answer" follows; not asking, until
    something follows it or somebody was asked after all.
    """
    answered = Exists(ConsentRecord.objects.filter(asked=OuterRef("pk")))
    followed = Exists(ConsentStep.objects.filter(follows=OuterRef("pk")))
    waiting = Q(kind__in=[Step.TO_ASK, Step.ASKED, Step.NOT_SOUGHT])
    return steps.annotate(
        open=ExpressionWrapper(waiting & ~Q(answered) & ~Q(followed), output_field=BooleanField())
    )


def access_consent(user: User, public_id: str) -> ConsentRecord:
    """Return a consent record the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_to(user).select_related(
        "case", "case__organisation", "person", "withdrawal", "recorded_by", "asked", "document"
    )
    return through(with_state(rows), user, public_id)


def access_step(user: User, public_id: str) -> ConsentStep:
    """Return a step the user may see, with ``open``.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = visible_steps(user).select_related(
        "case", "case__organisation", "person", "consent", "follows", "recorded_by"
    )
    return through(with_openness(rows), user, public_id)


def of_person(case: Case, person: Person) -> list[ConsentRecord]:
    """Return what was said about one person in a case; one query."""
    return list(of_case(case).filter(person=person))


def steps_of(consent: ConsentRecord) -> list[ConsentStep]:
    """Return what was taken back of a yes and when it was looked at again; one query."""
    return list(consent.steps.select_related("person", "recorded_by").order_by("happened_on", "id"))
