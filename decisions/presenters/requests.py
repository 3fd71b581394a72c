"""Requests as they are shown: what was asked, by when, where it stands, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from decisions.enums import Entitled, ReviewState, State, identity_how_words
from decisions.known_words import age_words
from decisions.models import Decision, Request, RequestCorrection
from decisions.summary import power_words
from infosharing.cases.enums import Part
from infosharing.cases.models import Case, CasePerson
from infosharing.guidance import codes
from infosharing.guidance.facts import age_on
from infosharing.journeys.templatetags.british import (
    LONDON,
    as_remembered,
    british_date,
    british_datetime,
)
from infosharing.workdays.clock import WorkingDays, working_time

START_LENGTH = 90
WEEKDAYS = WorkingDays()
Row = dict[str, Any]


@dataclass(frozen=True)
class Status:
    """Where a request stands, in words, with the colour of its tag."""

    words: str
    colour: str


@dataclass(frozen=True)
class Step:
    """What comes next; ``posts`` where it starts something and so is a button."""

    words: str
    url: str
    posts: bool = False


def beginning(text: str, length: int = START_LENGTH) -> str:
    """Return the first words of a text on one line, with dots where it goes on."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"


def due_on(by_when: datetime) -> str:
    """Return the moment in words; the last minute of a day is the whole day."""
    local = by_when.astimezone(LONDON)
    if (local.hour, local.minute) == (23, 59):
        return f"the end of {british_date(local.date())}"
    return british_datetime(by_when)


def due_words(by_when: datetime | None, now: datetime, days: WorkingDays = WEEKDAYS) -> str:
    """Return how much working time is left or over; empty without a time.

    ``days`` are the working days of the place; without them only bank holidays are left out.
    """
    return "" if by_when is None else working_time(by_when, now, days).words


def is_undecided(request: Request) -> bool:
    """Return whether nothing has been signed about a request."""
    decision = _decision(request)
    return decision is None or decision.state != State.SIGNED


def is_overdue(request: Request, now: datetime) -> bool:
    """Return whether the time has passed and nothing has been signed."""
    return request.by_when is not None and now > request.by_when and is_undecided(request)


def _decision(request: Request) -> Decision | None:
    return getattr(request, "decision", None)


def status(request: Request) -> Status:
    """Return where a request stands."""
    decision = _decision(request)
    if decision is None:
        return Status("Not started", "yellow")
    if decision.state == State.DRAFTING:
        return Status("Being decided", "yellow")
    outcome = codes.words_of(codes.OUTCOMES, decision.outcome)
    return Status(f"Decided: {outcome[0].lower()}{outcome[1:]}", "green")


def review_words(decision: Decision) -> str:
    """Return where the review stands; empty before anything is signed."""
    return "" if not decision.review_state else str(ReviewState(decision.review_state).label)


def next_step(request: Request, *, can_work: bool) -> Step | None:
    """Return what comes next, for somebody who may work on the case or only reads it.

    The request comes from a query that gives it ``open_draft``.
    """
    decision = _decision(request)
    if decision is None:
        start = reverse("decisions:decide", args=[request.public_id])
        return Step("Start the decision", start, posts=True) if can_work else None
    if decision.state == State.DRAFTING:
        if not can_work:
            return None
        url = reverse("decisions:draft", args=[getattr(request, "open_draft", None)])
        return Step("Go on with the decision", url)
    return Step("Open the decision", reverse("decisions:decision", args=[decision.public_id]))


NOBODY_YET = "Nobody recorded yet"


def who_asks(request: Request) -> str:
    """Return who asks, on one line."""
    if not request.received:
        return "Our own initiative"
    named = [request.requester_name, request.requester_role, request.requester_organisation]
    kind = codes.words_of(codes.REQUESTER_KINDS, request.requester_kind)
    return ", ".join([part for part in named if part] or [kind])


def about(parts: Iterable[CasePerson]) -> str:
    """Return the names of the people a case is about, as prefetched."""
    names = [part.person.name for part in parts if part.part == "subject"]
    return ", ".join(names) or NOBODY_YET


def _happened(request: Request) -> str:
    when = [british_date(request.happened_on), as_remembered(request.happened_time)]
    return ", ".join(filter(None, when))


def asked_rows(request: Request) -> list[Row]:
    """Return what was asked or thought of, for a summary list."""
    rows: list[Row] = [{"key": "Where it came from", "value": _origin(request)}]
    if request.received:
        kind = codes.words_of(codes.REQUESTER_KINDS, request.requester_kind)
        rows += [
            {"key": "Who asks", "value": who_asks(request)},
            {"key": "Kind of requester", "value": kind},
            {"key": "How to reach them", "value": request.requester_contact},
            {"key": "How they asked", "value": codes.words_of(codes.CHANNELS, request.channel)},
        ]
    rows += [
        {
            "key": "What they want to know" if request.received else "What we think of sharing",
            "value": request.asked_for,
        },
        {"key": "What for", "value": request.purpose},
    ]
    if request.received and request.crime_investigation is not None:
        crime = "Yes" if request.crime_investigation else "No"
        rows.append({"key": "To prevent or look into a crime", "value": crime})
    if request.received and (request.legal_power_kind or request.legal_power):
        rows.append({"key": "Law or order they rely on", "value": power_words(request)})
    if request.background:
        rows.append({"key": "What else is known of it", "value": request.background})
    came = "When it came" if request.received else "When it came up"
    rows.append({"key": came, "value": _happened(request)})
    until = due_on(request.by_when) if request.by_when else "No date given"
    rows.append({"key": "Decide by", "value": until})
    recorded = f"{request.recorded_by.name}, {british_datetime(request.recorded_at)}"
    rows.append({"key": "Recorded by", "value": recorded})
    return rows


