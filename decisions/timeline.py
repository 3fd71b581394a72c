"""Requests, advice, decisions and what followed them, for the chronology of a case (R2)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import Case as Choose
from django.db.models import CharField, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from decisions.enums import (
    BreachKind,
    LookedBack,
    ProgressKind,
    Reaction,
    ReceiptState,
    ReviewOutcome,
    VersionKind,
    identity_how_words,
)
from decisions.models import (
    Advice,
    AdviceRequest,
    AdviceTried,
    Breach,
    BreachStep,
    ConsentReaction,
    Decision,
    Disclosure,
    Draft,
    Progress,
    Receipt,
    Request,
    RequestCorrection,
    SameRequest,
    SignedVersion,
    Telling,
)
from decisions.models.review import LookBack, Review, ReviewReply, SecondReview
from decisions.queries import open_draft_id
from infosharing.accounts import roles
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING
from infosharing.cases.chronicle import (
    Cases,
    Entry,
    Row,
    Source,
    Text,
    keys_of,
    shown_by,
    told,
    with_document,
)
from infosharing.cases.enums import Strand
from infosharing.cases.models import Case
from infosharing.guidance import codes
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_date

# Nothing but "yes" says that the practitioner reported it, rather than the adviser signed in.
REPORTED: Final = Choose(When(given_by=None, then=Value("yes")), default=Value(""))
SAME: Final = Choose(When(same=True, then=Value("yes")), default=Value(""))
# How somebody was told, or why they were not: one of the two is always empty.
HOW_OR_WHY_NOT: Final = Choose(When(told=True, then="how"), default="why_not")

STRANDS: Final[dict[type[Model], Strand]] = {
    Request: Strand.REQUEST,
    RequestCorrection: Strand.REQUEST,
    SameRequest: Strand.REQUEST,
    Decision: Strand.DECISION,
    Draft: Strand.DECISION,
    SignedVersion: Strand.DECISION,
    Advice: Strand.ADVICE,
    AdviceRequest: Strand.ADVICE,
    AdviceTried: Strand.ADVICE,
    Review: Strand.REVIEW,
    SecondReview: Strand.REVIEW,
    ReviewReply: Strand.REVIEW,
    LookBack: Strand.REVIEW,
    Disclosure: Strand.SENT,
    Receipt: Strand.SENT,
    Telling: Strand.TOLD,
    ConsentReaction: Strand.CONSENT,
    Progress: Strand.PROGRESS,
    Breach: Strand.BREACH,
    BreachStep: Strand.BREACH,
}


def entries(cases: Cases, user: User) -> list[Entry]:
    """Return what was asked, advised, decided, reviewed, sent, received and told; one query.

    ``user`` is somebody who may see the case or cases; drafts are opened by those who record there.
    """
    cases = [cases] if isinstance(cases, Case) else list(cases)
    keys = keys_of(cases)
    records_at = {place.pk for place in standing(user).organisations_with(RECORDING)}
    open_to = frozenset(case.pk for case in cases if case.organisation_id in records_at)
    of_decision = partial(_of_decision, open_to=open_to)
    return told(
        Source(
            rows=Request.objects.filter(case__in=keys),
            case="case_id",
            tell=_request,
            day="happened_on",
            clock="happened_time",
            texts=["public_id", "origin", "asked_for"],
        ),
        Source(
            rows=Request.objects.filter(case__in=keys, identity_checked_at__isnull=False),
            case="case_id",
            tell=_identity,
            moment="identity_checked_at",
            by="identity_checked_by__name",
            texts=["public_id", "identity", "identity_how"],
        ),
        Source(
            rows=RequestCorrection.objects.filter(request__case__in=keys),
            case="request__case_id",
            tell=lambda row: row.entry(
                "Request corrected",
                row.texts[1],
                url=reverse("decisions:request", args=[row.texts[0]]),
            ),
            moment="corrected_at",
            by="corrected_by__name",
            texts=["request__public_id", "reason"],
        ),
        Source(
            rows=SameRequest.objects.filter(request__case__in=keys, known__case=F("request__case")),
            case="request__case_id",
            tell=_same_request,
            moment="said_at",
            by="said_by__name",
            texts=["request__public_id", "known__reference", SAME],
        ),
        of_decision(
            Decision.objects.filter(case__in=keys),
            lambda row, url: row.entry("Decision started", url=url),
            path="",
            moment="started_at",
            by="started_by__name",
        ),
        of_decision(
            Advice.objects.filter(decision__case__in=keys),
            _advice,
            day="given_on",
            texts=["adviser", "role", "words", REPORTED],
        ),
        of_decision(
            AdviceRequest.objects.filter(decision__case__in=keys),
            _asked,
            moment="asked_at",
            by="asked_by__name",
            texts=["asked_of__name", "question", "named_because"],
        ),
        of_decision(
            AdviceTried.objects.filter(decision__case__in=keys), _tried, texts=["role", "how"]
        ),
        of_decision(
            SignedVersion.objects.filter(decision__case__in=keys),
            _signed,
            day="happened_on",
            clock="happened_time",
            moment="signed_at",
            by="signed_by__name",
            texts=["kind", "outcome", "signed_as", "reason", "in_place_of__name"],
        ),
        of_decision(
            Draft.objects.filter(decision__case__in=keys).exclude(kind=VersionKind.DECISION),
            _taken_up,
            moment="started_at",
            by="started_by__name",
            texts=["kind", "reason", "known_from", Cast("known_on", CharField())],
        ),
        of_decision(
            Review.objects.filter(version__decision__case__in=keys),
            _reviewed,
            path="version__decision__",
            moment="reviewed_at",
            by="reviewer__name",
            texts=["outcome", "words", "reviewed_as", "in_place_of__name"],
        ),
        of_decision(
            SecondReview.objects.filter(review__version__decision__case__in=keys),
            _reviewed_again,
            path="review__version__decision__",
            moment="reviewed_at",
            by="reviewer__name",
            texts=["outcome", "words", "reviewed_as", "in_place_of__name"],
        ),
        of_decision(
            ReviewReply.objects.filter(review__version__decision__case__in=keys),
            lambda row, url: row.entry("Disagreement answered", row.texts[0], url=url),
            path="review__version__decision__",
            moment="replied_at",
            by="replied_by__name",
            texts=["words"],
        ),
        of_decision(
            LookBack.objects.filter(decision__case__in=keys),
            _looked_back,
            moment="looked_at",
            by="looked_by__name",
            texts=["found", "findings", "to_change", "looked_as", "in_place_of__name"],
        ),
        of_decision(
            Disclosure.objects.filter(decision__case__in=keys),
            _sent,
            day="sent_on",
            clock="sent_time",
            texts=["recipient__name", "sent_by", "note", shown_by(cases)],
        ),
        of_decision(
            Receipt.objects.filter(disclosure__decision__case__in=keys),
            _received,
            path="disclosure__decision__",
            day="known_on",
            texts=["disclosure__recipient__name", "state", "confirmed_by", shown_by(cases)],
        ),
        of_decision(
            Telling.objects.filter(decision__case__in=keys),
            _told,
            day="told_on",
            texts=["person__name", "told_who", HOW_OR_WHY_NOT],
        ),
        of_decision(
            ConsentReaction.objects.filter(version__decision__case__in=keys),
            _reacted,
            path="version__decision__",
            texts=["done", "words"],
        ),
        of_decision(
            Progress.objects.filter(decision__case__in=keys),
            _came,
            day="happened_on",
            texts=["kind", "who", "words"],
        ),
        Source(
            rows=Breach.objects.filter(case__in=keys),
            case="case_id",
            tell=_breach,
            texts=["public_id", "reached"],
        ),
        Source(
            rows=BreachStep.objects.filter(breach__case__in=keys),
            case="breach__case_id",
            tell=_breach_step,
            texts=["breach__public_id", "kind", "who", "words"],
        ),
        strands=STRANDS,
    )


def _of_decision(
    rows: QuerySet[Any],
    tell: Callable[[Row, str], Entry],
    *,
    open_to: frozenset[int],
    path: str = "decision__",
    texts: Sequence[Text] = (),
    **fields: str,
) -> Source:
    """Return a source of what belongs to a decision; ``path`` is the way there from its rows.

    ``tell`` is given the row, without the two ids, and where the decision stands: its draft in the
    cases ``open_to`` whoever reads.
    """
    ids: list[Text] = [f"{path}public_id", open_draft_id(path)]

    def with_url(row: Row) -> Entry:
        ident, draft, *rest = row.texts
        url = _url(ident, draft if row.case in open_to else "")
        return tell(replace(row, texts=rest), url)

    return Source(rows=rows, tell=with_url, texts=[*ids, *texts], case=f"{path}case_id", **fields)


def _url(ident: str, draft: str) -> str:
    """Return where a decision is read, or drafted while nothing is signed."""
    if draft:
        return reverse("decisions:draft", args=[draft])
    return reverse("decisions:decision", args=[ident])


def _request(row: Row) -> Entry:
    ident, origin, asked_for = row.texts
    kind = "Request received" if origin == "received" else "Sharing thought of"
    return row.entry(kind, asked_for, url=reverse("decisions:request", args=[ident]))


def _same_request(row: Row) -> Entry:
    ident, reference, same = row.texts
    kind = "Said to be the same request" if same else "Said to be another request"
    url = reverse("decisions:request", args=[ident])
    return row.entry(kind, f"Compared with request {spoken(reference)}.", url=url)


def _identity(row: Row) -> Entry:
    ident, identity, how = row.texts
    told = identity_how_words(how, identity) if how else ""
    words = f"{codes.words_of(codes.IDENTITIES, identity)}. {told}"
    url = reverse("decisions:request", args=[ident])
    return row.entry("Requester’s identity checked", words, url=url)


def _advice(row: Row, url: str) -> Entry:
    adviser, role, words, reported = row.texts
    kind = "Advice reported" if reported else "Advice given"
    return row.entry(kind, f"From {adviser} ({roles.words(role)}): {words}", url=url)


def _asked(row: Row, url: str) -> Entry:
    of, question, because = row.texts
    named = f" The person was named, because: {because}" if because else ""
    return row.entry("Advice asked for", f"Of {of}: {question}{named}", url=url)


def _tried(row: Row, url: str) -> Entry:
    role, how = row.texts
    return row.entry("Advice sought in vain", f"{roles.words(role)}: {how}", url=url)


def _signed(row: Row, url: str) -> Entry:
    kind, outcome, role, reason, instead = row.texts
    return row.entry(
        f"{VersionKind(kind).label} signed",
        f"{codes.words_of(codes.OUTCOMES, outcome)}. {reason}",
        by=f"{row.by}, {roles.acting_words(role, instead)}",
        url=url,
    )


def _taken_up(row: Row, url: str) -> Entry:
    kind, reason, known_from, known_on = row.texts
    if kind != VersionKind.REOPENING:
        return row.entry("New version begun", f"Because: {reason}" if reason else "", url=url)
    since = british_date(date.fromisoformat(known_on[:10]))
    words = f"What is new: {reason} Known since {since}, from {known_from}."
    return row.entry("Refusal opened again", words, url=url)


REVIEWED: Final = {
    ReviewOutcome.AGREED: "agreed",
    ReviewOutcome.RETURNED: "returned with changes to make",
    ReviewOutcome.DISAGREED: "not agreed, the decision stands",
}


def _reviewed(row: Row, url: str, which: str = "Review") -> Entry:
    outcome, words, role, instead = row.texts
    kind = f"{which}: {REVIEWED[ReviewOutcome(outcome)]}"
    return row.entry(kind, words, by=f"{row.by}, {roles.acting_words(role, instead)}", url=url)


def _reviewed_again(row: Row, url: str) -> Entry:
    return _reviewed(row, url, "Second review")


def _looked_back(row: Row, url: str) -> Entry:
    found, findings, to_change, role, instead = row.texts
    change = f" To be done differently: {to_change}" if to_change else ""
    return row.entry(
        "Emergency looked back at",
        f"{LookedBack(found).label}. {findings}{change}",
        by=f"{row.by}, {roles.acting_words(role, instead)}",
        url=url,
    )


def _sent(row: Row, url: str) -> Entry:
    to, sender, note, document = row.texts
    words = with_document(f"To {to}, by {sender}. {note}".strip(), document)
    return row.entry("Information sent", words, url=url)


def _received(row: Row, url: str) -> Entry:
    to, state, who, document = row.texts
    words = str(ReceiptState(state).label)
    confirmed = f" by {who}" if who else ""
    known = f"Sent to {to}: {words[0].lower()}{words[1:]}{confirmed}."
    return row.entry("Receipt", with_document(known, document), url=url)


def _told(row: Row, url: str) -> Entry:
    name, who, how_or_why_not = row.texts
    if row.day:
        return row.entry(
            "Person told", f"To {who or name}, about {name}. {how_or_why_not}", url=url
        )
    return row.entry("Person not told", f"About {name}: {how_or_why_not}", url=url)


def _reacted(row: Row, url: str) -> Entry:
    done, words = row.texts
    said = f"{Reaction(done).label}. {words}"
    return row.entry("After consent changed", said, url=url)


def _came(row: Row, url: str) -> Entry:
    kind, who, words = row.texts
    named = f"By or with {who}: " if who else ""
    return row.entry(str(ProgressKind(kind).label), f"{named}{words}", url=url)


def _breach(row: Row) -> Entry:
    ident, reached = row.texts
    url = reverse("decisions:breach", args=[ident])
    return row.entry("Breach recorded", f"It reached: {reached}", url=url)


def _breach_step(row: Row) -> Entry:
    ident, kind, who, words = row.texts
    url = reverse("decisions:breach", args=[ident])
    named = f"{who}: " if who else ""
    return row.entry(f"Breach: {BreachKind(kind).label}", f"{named}{words}", url=url)
