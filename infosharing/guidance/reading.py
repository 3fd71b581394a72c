"""From a mapping (the facts of section 1, as JSON holds them) to Facts, strictly.

A key whose value may be null may be left out; the others are required. Whatever does not
fit is refused with the path of what is wrong, such as ``given.consents[0].person``.
"""

from collections.abc import Collection, Mapping
from typing import Final

from infosharing.guidance.codes import (
    AGE_BANDS,
    ANSWERS,
    CHANNELS,
    CONSENT_STATUSES,
    FLOW,
    FLOW_ANSWERS,
    GIVEN_BY,
    GROUNDS,
    IDENTITIES,
    INFORMED,
    ORIGINS,
    OUTCOMES,
    REQUESTER_KINDS,
    ROLES,
    Answer,
)
from infosharing.guidance.errors import FactsError
from infosharing.guidance.facts import Advice, Consent, Covers, Facts, Person, Request
from infosharing.guidance.pack import Pack
from infosharing.guidance.reading_decision import read_decision
from infosharing.guidance.reading_help import (
    a_bool,
    a_day,
    a_list,
    a_mapping,
    a_text,
    at,
    bool_or_none,
    day_or_none,
    fields,
    one_of,
    one_of_or_none,
    text_or_none,
)

FACTS: Final = ("on", "request", "people", "answers", "consents", "grounds", "advice")
RECEIVED: Final = ("origin", "channel", "requester_kind", "identity", "crime_investigation")
CONSENT: Final = (
    "person",
    "status",
    "on",
    "given_by",
    "giver",
    "parental_responsibility",
    "authority_evidenced",
    "informed",
    "consequences_explained",
    "freely_given",
    "understood",
    "covers",
)
COVERS: Final = ("purpose", "recipients", "information")


def read_facts(data: object, pack: Pack, path: str = "given") -> Facts:
    """The facts in a mapping; FactsError with the path of what does not fit the guide."""
    found = fields(data, path, FACTS, ("decision",))
    answers = _answers(found["answers"], at(path, "answers"), pack)
    people = _people(found["people"], at(path, "people"))
    if not people and answers.get("identifiable") != "no":
        raise FactsError(
            at(path, "people"), "must name somebody, unless identifiable is answered no"
        )
    known = {person.id for person in people}
    consents = a_list(found["consents"], at(path, "consents"))
    advice = a_list(found["advice"], at(path, "advice"))
    grounds = a_list(found["grounds"], at(path, "grounds"))
    decision = found.get("decision")
    return Facts(
        on=a_day(found["on"], at(path, "on")),
        request=_request(found["request"], at(path, "request")),
        people=people,
        answers=answers,
        consents=tuple(_consent(value, where, known) for value, where in consents),
        grounds=tuple(one_of(value, where, GROUNDS) for value, where in grounds),
        advice=tuple(_advice(value, where) for value, where in advice),
        decision=None if decision is None else read_decision(decision, at(path, "decision"), pack),
    )


def _request(value: object, path: str) -> Request:
    request = a_mapping(value, path)
    if "origin" not in request:
        raise FactsError(at(path, "origin"), "is missing")
    origin = one_of(request["origin"], at(path, "origin"), ORIGINS)
    if origin == "own_initiative":
        fields(value, path, ("origin",))  # the rest belongs to received ones only
        return Request(origin=origin)
    found = fields(value, path, RECEIVED, ("call_back_source",))
    return Request(
        origin=origin,
        channel=one_of(found["channel"], at(path, "channel"), CHANNELS),
        requester_kind=one_of(found["requester_kind"], at(path, "requester_kind"), REQUESTER_KINDS),
        identity=one_of(found["identity"], at(path, "identity"), IDENTITIES),
        call_back_source=text_or_none(found.get("call_back_source"), at(path, "call_back_source")),
        crime_investigation=a_bool(found["crime_investigation"], at(path, "crime_investigation")),
    )


def _people(value: object, path: str) -> tuple[Person, ...]:
    people: list[Person] = []
    for element, where in a_list(value, path):
        person = _person(element, where)
        if any(person.id == earlier.id for earlier in people):
            raise FactsError(at(where, "id"), f'"{person.id}" is there twice')
        people.append(person)
    return tuple(people)


def _person(value: object, path: str) -> Person:
    found = fields(value, path, ("id",), ("born", "age_band", "competent", "capacity"))
    born = day_or_none(found.get("born"), at(path, "born"))
    age_band = one_of_or_none(found.get("age_band"), at(path, "age_band"), AGE_BANDS)
    if born is not None and age_band is not None:
        raise FactsError(at(path, "age_band"), "is there together with born")
    if born is None and age_band is None:
        raise FactsError(at(path, "age_band"), "is missing, and so is born: one is needed")
    return Person(
        id=a_text(found["id"], at(path, "id")),
        born=born,
        age_band=age_band,
        competent=bool_or_none(found.get("competent"), at(path, "competent")),
        capacity=bool_or_none(found.get("capacity"), at(path, "capacity")),
    )


def _answers(value: object, path: str, pack: Pack) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for code, answer in a_mapping(value, path).items():
        if code not in pack.by_code:
            raise FactsError(at(path, code), f"is not a question of the flow or of {pack.code}")
        answers[code] = one_of(answer, at(path, code), FLOW_ANSWERS if code in FLOW else ANSWERS)
    return answers


def _consent(value: object, path: str, people: Collection[str]) -> Consent:
    found = fields(value, path, CONSENT, ("until", "withdrawn_on"))
    person = a_text(found["person"], at(path, "person"))
    if person not in people:
        raise FactsError(at(path, "person"), f'"{person}" is not one of the people')
    status = one_of(found["status"], at(path, "status"), CONSENT_STATUSES)
    withdrawn_on = day_or_none(found.get("withdrawn_on"), at(path, "withdrawn_on"))
    if status == "refused" and withdrawn_on is not None:
        raise FactsError(at(path, "withdrawn_on"), "belongs to a yes only")
    informed = a_list(found["informed"], at(path, "informed"))
    return Consent(
        person=person,
        status=status,
        on=a_day(found["on"], at(path, "on")),
        until=day_or_none(found.get("until"), at(path, "until")),
        withdrawn_on=withdrawn_on,
        given_by=one_of(found["given_by"], at(path, "given_by"), GIVEN_BY),
        giver=a_text(found["giver"], at(path, "giver")),
        parental_responsibility=_flag(found, path, "parental_responsibility"),
        authority_evidenced=_flag(found, path, "authority_evidenced"),
        informed=frozenset(one_of(element, where, INFORMED) for element, where in informed),
        consequences_explained=_flag(found, path, "consequences_explained"),
        freely_given=_flag(found, path, "freely_given"),
        understood=_flag(found, path, "understood"),
        covers=_covers(found["covers"], at(path, "covers")),
    )


def _flag(found: Mapping[str, object], path: str, key: str) -> bool:
    return a_bool(found[key], at(path, key))


def _covers(value: object, path: str) -> Covers:
    found = fields(value, path, COVERS)
    return Covers(
        purpose=_flag(found, path, "purpose"),
        recipients=_flag(found, path, "recipients"),
        information=_flag(found, path, "information"),
    )


def _advice(value: object, path: str) -> Advice:
    found = fields(value, path, ("from", "on", "anonymous"), ("advised",))
    return Advice(
        by=one_of(found["from"], at(path, "from"), ROLES),
        on=a_day(found["on"], at(path, "on")),
        anonymous=_flag(found, path, "anonymous"),
        advised=one_of_or_none(found.get("advised"), at(path, "advised"), OUTCOMES),
    )
