"""The rows of the lists of decisions: about whom, what became of it, by whom, reviewed or not."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from decisions import queries
from decisions.enums import AWAITED
from decisions.models import Decision, Request, SignedVersion
from decisions.presenters.records import because_words, outcome_tag, review_tag
from decisions.presenters.requests import beginning, due_cell, status, who_asks
from infosharing.accounts import roles
from infosharing.guidance import codes
from infosharing.journeys.templatetags.british import british_date
from infosharing.workdays.clock import WorkingDays, working_time

UNDECIDED_HEADERS = ("Request", "About", "To be decided", "Where it stands")
SIGNED_HEADERS = ("Decision", "About", "Outcome", "By", "Signed", "Review")
CSV_HEADERS = (
    "Decision",
    "Version",
    "Case",
    "About",
    "Outcome",
    "Without consent",
    "Against the guide's suggestion",
    "Recipients",
    "Signed by",
    "Signed as",
    "Signed at (London)",
    "Review",
    "Reviewed because",
)
REQUEST_CSV_HEADERS = (
    "Request",
    "Case",
    "About",
    "Who asks",
    "Kind of requester",
    "How they asked",
    "Identity",
    "Came on",
    "Decide by (London)",
    "Where it stands",
    "Decision",
    "Recorded by",
    "Recorded at (London)",
)
NOBODY_HERE = "Nobody here can review this"


def about(case: int, names: Mapping[int, str]) -> str:
    """Return whom a case is about; ``names`` are those of ``cases.queries.names_in``."""
    return names.get(case, "Nobody named")


def undecided(
    request: Request, names: Mapping[int, str], now: datetime, days: Mapping[int, WorkingDays]
) -> list[Any]:
    """Return the row of something not decided yet; its case and decision are fetched with it."""
    stands = status(request)
    return [
        {
            "text": f"Request {request.spoken_reference}",
            "url": reverse("decisions:request", args=[request.public_id]),
            "hint": beginning(request.asked_for),
        },
        about(request.case_id, names),
        due_cell(request, now, days[request.case.organisation_id]),
        {"tag": stands.words, "colour": stands.colour},
    ]


def signed(
    decision: Decision,
    names: Mapping[int, str],
    now: datetime,
    days: Mapping[int, WorkingDays],
) -> list[Any]:
    """Return the row of a signed decision, fetched with ``with_reviewers`` and ``with_consent``.

    ``days`` are the working days of the places where something is left to be written up.
    """
    version = decision.version
    assert version is not None and decision.signed_by is not None  # noqa: S101, PT018 - signed
    hints = []
    if decision.without_consent:
        hints.append("without consent")
    if decision.against_suggestion:
        hints.append("against the guide’s suggestion")
    if vars(decision)["consent_changed"]:
        hints.append("consent changed since, not answered yet")
    elif vars(decision)["consent_answered"]:
        hints.append("consent changed since, answered")
    if decision.write_up_due is not None:
        left = working_time(decision.write_up_due, now, days[decision.organisation_id])
        hints.append(f"write-up {left.words}" if left.late else f"to be written up: {left.words}")
    nobody = decision.review_state in AWAITED and not queries.reviewers_of(decision).here
    return [
        {
            "text": decision.spoken_reference,
            "url": reverse("decisions:decision", args=[decision.public_id]),
            "hint": f"Version {version.number}" if version.number > 1 else "",
        },
        about(decision.case_id, names),
        asdict(outcome_tag(decision.outcome, ", ".join(hints).capitalize())),
        {"text": decision.signed_by.name, "hint": roles.words(version.signed_as)},
        british_date(decision.signed_at),
        asdict(review_tag(decision, NOBODY_HERE if nobody else _because(decision, version))),
    ]


def _because(decision: Decision, version: SignedVersion) -> str:
    """Return why it is still to be reviewed, and that an emergency is to be looked back at."""
    words = []
    if decision.review_state in AWAITED:
        why = version.second_because if decision.review_state == "second" else None
        words.append(because_words(why or version.review_because))
    if decision.look_back_due is not None:
        words.append("to be looked back at")
    text = "; ".join(filter(None, words))
    return text[:1].upper() + text[1:]


def csv_row(decision: Decision, names: Mapping[int, str], recipients: Iterable[str]) -> list[str]:
    """Return a signed decision as texts under ``CSV_HEADERS``."""
    version = decision.version
    assert version is not None and decision.signed_by is not None  # noqa: S101, PT018 - signed
    return [
        decision.spoken_reference,
        str(version.number),
        decision.case.spoken_reference,
        about(decision.case_id, names),
        outcome_tag(decision.outcome).tag,
        "Yes" if decision.without_consent else "No",
        "Yes" if decision.against_suggestion else "No",
        "; ".join(recipients),
        decision.signed_by.name,
        roles.words(version.signed_as),
        f"{localtime(decision.signed_at):%Y-%m-%d %H:%M}",
        review_tag(decision).tag,
        because_words(version.review_because),
    ]


def request_csv_row(request: Request, names: Mapping[int, str]) -> list[str]:
    """Return a request, fetched with what it names, as texts under ``REQUEST_CSV_HEADERS``."""
    decision = getattr(request, "decision", None)
    coded = (
        (codes.REQUESTER_KINDS, request.requester_kind),
        (codes.CHANNELS, request.channel),
        (codes.IDENTITIES, request.identity),
    )
    return [
        request.spoken_reference,
        request.case.spoken_reference,
        about(request.case_id, names),
        who_asks(request),
        *(codes.words_of(choices, code) if code else "" for choices, code in coded),
        f"{request.happened_on:%Y-%m-%d}",
        f"{localtime(request.by_when):%Y-%m-%d %H:%M}" if request.by_when else "",
        status(request).words,
        decision.spoken_reference if decision else "",
        request.recorded_by.name,
        f"{localtime(request.recorded_at):%Y-%m-%d %H:%M}",
    ]
