"""The doors to what follows a signature, and what the pages ask about it in few queries."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from decisions import queries
from decisions.enums import ReceiptState, ReviewOutcome, State
from decisions.models import (
    AfterAnswer,
    Breach,
    BreachStep,
    Decision,
    DisclosedItem,
    Disclosure,
    LookBack,
    Progress,
    Receipt,
    Recipient,
    Review,
    Telling,
)
from decisions.models.breach import open_ones_first
from decisions.policies import SHARING
from decisions.relying import Changes, changes_of, has_changed, was_answered, was_stopped
from infosharing.access.doors import through
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.cases.documents.words import FIELDS as DOCUMENT
from infosharing.cases.queries import WORKING, visible_filter
from infosharing.search.walking import row_by_row

Found = TypeVar("Found", bound=Model)


def _seen(model: type[Found], user: User, path: str, *, walked: bool = False) -> QuerySet[Found]:
    rows: QuerySet[Found] = model._default_manager.all()  # noqa: SLF001 - Django's name
    if not standing(user).has(WORKING):
        return rows.none()
    seen, kept_from = visible_filter(user, path, walked=walked)
    return rows.filter(seen).exclude(kept_from)


def access_disclosure(user: User, public_id: str) -> Disclosure:
    """Return a disclosure the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    rows = _seen(Disclosure, user, "decision__case__").select_related(
        "decision", "decision__case", "decision__organisation", "recipient", "breach"
    )
    return through(rows, user, public_id)


def visible_breaches(user: User) -> QuerySet[Breach]:
    """Return the breaches of the cases a user may see, with what names them."""
    return _seen(Breach, user, "case__").select_related(
        "case", "organisation", "decision", "disclosure", "disclosure__recipient", "recorded_by"
    )


def access_breach(user: User, public_id: str) -> Breach:
    """Return a breach of a case the user may see.

    :raises Http404: alike for absent and invisible; the refusal is logged.
    """
    return through(visible_breaches(user), user, public_id)


def breaches_with_state(user: User) -> QuerySet[Breach]:
    """Return visible breaches by ``stands``, each with ``ico`` (what was decided), or none."""
    ico = BreachStep.objects.filter(
        breach=OuterRef("pk"), kind__in=["told_ico", "ico_not_told"]
    ).order_by("-id")
    places = [one.pk for one in standing(user).organisations_with(WORKING)]  # has its index
    found = visible_breaches(user).filter(organisation__in=places)
    found = found.annotate(ico=Subquery(ico.values("kind")[:1]))
    return found.annotate(stands=open_ones_first()).order_by("stands", "id")


def steps_of(breach: Breach) -> list[BreachStep]:
    """Return what was done about a breach, in the order it was recorded; one query."""
    return list(breach.steps.select_related("recorded_by").order_by("id"))


def sent_of(decision: Decision) -> list[dict[str, Any]]:
    """Return what was sent as one row for each item and each receipt of it; one query."""
    rows = (
        DisclosedItem.objects.filter(disclosure__decision=decision)
        .order_by("disclosure__sent_on", "disclosure_id", "item__number", "disclosure__receipts")
        .values(
            "disclosure__id",
            "disclosure__public_id",
            "disclosure__sent_on",
            "disclosure__sent_time",
            "disclosure__method",
            "disclosure__address",
            "disclosure__sent_by",
            "disclosure__told_confidential",
            "disclosure__checks",
            "disclosure__tracking",
            "disclosure__heard_by",
            "disclosure__unplanned_because",
            "disclosure__receipt_due_on",
            "disclosure__breach__public_id",
            "disclosure__breach__closed_at",
            "disclosure__note",
            *(f"disclosure__document__{name}" for name in DOCUMENT),
            "disclosure__recorded_by__name",
            "disclosure__recorded_at",
            "disclosure__recipient__id",
            "disclosure__recipient__name",
            "disclosure__recipient__organisation",
            "disclosure__recipient__method",
            "disclosure__recipient__address",
            "disclosure__recipient__version__number",
            "disclosure__recipient__version__kind",
            "item__number",
            "item__what",
            "item__handling",
            "disclosure__receipts__id",
            "disclosure__receipts__state",
            "disclosure__receipts__known_on",
            "disclosure__receipts__confirmed_by",
            "disclosure__receipts__how",
            "disclosure__receipts__due_on",
            *(f"disclosure__receipts__document__{name}" for name in DOCUMENT),
            "disclosure__receipts__recorded_by__name",
            "disclosure__receipts__recorded_at",
        )
    )
    return [dict(row) for row in rows]


