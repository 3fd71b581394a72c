"""Requests, advice, decisions and what followed them, for the chronology of a case (R2)."""

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from decisions.enums import IdentityHow, ReceiptState, ReviewOutcome, VersionKind
from decisions.models import (
    Advice,
    AdviceTried,
    Decision,
    Disclosure,
    Receipt,
    Request,
    SignedVersion,
    Telling,
)
from infosharing.accounts import roles
from infosharing.accounts.models import User
from infosharing.cases.models import Case
from infosharing.cases.timeline import Entry
from infosharing.guidance import codes


def fetch(case: Case) -> None:
    """Fetch everything the chronology reads and keep it on ``case``: nine queries, once."""
    of_decision = (
        "drafts",
        Prefetch(
            "versions",
            SignedVersion.objects.defer("body")
            .select_related("signed_by", "review", "review__reviewer")
            .order_by("number"),
        ),
        Prefetch("advice", Advice.objects.select_related("recorded_by").order_by("id")),
        Prefetch("advice_tried", AdviceTried.objects.select_related("recorded_by").order_by("id")),
        Prefetch(
            "disclosures",
            Disclosure.objects.select_related("recipient", "recorded_by").order_by("id"),
        ),
        Prefetch(
            "disclosures__receipts", Receipt.objects.select_related("recorded_by").order_by("id")
        ),
        Prefetch(
            "tellings", Telling.objects.select_related("person", "recorded_by").order_by("id")
        ),
    )
    requests = Request.objects.select_related("recorded_by", "identity_checked_by").order_by("id")
    decisions = Decision.objects.select_related("started_by", "signed_by").prefetch_related(
        *of_decision
    )
    prefetch_related_objects(
        [case], Prefetch("requests", requests), Prefetch("requests__decision", decisions)
    )


def entries(case: Case, user: User) -> list[Entry]:
    """Return what was asked, advised, decided, reviewed, sent, received and told.

    ``user`` is somebody who may see the case.
    """
    fetch(case)
    found = []
    for request in case.requests.all():
        found += _request(request)
        decision = getattr(request, "decision", None)
        if decision is not None:
            found += [
                *_started(decision),
                *_advice(decision),
                *_versions(decision),
                *_sent(decision),
                *_told(decision),
            ]
    return found


def _request(request: Request) -> list[Entry]:
    url = reverse("decisions:request", args=[request.public_id])
    found = [
        Entry(
            happened_on=request.happened_on,
            happened_words=request.happened_time,
            recorded_at=request.recorded_at,
            kind="Request received" if request.received else "Sharing thought of",
            words=request.asked_for,
            by=request.recorded_by.name,
            url=url,
        )
    ]
    if request.identity_checked_at and request.identity_checked_by:
        how = IdentityHow(request.identity_how).label if request.identity_how else ""
        result = codes.words_of(codes.IDENTITIES, request.identity)
        found.append(
            Entry(
                happened_on=localdate(request.identity_checked_at),
                recorded_at=request.identity_checked_at,
                kind="Requester’s identity checked",
                words=f"{result}. {how}".strip(),
                by=request.identity_checked_by.name,
                url=url,
            )
        )
    return found


def decision_url(decision: Decision) -> str:
    """Return where a decision is read, or drafted while nothing is signed."""
    if decision.version_id is None:
        draft = next(draft for draft in decision.drafts.all() if draft.closed_at is None)
        return reverse("decisions:draft", args=[draft.public_id])
    return reverse("decisions:decision", args=[decision.public_id])


def _started(decision: Decision) -> list[Entry]:
    return [
        Entry(
            happened_on=localdate(decision.started_at),
            recorded_at=decision.started_at,
            kind="Decision started",
            by=decision.started_by.name,
            url=decision_url(decision),
        )
    ]


def _advice(decision: Decision) -> list[Entry]:
    found = [
        Entry(
            happened_on=advice.given_on,
            recorded_at=advice.recorded_at,
            kind="Advice reported" if advice.reported else "Advice given",
            words=f"From {advice.adviser} ({roles.words(advice.role)}): {advice.words}",
            by=advice.recorded_by.name,
            url=decision_url(decision),
        )
        for advice in decision.advice.all()
    ]
    found += [
        Entry(
            happened_on=localdate(tried.recorded_at),
            recorded_at=tried.recorded_at,
            kind="Advice sought in vain",
            words=f"{roles.words(tried.role)}: {tried.how}",
            by=tried.recorded_by.name,
            url=decision_url(decision),
        )
        for tried in decision.advice_tried.all()
    ]
    return found


def _versions(decision: Decision) -> list[Entry]:
    found = []
    for version in decision.versions.all():
        kind = VersionKind(version.kind).label
        outcome = codes.words_of(codes.OUTCOMES, version.outcome)
        signer = f"{version.signed_by.name}, {roles.words(version.signed_as)}"
        found.append(
            Entry(
                happened_on=localdate(version.signed_at),
                recorded_at=version.signed_at,
                kind=f"{kind} signed",
                words=f"{outcome}.",
                by=signer,
                url=decision_url(decision),
            )
        )
        review = getattr(version, "review", None)
        if review is not None:
            agreed = review.outcome == ReviewOutcome.AGREED
            found.append(
                Entry(
                    happened_on=localdate(review.reviewed_at),
                    recorded_at=review.reviewed_at,
                    kind="Review: agreed" if agreed else "Review: returned with changes to make",
                    words=review.words,
                    by=f"{review.reviewer.name}, {roles.words(review.reviewed_as)}",
                    url=decision_url(decision),
                )
            )
    return found


def _sent(decision: Decision) -> list[Entry]:
    found = []
    for disclosure in decision.disclosures.all():
        to = disclosure.recipient.name
        found.append(
            Entry(
                happened_on=disclosure.sent_on,
                happened_words=disclosure.sent_time,
                recorded_at=disclosure.recorded_at,
                kind="Information sent",
                words=f"To {to}, by {disclosure.sent_by}. {disclosure.note}".strip(),
                by=disclosure.recorded_by.name,
                url=decision_url(decision),
            )
        )
        for receipt in disclosure.receipts.all():
            state = str(ReceiptState(receipt.state).label)
            confirmed = f" by {receipt.confirmed_by}" if receipt.confirmed_by else ""
            found.append(
                Entry(
                    happened_on=receipt.known_on,
                    recorded_at=receipt.recorded_at,
                    kind="Receipt",
                    words=f"Sent to {to}: {state[0].lower()}{state[1:]}{confirmed}.",
                    by=receipt.recorded_by.name,
                    url=decision_url(decision),
                )
            )
    return found


def _told(decision: Decision) -> list[Entry]:
    found = []
    for telling in decision.tellings.all():
        name = telling.person.name
        if telling.told:
            words = f"To {telling.told_who or name}, about {name}. {telling.how}".strip()
        else:
            words = f"About {name}: {telling.why_not}"
        found.append(
            Entry(
                happened_on=telling.told_on or localdate(telling.recorded_at),
                recorded_at=telling.recorded_at,
                kind="Person told" if telling.told else "Person not told",
                words=words,
                by=telling.recorded_by.name,
                url=decision_url(decision),
            )
        )
    return found
