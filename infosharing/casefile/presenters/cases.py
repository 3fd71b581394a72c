"""A case as it is shown: people with their ages, requests, consent, judgements, chronology."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from consent.enums import GivenBy
from consent.models import ConsentRecord
from consent.presenters import document_row, status_cell
from decisions.known_words import (
    age_words,
    answers_of,
    holder_words,
    order_words,
    protection_words,
    view_words,
    with_document,
)
from decisions.models import Decision, Request
from decisions.presenters import requests as asked
from infosharing.accounts.models import User
from infosharing.cases.enums import AccessKind, AgeBand, JudgementKind, Part, YearGroup
from infosharing.cases.knowledge import Known
from infosharing.cases.models import Case, CaseAccess, CasePerson, Judgement, Person, SamePerson
from infosharing.cases.permissions import user_knows_who_is_kept_from
from infosharing.cases.reaching import BARE
from infosharing.guidance.facts import age_on
from infosharing.journeys.templatetags.british import british_date
from infosharing.workdays.clock import WorkingDays

Row = dict[str, Any]


def judgement_kind(person: Person, on: date) -> JudgementKind | None:
    """Return what can be judged of somebody on a day; None before they are born."""
    if person.born:
        if person.born > on:
            return None
        young = age_on(person.born, on) < 16
    elif person.age_band == AgeBand.UNBORN:
        return None
    else:
        young = person.band_on(on) == AgeBand.UNDER_16
    return JudgementKind.COMPETENCE if young else JudgementKind.CAPACITY


def person_card(
    case: Case, part: CasePerson, known: Known, on: date, *, can_work: bool
) -> dict[str, Any]:
    """Return one person of a case: a title, rows, and what can be done."""
    person = part.person
    rows: list[Row] = [
        {"key": "Age", "value": age_words(person, on)},
        {"key": "Part in the case", "value": str(Part(part.part).label)},
    ]
    rows += [
        {"key": "The same as", "value": f"{one.known.name}{_why(one)}"}
        for one in known.of(known.same, person)
    ]
    rows += [
        {"key": "Also recorded as", "value": f"{one.person.name}, {age_words(one.person, on)}"}
        for one in known.same
        if one.known_id == person.pk
    ]
    if person.preferred_name:
        rows.insert(0, {"key": "Known as", "value": person.preferred_name})
    if person.year_group:
        rows.append({"key": "Year group", "value": str(YearGroup(person.year_group).label)})
    if person.upn:
        rows.append({"key": "Pupil number (UPN)", "value": person.upn})
    held = known.of(known.responsibilities, person)
    holders = [with_document(holder_words(one), one) for one in held]
    orders = [with_document(order_words(one), one) for one in known.of(known.orders, person)]
    views = [view_words(one) for one in known.of(known.views, person)]
    protections = [protection_words(one) for one in known.of(known.protections, person)]
    bare = [BARE.format("this person")] if person in known.bare else []
    adult = age_on(person.born, on) >= 18 if person.born else person.band_on(on) == AgeBand.ADULT
    subject = part.part == Part.SUBJECT
    if holders or (subject and not adult):
        rows.append(
            {
                "key": "Parental responsibility",
                "lines": holders,
                "missing_text": "Nobody recorded yet",
            }
        )
    if orders:
        rows.append({"key": "Court orders", "lines": orders})
    if views:
        rows.append({"key": "What they think of it", "lines": views})
    links = _person_links(case, part, on, adult=adult, marked=bool(protections))
    return {
        "name": person.name,
        "protections": [*protections, *bare],
        "rows": rows,
        "links": [
            {
                "text": "Everything that happened, over all their cases",
                "url": reverse(
                    "casefile:person-chronology", args=[case.public_id, person.public_id]
                ),
            },
            {
                "text": "What was said about sharing, in order",
                "url": reverse("consent:person", args=[case.public_id, person.public_id]),
            },
            *(links if can_work else []),
        ],
    }


def _why(said: SamePerson) -> str:
    return f". {said.why}" if said.why else ""


def _person_links(
    case: Case, part: CasePerson, on: date, *, adult: bool, marked: bool
) -> list[Row]:
    person = part.person
    ids = [case.public_id, person.public_id]
    here = reverse("casefile:case", args=[case.public_id])
    history = reverse("casefile:case-history", args=[case.public_id])
    links = [
        {"text": "Change details", "url": reverse("casefile:person-change", args=ids)},
        {"text": "See every change", "url": f"{history}?record=cases.person.{person.pk}"},
        {
            "text": "Two people after all" if part.part == Part.DOUBLE else "Recorded twice",
            "url": reverse("casefile:person-same", args=ids),
        },
    ]
    if not adult:
        url = reverse("casefile:responsibility-new", args=ids)
        links.append({"text": "Add who holds parental responsibility", "url": url})
    links += [
        {"text": "Record what is thought of it", "url": reverse("casefile:view-new", args=ids)},
        {"text": "Record a court order", "url": reverse("casefile:court-order-new", args=ids)},
        {
            "text": "Mark that their details must not reach somebody",
            "url": reverse("casefile:protection-new", args=ids),
        },
    ]
    if marked:
        url = reverse("casefile:protection-end", args=ids)
        links.append({"text": "Details may reach somebody again", "url": url})
    if part.part == Part.SUBJECT:
        url = reverse("consent:new", args=[case.public_id])
        query = f"?person={person.public_id}&next={here}"
        links.append({"text": "Record what was said about sharing", "url": url + query})
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


def request_rows(
    requests: Iterable[Request], now: datetime, days: WorkingDays, *, can_work: bool
) -> list[list[Any]]:
    """Return the rows of a case's requests, as ``decisions.queries.requests_in`` gives them.

    ``days`` are the working days of the place.
    """
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
                asked.due_cell(request, now, days),
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
                *({"key": label, "value": value} for label, value in answers_of(judgement)),
                {"key": "Reasons", "value": judgement.reasons},
                {"key": "Judged by", "value": judgement.judged_by},
                *(
                    [document_row("Document that shows it", judgement.document)]
                    if judgement.document
                    else []
                ),
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


ACCESS_HEADERS = ["Who", "Since", "Why", "To change it"]
ENDED_HEADERS = ["Who", "From", "Until", "Why"]


def access_tables(
    case: Case, current: Iterable[CaseAccess], user: User, *, can_end: bool
) -> list[dict[str, Any]]:
    """Return who is named on a case, and who is kept from it as far as the user may know."""
    current = list(current)
    kinds = [(AccessKind.NAMED, "named", "Named on the case", "No longer name {}")]
    if user_knows_who_is_kept_from(user, case):
        words = "Let {} see it again"
        kinds.append((AccessKind.EXCLUDED, "kept", "Kept from the case", words))
    return [
        {
            "id": ident,
            "caption": caption,
            "headers": ACCESS_HEADERS if can_end else ACCESS_HEADERS[:-1],
            "rows": [
                _access_row(case, access, end if can_end else "")
                for access in current
                if access.kind == kind
            ],
        }
        for kind, ident, caption, end in kinds
    ]


def _access_row(case: Case, access: CaseAccess, end: str) -> list[Any]:
    row: list[Any] = [
        access.user.name,
        {"text": british_date(access.given_at), "hint": f"by {access.given_by.name}"},
        access.reason,
    ]
    if end:
        url = reverse("casefile:case-access-end", args=[case.public_id, access.public_id])
        row.append({"text": end.format(access.user.name), "url": url})
    return row


def ended_rows(case: Case, ended: Iterable[CaseAccess], user: User) -> list[list[Any]]:
    """Return who was named or kept away and is no longer, as far as the user may know."""
    knows = user_knows_who_is_kept_from(user, case)
    return [
        [
            {"text": access.user.name, "hint": str(AccessKind(access.kind).label)},
            {"text": british_date(access.given_at), "hint": f"by {access.given_by.name}"},
            {
                "text": british_date(access.ended_at),
                "hint": f"by {access.ended_by.name}" if access.ended_by else "",
            },
            {"text": access.reason, "hint": access.end_reason and f"Ended: {access.end_reason}"},
        ]
        for access in ended
        if access.ended_at and (knows or access.kind == AccessKind.NAMED)
    ]
