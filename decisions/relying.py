"""Signed decisions that relied on a consent that has changed since (R31; peers.md part 3, row 3).

Nothing is stored: what changed is found by comparing what was considered at the signature with
what was recorded later. It is open until somebody says what they did about it, or signs anew.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils.timezone import localdate

from consent.enums import Status, Step
from consent.models import ConsentRecord, ConsentStep
from decisions.enums import Reaction
from decisions.models import ConsentConsidered, ConsentReaction, Decision
from decisions.policies import SHARING
from infosharing.accounts.queries import today
from infosharing.cases.chronicle import Entry, Row, Source, told
from infosharing.search.walking import row_by_row

WITHDRAWN = "A consent was withdrawn"
RAN_OUT = "A consent ran out"


def relied_on() -> QuerySet[ConsentConsidered]:
    """Return each yes that covers what a version in force shares."""
    return ConsentConsidered.objects.filter(
        version__in_force_of__isnull=False,
        version__outcome__in=SHARING,
        consent__status=Status.GIVEN,
        covers_purpose=True,
        covers_recipients=True,
        covers_information=True,
    )


def _since() -> QuerySet[ConsentConsidered]:
    """Say of each from which moment a change counts: the signature, or the latest answer."""
    answers = ConsentReaction.objects.filter(version=OuterRef("version")).order_by("-recorded_at")
    latest = Subquery(answers.values("recorded_at")[:1])
    return relied_on().annotate(since=Coalesce(latest, F("version__signed_at")))


def _later_word() -> QuerySet[ConsentRecord]:
    """Return a no, or a yes with limits, about the same person that was recorded since."""
    return ConsentRecord.objects.filter(
        Q(status=Status.REFUSED) | ~Q(limits=""),
        case=OuterRef("consent__case"),
        person=OuterRef("consent__person"),
        recorded_at__gt=OuterRef("since"),
    )


def _still_goes_on() -> Q:
    """Say which yes matters when it runs out: one to go on sharing, or while work goes on.

    A yes given once has done its work when its case or the decision is closed (R33). Taking it
    back counts even then.
    """
    work = Q(version__decision__closed_at=None, version__decision__case__closed_at=None)
    return Q(consent__continuing=True) | work


def _narrowed_since() -> QuerySet[ConsentStep]:
    """Return a part of the yes that was taken back since."""
    return ConsentStep.objects.filter(
        kind=Step.PART_WITHDRAWN, consent=OuterRef("consent"), recorded_at__gt=OuterRef("since")
    )


def _ran_out_since() -> Q:
    return _still_goes_on() & Q(
        consent__withdrawal=None,
        consent__until__lt=today(),
        consent__until__gte=TruncDate("since"),
    )


def changed() -> QuerySet[ConsentConsidered]:
    """Return each yes relied on that was withdrawn, narrowed or contradicted since, or ran out."""
    return _since().filter(
        Q(consent__withdrawal__recorded_at__gt=F("since"))
        | _ran_out_since()
        | Exists(_narrowed_since())
        | Exists(_later_word())
    )


def changed_at(version: str) -> Subquery:
    """Return when consent changed last without an answer, to annotate with; null where it did not.

    ``version`` is the way to the version. What ran out changed when its last day was over.
    """

    def latest(rows: QuerySet[Any]) -> Coalesce:
        found = Subquery(rows.order_by("-recorded_at").values("recorded_at")[:1])
        return Coalesce(found, F("since"))

    day_after = ExpressionWrapper(
        Cast("consent__until", DateTimeField()) + Value(timedelta(days=1)),
        output_field=DateTimeField(),
    )
    moment = Greatest(
        Coalesce("consent__withdrawal__recorded_at", F("since")),
        Case(When(_ran_out_since(), then=day_after), default=F("since")),
        latest(_narrowed_since()),
        latest(_later_word()),
    )
    rows = changed().filter(version=OuterRef(version)).annotate(moment=moment)
    return Subquery(rows.order_by("-moment").values("moment")[:1])


def has_changed(version: str) -> Q:
    """Return whether consent changed, to annotate with; ``version`` is the way to the version."""
    return row_by_row(changed().filter(version=OuterRef(version)))


def was_stopped(version: str) -> Q:
    """Return whether somebody said that nothing more is shared, to annotate with."""
    stopped = ConsentReaction.objects.filter(done=Reaction.STOPPED)
    return row_by_row(stopped.filter(version=OuterRef(version)))


def was_answered(version: str) -> Q:
    """Return whether somebody said what they did about a change, to annotate with."""
    return row_by_row(ConsentReaction.objects.filter(version=OuterRef(version)))


@dataclass(frozen=True)
class Changes:
    """What changed since a version was signed: still open, settled, and what was done."""

    open: list[Entry]
    settled: list[Entry]
    done: list[Entry]

    @property
    def stopped(self) -> bool:
        """Whether somebody said that nothing more is shared under the version in force."""
        return any(one.kind == Reaction.STOPPED.label for one in self.done)

    @property
    def shown(self) -> str:
        """The digest of what is open, which the page carries."""
        lines = [f"{one.kind}|{one.url}|{one.recorded_at.isoformat()}" for one in self.open]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def changes_of(decision: Decision) -> Changes:
    """Return what changed since the version in force was signed; one query.

    A decision of which nothing is signed has no changes.
    """
    signed = decision.signed_at
    if signed is None:
        return Changes([], [], [])
    relied = relied_on().filter(version=decision.version_id)
    entries = told(*_sources(relied, decision, signed))
    done = [one for one in entries if not one.url]
    settled_at = max([one.recorded_at for one in done], default=signed)
    changes = sorted(
        (one for one in entries if one.url), key=lambda one: (one.happened_on, one.recorded_at)
    )
    is_open = [_is_open(one, settled_at) for one in changes]
    return Changes(
        open=[one for one, still in zip(changes, is_open, strict=True) if still],
        settled=[one for one, still in zip(changes, is_open, strict=True) if not still],
        done=done,
    )


def _is_open(change: Entry, settled_at: datetime) -> bool:
    if change.kind == RAN_OUT:
        return change.happened_on >= localdate(settled_at)
    return change.recorded_at > settled_at


def _url(ident: str) -> str:
    return reverse("consent:detail", args=[ident])


def _sources(
    relied: QuerySet[ConsentConsidered], decision: Decision, signed: datetime
) -> list[Source]:
    whose: list[Any] = ["consent__public_id", "consent__giver", "consent__person__name"]
    return [
        Source(
            rows=relied.filter(consent__withdrawal__recorded_at__gt=signed),
            tell=_withdrawn,
            day="consent__withdrawal__withdrawn_on",
            moment="consent__withdrawal__recorded_at",
            by="consent__withdrawal__recorded_by__name",
            texts=[*whose, "consent__withdrawal__words"],
        ),
        Source(
            rows=ConsentStep.objects.filter(
                kind=Step.PART_WITHDRAWN,
                consent__in=relied.values("consent"),
                recorded_at__gt=signed,
            ),
            tell=_narrowed,
            day="happened_on",
            texts=[*whose, "scope_recipients", "scope_information"],
        ),
        Source(
            rows=relied.filter(
                _still_goes_on(),
                consent__withdrawal=None,
                consent__until__lt=today(),
                consent__until__gte=localdate(signed),
            ),
            tell=_ran_out,
            day="consent__until",
            moment="consent__recorded_at",
            by="",
            texts=whose,
        ),
        Source(
            rows=ConsentRecord.objects.filter(
                Q(status=Status.REFUSED) | ~Q(limits=""),
                case=decision.case_id,
                person__in=relied.values("consent__person"),
                recorded_at__gt=signed,
            ),
            tell=_said_since,
            day="said_on",
            texts=["public_id", "giver", "person__name", "status", "limits"],
        ),
        Source(
            rows=ConsentReaction.objects.filter(version=decision.version_id),
            tell=lambda row: row.entry(str(Reaction(row.texts[0]).label), row.texts[1]),
            texts=["done", "words"],
        ),
    ]


def _withdrawn(row: Row) -> Entry:
    ident, giver, name, words = row.texts
    said = f"By {giver}, about {name}. {words}"
    return row.entry(WITHDRAWN, said, url=_url(ident))


def _narrowed(row: Row) -> Entry:
    ident, giver, name, recipients, information = row.texts
    lines = [f"By {giver}, about {name}."]
    if recipients:
        lines.append(f"No longer with: {recipients}")
    if information:
        lines.append(f"No longer this information: {information}")
    return row.entry("A part of a consent was withdrawn", "\n".join(lines), url=_url(ident))


def _ran_out(row: Row) -> Entry:
    ident, giver, name = row.texts
    return row.entry(RAN_OUT, f"By {giver}, about {name}.", url=_url(ident))


def _said_since(row: Row) -> Entry:
    ident, giver, name, status, limits = row.texts
    if status == Status.REFUSED:
        return row.entry("Sharing was refused", f"By {giver}, about {name}.", url=_url(ident))
    words = f"By {giver}, about {name}. They said no to: {limits}"
    return row.entry("A consent was given with limits", words, url=_url(ident))
