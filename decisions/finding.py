"""Narrowing the lists to what is looked for; who may see what is decided before, in queries."""

from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from decisions.enums import AWAITED, State
from decisions.models import Decision, Recipient, Request
from infosharing.accounts.models import User
from infosharing.cases.finding import case_is_about, case_says, cases_about, matching_cases
from infosharing.search.queries import as_reference, found_by, has_words, marked

NOBODY = "nobody"
# Where requests stand, as chosen in a filter; and who asks where nobody does.
NEW, DRAFTING, DECIDED, ALL = "new", "drafting", "decided", "all"
OURS = "ours"
# Where the words of a search are looked for: see ``infosharing.search.queries.found_often``.
OF_REQUESTS: Final = {
    "find": ("request", "case", "person"),
    "person": ("person",),
    "requester": ("requester",),
    "worker": ("worker",),
}
OF_DECISIONS: Final = {
    "find": ("decision", *OF_REQUESTS["find"]),
    "person": ("person",),
    "recipient": ("recipient",),
    "author": ("author",),
}
Row = TypeVar("Row", bound=Model)


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
    rows: QuerySet[Decision],
    chosen: Mapping[str, Any],
    words: Mapping[str, str],
    often: Set[str] = frozenset(),
) -> QuerySet[Decision]:
    """Return those of ``rows`` that are chosen and have the words; ``review`` may be NOBODY.

    NOBODY needs what ``queries.with_reviewers`` adds. ``often`` names the words that are looked
    for row by row (``found_often``): right for a page of the list, slow for all of it.
    """
    if chosen.get("outcome"):
        rows = rows.filter(outcome=chosen["outcome"])
    if chosen.get("review") == NOBODY:
        rows = rows.filter(Q(reviewable_here=False), review_state__in=AWAITED)
    elif chosen.get("review"):
        rows = rows.filter(review_state=chosen["review"])
    if chosen.get("follow"):
        rows = rows.filter(closed_at__isnull=chosen["follow"] == "open")
    if "without_consent" in chosen.get("marks", ()):
        rows = rows.filter(without_consent=True)
    if "against_suggestion" in chosen.get("marks", ()):
        rows = rows.filter(against_suggestion=True)
    if "against_advice" in chosen.get("marks", ()):
        rows = rows.filter(against_advice=True)
    if "write_up" in chosen.get("marks", ()):
        rows = rows.filter(write_up_due__isnull=False)
    if "look_back" in chosen.get("marks", ()):
        rows = rows.filter(look_back_due__isnull=False)
    if chosen.get("ground"):
        rows = rows.filter(pk__in=marked("ground", chosen["ground"]))
    rows = rows.filter(between("signed_at", chosen))
    if "find" in often:
        rows = rows.filter(_decision_says(words["find"]))
    elif words.get("find"):
        rows = rows.filter(pk__in=_matching_decisions(words["find"]))
    return _by_names(rows, words, often, ("recipient", "author"))


def narrowed_requests(
    rows: QuerySet[Request],
    chosen: Mapping[str, Any],
    words: Mapping[str, str],
    user: User,
    now: datetime,
    often: Set[str] = frozenset(),
) -> QuerySet[Request]:
    """Return those of ``rows`` that are chosen and have the words, for whoever looks.

    Without ``stands`` those that have no signed decision yet. ``often`` as for decisions.
    """
    stands = chosen.get("stands", "")
    undecided = Q(undecided__isnull=False)
    rows = rows.filter(
        {
            "": undecided,
            NEW: undecided & Q(decision=None),
            DRAFTING: undecided & Q(decision__isnull=False),
            DECIDED: Q(decision__state=State.SIGNED),
            ALL: Q(),
        }[stands]
    )
    if chosen.get("asker") == OURS:
        rows = rows.filter(origin="own_initiative")
    elif chosen.get("asker"):
        rows = rows.filter(requester_kind=chosen["asker"])
    marks = chosen.get("marks", ())
    if "overdue" in marks:
        rows = rows.filter(undecided, by_when__lt=now)
    if "unchecked" in marks:
        rows = rows.filter(origin="received").exclude(identity="verified")
    if "mine" in marks:
        rows = rows.filter(recorded_by=user)
    if chosen.get("since"):
        rows = rows.filter(happened_on__gte=chosen["since"])
    if chosen.get("until"):
        rows = rows.filter(happened_on__lte=chosen["until"])
    if "find" in often:
        text = words["find"]
        rows = rows.filter(_request_says(text, "pk") | case_says(text, "case__"))
    elif words.get("find"):
        keys = Request.objects.values("pk")
        by_case = keys.filter(case__in=matching_cases(words["find"]))
        rows = rows.filter(pk__in=_matching_requests(words["find"]).union(by_case))
    return _by_names(rows, words, often, ("requester", "worker"))


def _by_names(
    rows: QuerySet[Row], words: Mapping[str, str], often: Set[str], kinds: Iterable[str]
) -> QuerySet[Row]:
    """Return those whose case is about this person, and with these names of each kind."""
    if "person" in often:
        rows = rows.filter(case_is_about(words["person"], "case__"))
    elif words.get("person"):
        rows = rows.filter(case__in=cases_about(words["person"]))
    for kind in kinds:
        if kind in often:
            rows = rows.filter(has_words(kind, words[kind], "pk"))
        elif words.get(kind):
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


def _decision_says(text: str) -> Q:
    """Return what is true of the rows that ``_matching_decisions`` finds, asked row by row."""
    own = Q(reference=as_reference(text)) | has_words("decision", text, "pk")
    return own | _request_says(text, "request_id") | case_says(text, "case__")


def _request_says(text: str, key: str) -> Q:
    named = Request.objects.filter(reference=as_reference(text)).values("pk")
    return Q(**{f"{key}__in": named}) | has_words("request", text, key)


def _matching_requests(text: str) -> QuerySet[Request, Any]:
    named = Request.objects.filter(reference=as_reference(text)).values("pk")
    return named.union(found_by("request", text))


def recipients_in(versions: Iterable[int | None]) -> dict[int, list[str]]:
    """Return whom versions name as recipients, by the key of the version; one query."""
    found: dict[int, list[str]] = {}
    rows = Recipient.objects.filter(version__in=list(versions)).order_by("number")
    for version, name, organisation in rows.values_list("version_id", "name", "organisation"):
        found.setdefault(version, []).append(f"{name}, {organisation}" if organisation else name)
    return found
