"""From Facts back to the mapping that JSON holds; ``read_facts`` of it gives the same facts."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from infosharing.guidance.facts import Advice, Consent, Decision, Facts, Person, Request

Written = dict[str, object]


def write_facts(facts: Facts) -> Written:
    """The facts as section 1 names them: dates as text, every key there, null where absent."""
    return {
        "on": facts.on.isoformat(),
        "request": _request(facts.request),
        "people": [_person(person) for person in facts.people],
        "answers": dict(facts.answers),
        "consents": [_consent(consent) for consent in facts.consents],
        "grounds": list(facts.grounds),
        "advice": [_advice(advice) for advice in facts.advice],
        "decision": None if facts.decision is None else _decision(facts.decision),
    }


def _request(request: Request) -> Written:
    return _plain(asdict(request)) if request.received else {"origin": request.origin}


def _person(person: Person) -> Written:
    return _plain(asdict(person))


def _consent(consent: Consent) -> Written:
    return {**_plain(asdict(consent)), "informed": sorted(consent.informed)}


def _advice(advice: Advice) -> Written:
    written = _plain(asdict(advice))
    return {"from": written.pop("by"), **written}


def _decision(decision: Decision) -> Written:
    written = _plain(asdict(decision))
    for key in ("items", "recipients", "advice_tried"):
        written[key] = [_plain(asdict(element)) for element in getattr(decision, key)]
    written["rules_considered"] = list(decision.rules_considered)
    return written


def _plain(found: Mapping[str, object]) -> Written:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()
    }