def awaiting_receipt() -> Q:
    """Return what is true of disclosures whose receipt is still to be confirmed (R44).

    For rows annotated by ``with_receipts``. Nobody is asked about what somebody heard or took,
    unless it was found since that it has to be asked.
    """
    return (
        Q(heard_by="", latest=None)
        | Q(latest=ReceiptState.CHASED)
        | Q(latest=ReceiptState.NOT_RECEIVED, again=False)
    )


def with_receipts(rows: QuerySet[Disclosure]) -> QuerySet[Any]:
    """Add ``latest`` (state of the receipt), ``due`` (expected by) and ``again`` (sent again)."""
    receipts = Receipt.objects.filter(disclosure=OuterRef("pk")).order_by("-id")
    later = Disclosure.objects.filter(recipient=OuterRef("recipient"), id__gt=OuterRef("pk"))
    return rows.annotate(
        latest=Subquery(receipts.values("state")[:1]),
        due=Coalesce(Subquery(receipts.values("due_on")[:1]), F("receipt_due_on")),
        again=Exists(later),
    )


# Who has nothing yet


def not_sent_to() -> QuerySet[Recipient]:
    """Return the recipients of the version in force to whom nothing was sent, for a subquery.

    The outer query is of decisions. Whoever got something under an earlier version, by the name
    written there, has something; a recipient who is new in a version has nothing, nor has one
    whose only sending reached somebody else. Nobody, where sharing was stopped after consent
    changed.
    """
    sent = with_receipts(
        Disclosure.objects.filter(
            decision=OuterRef("version__decision"), recipient__name__iexact=OuterRef("name")
        )
    ).filter(Q(latest=None) | ~Q(latest=ReceiptState.WRONG_RECIPIENT), breach=None)
    rows = Recipient.objects.filter(~was_stopped("version"), ~Exists(sent))
    return rows.filter(version=OuterRef("version")).order_by("number")


# What came later


@dataclass(frozen=True)
class Later:
    """An answer for afterwards (``question`` is set) or one line of progress (``kind`` is)."""

    question: str
    kind: str
    answer: str
    words: str
    who: str
    on: date | None
    look_again_on: date | None
    by: str
    at: datetime


LATER: Final = (
    "later_question",
    "later_kind",
    "later_answer",
    "later_words",
    "later_who",
    "later_on",
    "later_again",
    "later_by",
    "later_at",
)


def later_of(decision: Decision) -> list[Later]:
    """Return answers for afterwards and progress, each in the order recorded; one query."""

    def text(name: str) -> Any:
        return Cast(F(name) if name else Value(""), TextField())

    def day(name: str) -> Any:
        return F(name) if name else Cast(Value(None), DateField())

    def arm(rows: QuerySet[Any], number: int, names: dict[str, str]) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = (
            rows.order_by()
            .annotate(
                later_source=Value(number, output_field=IntegerField()),
                later_key=F("pk"),
                later_question=text(names.get("question", "")),
                later_kind=text(names.get("kind", "")),
                later_answer=text(names.get("answer", "")),
                later_words=text(names["words"]),
                later_who=text(names.get("who", "")),
                later_on=day(names.get("on", "")),
                later_again=day(names.get("again", "")),
                later_by=Cast(F("recorded_by__name"), CharField()),
                later_at=F("recorded_at"),
            )
            .values_list("later_source", "later_key", *LATER)
        )
        return found

    answers = arm(
        AfterAnswer.objects.filter(decision=decision),
        0,
        {"question": "question", "answer": "answer", "words": "note"},
    )
    progress = arm(
        Progress.objects.filter(decision=decision),
        1,
        {
            "kind": "kind",
            "words": "words",
            "who": "who",
            "on": "happened_on",
            "again": "look_again_on",
        },
    )
    rows = answers.union(progress, all=True).order_by("later_source", "later_key")
    return [Later(*row[2:]) for row in rows]


# All of it, as a reviewer is shown it


@dataclass(frozen=True)
class Since:
    """What followed the signature of the version in force, as rows."""

    sent: list[dict[str, Any]]
    told: list[Telling]
    later: list[Later]
    consent: Changes