def _origin(request: Request) -> str:
    return codes.words_of(codes.ORIGINS, request.origin)


def identity_rows(request: Request) -> list[Row]:
    """Return what is known of who asks; empty for our own initiative."""
    if not request.received:
        return []
    rows: list[Row] = [
        {"key": "Result", "value": codes.words_of(codes.IDENTITIES, request.identity)},
    ]
    if request.identity_how:
        how = identity_how_words(request.identity_how, request.identity)
        rows.append({"key": "How", "value": how})
    if request.channel == "telephone" or request.call_back_source:
        rows.append(
            {
                "key": "Where the number rung back came from",
                "value": request.call_back_source,
                "missing_text": "Not recorded yet",
            }
        )
    rows += [
        {"key": "What was checked", "value": request.identity_note},
        {
            "key": "May they have it?",
            "lines": list(filter(None, [_entitled(request), request.entitlement])),
        },
    ]
    if request.identity_checked_by and request.identity_checked_at:
        when = british_datetime(request.identity_checked_at)
        rows.append({"key": "Checked by", "value": f"{request.identity_checked_by.name}, {when}"})
    return rows


def _entitled(request: Request) -> str:
    return str(Entitled(request.entitled).label) if request.entitled else "Not recorded yet"


def about_lines(parts: Iterable[CasePerson], on: date) -> list[str]:
    """Return whom a request is about, each with their age and part."""
    return [
        f"{part.person.name}, {_inside(age_words(part.person, on))}. {Part(part.part).label}."
        for part in parts
    ]


def _inside(words: str) -> str:
    """Return an age as it stands in the middle of a sentence."""
    return words[:1].lower() + words[1:]


def corrections(rows: Iterable[RequestCorrection]) -> list[dict[str, Any]]:
    """Return each correction as a card: who, when, why, and what stood there before."""
    return [
        {
            "title": f"Corrected on {british_datetime(one.corrected_at)}",
            "rows": [
                {"key": "Corrected by", "value": one.corrected_by.name},
                {"key": "Why", "value": one.reason},
                *(
                    {
                        "key": label,
                        "lines": [f"Before: {before or 'nothing'}", f"Now: {after or 'nothing'}"],
                    }
                    for label, before, after in one.changes
                ),
            ],
        }
        for one in rows
    ]


def list_rows(
    requests: Iterable[Request],
    names: Mapping[int, str],
    now: datetime,
    days: Mapping[int, WorkingDays],
) -> list[list[Any]]:
    """Return the rows of a table of requests, fetched with their cases.

    ``names`` are those of ``cases.queries.names_in``, ``days`` the working days of their places.
    """
    rows: list[list[Any]] = []
    for request in requests:
        stands = status(request)
        rows.append(
            [
                {
                    "text": f"Request {request.spoken_reference}",
                    "url": reverse("decisions:request", args=[request.public_id]),
                    "hint": beginning(request.asked_for),
                },
                who_asks(request),
                names.get(request.case_id, NOBODY_YET),
                due_cell(request, now, days.get(request.case.organisation_id, WEEKDAYS)),
                {"tag": stands.words, "colour": stands.colour},
            ]
        )
    return rows


def due_cell(request: Request, now: datetime, days: WorkingDays = WEEKDAYS) -> Any:
    """Return the cell that says by when; an overdue one says so in words."""
    if request.by_when is None:
        return "No date given"
    words, when = due_words(request.by_when, now, days), due_on(request.by_when)
    if is_overdue(request, now):
        return {"tag": "Overdue", "colour": "red", "hint": f"{words}: {when}"}
    decision = _decision(request)
    if decision is not None and decision.state == State.SIGNED:
        return when
    return {"text": f"By {when}", "hint": words}


def case_hint(case: Case) -> str:
    """Return what tells one case from another in a list of choices."""
    opened = british_date(case.opened_at)
    return f"{beginning(case.summary)} Opened {opened}."


def case_hint_at_a_glance(case: Case, on: date) -> str:
    """Return what tells cases apart without what they are about, for a page others may look at.

    ``on`` is the day, in London, on which ages are said.
    """
    ages = [
        f"aged {age_on(part.person.born, on)}"
        if part.person.born and part.person.born <= on
        else _inside(age_words(part.person, on))
        for part in case.parts.all()
        if part.part == "subject"
    ]
    told = ", ".join(ages)
    who = f"{told[:1].upper()}{told[1:]}. " if told else ""
    return f"{who}Opened {british_date(case.opened_at)}."


def same_request_choices(requests: Iterable[Request]) -> list[tuple[str, str]]:
    """Return the answers to "Is this recorded already?" of something recorded itself."""
    return [
        (
            request.public_id,
            f"Yes, it is request {request.spoken_reference} of {_happened(request)}: "
            f"{who_asks(request)}, “{beginning(request.asked_for)}”",
        )
        for request in requests
    ]


def same_request_rows(same: Iterable[tuple[str, Request]]) -> list[Row]:
    """Return which requests were said to be the same, and by whom."""
    return [
        {
            "key": "The same as",
            "value": f"Request {request.spoken_reference} of {_happened(request)}, as {by} said",
            "change_url": reverse("decisions:request", args=[request.public_id]),
            "change_text": "Open",
            "what": f"request {request.spoken_reference}",
        }
        for by, request in same
    ]


def earlier_choices(requests: Iterable[Request]) -> list[tuple[str, str]]:
    """Return the answers to "Is this recorded already?", each naming an earlier request."""
    return [
        (
            request.public_id,
            f"Yes, it is request {request.spoken_reference} of {_happened(request)}: "
            f"{who_asks(request)}. Go there and record nothing new",
        )
        for request in requests
    ]
