"""A case as it is shown: people with their ages, requests, consent, judgements, chronology."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from consent.enums import GivenBy
from consent.models import ConsentRecord
from consent.presenters import status_cell
from decisions.models import Decision, Request
from decisions.presenters import requests as asked
from infosharing.accounts.models import User
from infosharing.cases.enums import AccessKind, AgeBand, Holds, JudgementKind, Part
from infosharing.cases.models import Case, CaseAccess, CasePerson, Judgement, Person
from infosharing.cases.permissions import user_knows_who_is_kept_from
from infosharing.cases.queries import Known
from infosharing.cases.timeline import Entry
from infosharing.guidance.facts import age_on
from infosharing.journeys.templatetags.british import british_date, british_datetime, british_time

Row = dict[str, Any]


def age_words(person: Person, on: date) -> str:
    """Return how old somebody is on a day: years, or months for a baby; or what is known."""
    if not person.born:
        band = str(AgeBand(person.age_band).label)
        return band if person.age_band == AgeBand.UNBORN else f"{band}, date of birth not known"
    born = british_date(person.born)
    years = age_on(person.born, on)
    if years >= 2:
        return f"{years} years old, born {born}"
    months = (on.year - person.born.year) * 12 + on.month - person.born.month
    months -= on.day < person.born.day
    if months < 1:
        return f"Less than a month old, born {born}"
    return f"{months} month{'' if months == 1 else 's'} old, born {born}"


def judgement_kind(person: Person, on: date) -> JudgementKind | None:
    """Return what can be judged of somebody on a day; None before they are born."""
    if person.born:
        if person.born > on:
            return None
        young = age_on(person.born, on) < 16
    elif person.age_band == AgeBand.UNBORN:
        return None
    else:
        young = person.age_band == AgeBand.UNDER_16
    return JudgementKind.COMPETENCE if young else JudgementKind.CAPACITY


def list_rows(cases: Iterable[Case]) -> list[list[Any]]:
    """Return the rows of the table of cases; parts and people are prefetched.

    Each case carries ``open_decisions``, the number of decisions being drafted.
    """
    rows: list[list[Any]] = []
    for case in cases:
        number = getattr(case, "open_decisions", 0)
        rows.append(
            [
                {
                    "text": f"Case {case.spoken_reference}",
                    "url": reverse("casefile:case", args=[case.public_id]),
                    "hint": "Restricted" if case.restricted else "",
                },
                asked.about(case.parts.all()),
                asked.beginning(case.summary),
                british_date(case.opened_at),
                f"{number} being decided" if number else "None",
            ]
        )
    return rows


def person_card(
    case: Case, part: CasePerson, known: Known, on: date, *, can_work: bool
) -> dict[str, Any]:
    """Return one person of a case: a title, rows, and what can be done."""
    person = part.person
    rows: list[Row] = [
        {"key": "Age", "value": age_words(person, on)},
        {"key": "Part in the case", "value": str(Part(part.part).label)},
    ]
    if person.preferred_name:
        rows.insert(0, {"key": "Known as", "value": person.preferred_name})
    holders = [
        f"{', '.join(filter(None, [one.holder, one.relationship]))}: "
        f"{Holds(one.holds).label.lower()}"
        for one in known.of(known.responsibilities, person)
    ]
    adult = person.age_band == AgeBand.ADULT or (
        person.born is not None and age_on(person.born, on) >= 18
    )
    subject = part.part == Part.SUBJECT
    if holders or (subject and not adult):
        rows.append(
            {
                "key": "Parental responsibility",
                "lines": holders,
                "missing_text": "Nobody recorded yet",
            }
        )
    return {
        "name": person.name,
        "rows": rows,
        "links": [
            {
                "text": "What was said about sharing, in order",
                "url": reverse("consent:person", args=[case.public_id, person.public_id]),
            },
            *(_person_links(case, part, on, adult=adult) if can_work else []),
        ],
    }


def _person_links(case: Case, part: CasePerson, on: date, *, adult: bool) -> list[Row]:
    person = part.person
    ids = [case.public_id, person.public_id]
    here = reverse("casefile:case", args=[case.public_id])
    links = [{"text": "Change details", "url": reverse("casefile:person-change", args=ids)}]
    if not adult:
        url = reverse("casefile:responsibility-new", args=ids)
        links.append({"text": "Add who holds parental responsibility", "url": url})
    if part.part == Part.SUBJECT:
        url = reverse("consent:new", args=[case.public_id])
        query = f"?person={person.public_id}&next={here}"
        links.append({"text": "Record a yes or no to sharing", "url": url + query})
        ask = reverse("consent:ask", args=ids)
        links.append({"text": "Ask them, with a leaflet", "url": ask})
        links.append(
            {"text": "Record why nobody is asked", "url": reverse("consent:not-asked", args=ids)}
        )
        kind = judgement_kind(person, on)
        if kind is not None:
            url = reverse("casefile:judgement-new", args=[case.public_id])
            words = "competence" if kind == JudgementKind.COMPETENCE else "capacity"
            links.append(
                {"text": f"Record a judgement of {words}", "url": f"{url}?person={ids[1]}"}
            )
    return links


def request_rows(requests: Iterable[Request], now: datetime, *, can_work: bool) -> list[list[Any]]:
    """Return the rows of a case's requests, as ``decisions.queries.requests_in`` gives them."""
    rows: list[list[Any]] = []
    for request in requests:
        status = asked.status(request)
        decision = getattr(request, "decision", None)
        rows.append(
            [
                {
                    "text": f"Request {request.spoken_reference}",
                    "url": reverse("decisions:request", args=[request.public_id]),
                    "hint": asked.beginning(request.asked_for),
                },
                asked.who_asks(request),
                asked.due_cell(request, now),
                {
                    "tag": status.words,
                    "colour": status.colour,
                    "hint": _where(request, decision),
                },
                _next(request, can_work=can_work),
            ]
        )
    return rows