def since_of(decision: Decision) -> Since:
    """Return what followed a signature: three queries, and one where consent changed.

    ``decision`` is fetched with ``consent_changed`` and ``consent_answered`` (``with_consent``).
    """
    known = vars(decision)
    changed = known["consent_changed"] or known["consent_answered"]
    return Since(
        sent=sent_of(decision),
        told=list(queries.tellings_of(decision)),
        later=later_of(decision),
        consent=changes_of(decision) if changed else Changes([], [], []),
    )


def with_consent(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Say of each decision whether consent it relied on changed, and whether that was answered."""
    return decisions.annotate(
        consent_changed=has_changed("version"), consent_answered=was_answered("version")
    )


NAMED: Final = ("person", "reviewer", "replied_by", "looked_by", "in_place_of", "recorded_by")


def said_of(decision: Decision) -> list[Model]:
    """Return what reviewers said of the version in force, what was replied, and a look back.

    One query where a reviewer did not agree; two more where ``decision`` was not fetched with
    its review and look back.
    """
    review: Review | None = getattr(decision.version, "review", None)
    found: list[Model] = list(review.said) if review else []
    if review and any(one.outcome == ReviewOutcome.DISAGREED for one in review.said):
        found += review.replies.select_related("replied_by").order_by("id")
    look_back: LookBack | None = getattr(decision, "look_back", None)
    return [*found, look_back] if look_back else found


def digest_of(decision: Decision, since: Since) -> str:
    """Return the digest of what a reviewer is shown: the version, and all that followed it.

    With the names of people and colleagues as they are shown now, which can change. A review
    names this digest, and is refused as stale when anything has come to it since.
    """
    assert decision.version is not None  # noqa: S101 - signed
    shown = {
        "version": decision.version.digest,
        "said": [(type(one).__name__, one.pk, _names(one)) for one in said_of(decision)],
        "sent": since.sent,
        "told": [(one.pk, _names(one)) for one in since.told],
        "later": [asdict(one) for one in since.later],
        "consent": asdict(since.consent),
    }
    text = json.dumps(shown, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _names(row: Model) -> list[str]:
    """Return the names that a row leads to and the page shows, of people and colleagues."""
    found = (getattr(row, name, None) for name in NAMED)
    return [str(one.name) for one in found if one is not None]


# What is still open, for lists


def open_decisions(user: User) -> QuerySet[Decision]:
    """Return visible signed decisions that are not closed and whose follow-up is not done.

    Adds ``sent`` (anything at all), ``not_sent_to`` (the first recipient who has nothing),
    ``receipt_awaited`` and ``receipt_due`` (the earliest), ``told``, ``look_again`` and
    ``stage_again`` (a telling or a stage to come back to) and ``breached`` (a breach is open).
    """
    sent = Disclosure.objects.filter(decision=OuterRef("pk"))
    awaited = with_receipts(Disclosure.objects.filter(decision=OuterRef("pk"))).filter(
        awaiting_receipt()
    )
    tellings = Telling.objects.filter(decision=OuterRef("pk"))
    later = Telling.objects.filter(
        decision=OuterRef("decision"), person=OuterRef("person"), id__gt=OuterRef("pk")
    )
    not_told = tellings.filter(~Exists(later), told=False, look_again_on__isnull=False)
    latest = Progress.objects.filter(decision=OuterRef("pk")).order_by("-id")
    breaches = Breach.objects.filter(decision=OuterRef("pk"), closed_at=None)
    return (
        _seen(Decision, user, "case__", walked=True)
        .filter(state=State.SIGNED, closed_at=None)
        .select_related("signed_by")
        .annotate(
            sent=row_by_row(sent),
            not_sent_to=Subquery(not_sent_to().values("name")[:1]),
            receipt_due=Subquery(awaited.order_by("due", "id").values("due")[:1]),
            receipt_awaited=row_by_row(awaited),
            told=row_by_row(tellings),
            look_again=Subquery(not_told.order_by("look_again_on").values("look_again_on")[:1]),
            stage=Subquery(latest.values("kind")[:1]),
            stage_again=Subquery(latest.values("look_again_on")[:1]),
            breached=row_by_row(breaches),
        )
        .filter(
            Q(outcome__in=SHARING, not_sent_to__isnull=False)
            | Q(receipt_awaited=True)
            | Q(outcome__in=SHARING, told=False)
            | Q(look_again__isnull=False)
            | Q(stage_again__isnull=False)
            | Q(breached=True)
        )
        .order_by("signed_at", "id")
    )
