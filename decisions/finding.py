"""Narrowing the lists to what is looked for; who may see what is decided before, in queries."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from decisions.enums import ReviewState
from decisions.models import Decision, Recipient, Request
from infosharing.cases.queries import cases_about, matching_cases
from infosharing.search.queries import as_reference, found_by, marked

NOBODY = "nobody"


def start_of(day: date) -> datetime:
    """Return when a day begins in London."""
    return timezone.make_aware(datetime.combine(day, time()))


def between(field: str, chosen: Mapping[str, Any]) -> Q:
    """Return what is true of rows whose time is on the days chosen, both included."""
    found = Q()
    if chosen.get("since"):
        found &= Q(**{f"{field}__gte": start_of(chosen["since"])})
    if chosen.get("until"):
        found &= Q(**{f"{field}__lt": start_of(chosen["until"] + timedelta(days=1))})
    return found


def narrowed_decisions(
    rows: QuerySet[Decision], chosen: Mapping[str, Any], words: Mapping[str, str]
) -> QuerySet[Decision]:
    """Return those of ``rows`` that are chosen and have the words; ``review`` may be NOBODY.

    NOBODY needs what ``queries.with_reviewers`` adds.
    """
    if chosen.get("outcome"):
        rows = rows.filter(outcome=chosen["outcome"])
    if chosen.get("review") == NOBODY:
        rows = rows.filter(Q(reviewable_here=False), review_state=ReviewState.WAITING)
    elif chosen.get("review"):
        rows = rows.filter(review_state=chosen["review"])
    if "without_consent" in chosen.get("marks", ()):
        rows = rows.filter(without_consent=True)
    if "against_suggestion" in chosen.get("marks", ()):
        rows = rows.filter(against_suggestion=True)
    if "write_up" in chosen.get("marks", ()):
        rows = rows.filter(write_up_due__isnull=False)
    if chosen.get("ground"):
        rows = rows.filter(pk__in=marked("ground", chosen["ground"]))
    rows = rows.filter(between("signed_at", chosen))
    if words.get("find"):
        rows = rows.filter(pk__in=_matching_decisions(words["find"]))
    if words.get("person"):
        rows = rows.filter(case__in=cases_about(words["person"]))
    for kind in ("recipient", "author"):
        if words.get(kind):
            rows = rows.filter(pk__in=found_by(kind, words[kind]))
    return rows


def _matching_decisions(text: str) -> QuerySet[Decision, Any]:
    """Return the keys of decisions that say so, or are of such a request or case."""
    keys = Decision.objects.values("pk")
    return keys.filter(reference=as_reference(text)).union(
        found_by("decision", text),
        keys.filter(request__in=_matching_requests(text)),
        keys.filter(case__in=matching_cases(text)),
    )


def _matching_requests(text: str) -> QuerySet[Request, Any]:
    return Request.objects.filter(
        Q(pk__in=found_by("request", text)) | Q(reference=as_reference(text))
    ).values("pk")


def recipients_in(versions: Iterable[int | None]) -> dict[int, list[str]]:
    """Return whom versions name as recipients, by the key of the version; one query."""
    found: dict[int, list[str]] = {}
    rows = Recipient.objects.filter(version__in=list(versions)).order_by("number")
    for version, name, organisation in rows.values_list("version_id", "name", "organisation"):
        found.setdefault(version, []).append(f"{name}, {organisation}" if organisation else name)
    return found