def _where(request: Request, decision: Decision | None) -> str:
    """Return what is to be known of a decision: its review, and that consent changed since."""
    changed = "Consent has changed since." if vars(request).get("consent_changed") else ""
    return " ".join(filter(None, [asked.review_words(decision) if decision else "", changed]))


def _next(request: Request, *, can_work: bool) -> Any:
    step = asked.next_step(request, can_work=can_work)
    if step is None:
        return "Nothing you can do"
    if step.posts:
        # A start is pressed on the request's own page, where what was asked can be read.
        url = reverse("decisions:request", args=[request.public_id])
        return {"text": step.words, "url": url}
    return {"text": step.words, "url": step.url}


def consent_rows(consents: Iterable[ConsentRecord], on: date) -> list[list[Any]]:
    """Return the rows of what was said about sharing in a case, as it stands on a day."""
    return [
        [
            {
                "text": f"Record {consent.spoken_reference}",
                "url": reverse("consent:detail", args=[consent.public_id]),
                "hint": f"About {consent.person.name}",
            },
            status_cell(consent, on),
            {"text": consent.giver, "hint": str(GivenBy(consent.given_by).label)},
            british_date(consent.said_on),
            asked.beginning(consent.scope_purpose),
        ]
        for consent in consents
    ]


def judgement_rows(judgements: Iterable[Judgement]) -> list[dict[str, Any]]:
    """Return each judgement as a card: what was judged, how, by whom."""
    return [
        {
            "title": f"{JudgementKind(judgement.kind).name.capitalize()}, "
            f"{british_date(judgement.judged_on)}",
            "rows": [
                {"key": "About", "value": judgement.person.name},
                {"key": "What was to be decided", "value": judgement.matter},
                {
                    "key": "Can they decide it themselves?",
                    "value": "Yes" if judgement.able else "No",
                },
                {"key": "Reasons", "value": judgement.reasons},
                {"key": "Judged by", "value": judgement.judged_by},
            ],
        }
        for judgement in judgements
    ]


def who_sees(case: Case) -> str:
    """Return whom a case is open to, before anybody is named."""
    if case.restricted:
        return "Only the people named"
    return (
        "The people named, the safeguarding leads, the head, the data protection lead and auditors"
    )


def access_rows(case: Case, current: Iterable[CaseAccess], user: User) -> list[Row]:
    """Return who is named on a case, and who is kept from it as far as the user may know."""
    current = list(current)

    def named(kind: AccessKind) -> list[str]:
        return [
            f"{access.user.name}: {access.reason}" if access.reason else access.user.name
            for access in current
            if access.kind == kind
        ]

    rows: list[Row] = [
        {"key": "Who sees it", "value": who_sees(case)},
        {"key": "Named", "lines": named(AccessKind.NAMED), "value": "Nobody"},
    ]
    if user_knows_who_is_kept_from(user, case):
        kept = named(AccessKind.EXCLUDED)
        rows.append({"key": "Kept from it", "lines": kept, "value": "Nobody"})
    return rows


def _when(entry: Entry) -> str:
    """Return when something happened, and when it was recorded where that says more."""
    day = british_date(entry.happened_on)
    happened = f"{day}, {entry.happened_words}" if entry.happened_words else day
    if british_date(entry.recorded_at) != day:
        return f"{happened} (recorded {british_datetime(entry.recorded_at)})"
    if entry.happened_words:
        return f"{happened} (recorded at {british_time(entry.recorded_at)})"
    return british_datetime(entry.recorded_at)


def chronology(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the chronology for the timeline; late records say when they were made."""
    shown = []
    for entry in entries:
        shown.append(
            {
                "title": entry.kind,
                "when": _when(entry),
                "by": entry.by,
                "text": entry.words,
                "url": entry.url,
            }
        )
    return shown
