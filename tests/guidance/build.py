"""Facts for the tests, as JSON holds them: complete and without fault until a test says else."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from infosharing.guidance.guide import Guidance, evaluate
from infosharing.guidance.loading import default_pack
from infosharing.guidance.pack import Pack
from infosharing.guidance.parts import ConsultRule
from infosharing.guidance.reading import read_facts

Json = dict[str, Any]

TODAY = "2026-11-20"
YESTERDAY = "2026-11-19"
TOMORROW = "2026-11-21"

UNDER_16 = {"age_band": "under_16"}
COMPETENT = {"age_band": "under_16", "competent": True}
NOT_COMPETENT = {"age_band": "under_16", "competent": False}
UNBORN = {"age_band": "unborn"}
SIXTEEN = {"age_band": "16_or_17"}
SIXTEEN_WITHOUT = {"age_band": "16_or_17", "capacity": False}
ADULT = {"age_band": "adult"}
ADULT_WITHOUT = {"age_band": "adult", "capacity": False}

# No rules, no questions but the flow's, nobody to consult.
BARE = replace(default_pack(), rules=(), sections=(), consult=())

FLOW_NO = {
    "immediate_danger": "no",
    "purpose": "yes",
    "identifiable": "yes",
    "confidential": "yes",
    "significant_harm": "no",
    "serious_crime": "no",
    "legal_duty": "no",
}


def bare(**changes: Any) -> Pack:
    return replace(BARE, **changes)


def consulting(*rules: tuple[str, str]) -> Pack:
    return bare(
        consult=tuple(
            ConsultRule(roles=tuple(roles.split("|")), when=when)  # type: ignore[arg-type]
            for roles, when in rules
        )
    )


def person(person_id: str = "p1", **changes: Any) -> Json:
    return {"id": person_id, **(changes or UNDER_16)}


def consent(**changes: Any) -> Json:
    """A mother's yes that can be relied on for a child under 16."""
    covers = dict.fromkeys(("purpose", "recipients", "information"), True)
    return {
        "person": "p1",
        "status": "given",
        "on": "2026-11-02",
        "until": None,
        "withdrawn_on": None,
        "given_by": "parent",
        "giver": "Mother",
        "parental_responsibility": True,
        "authority_evidenced": False,
        "informed": ["what_happens", "who_is_told", "onward_sharing", "why"],
        "consequences_explained": True,
        "freely_given": True,
        "understood": True,
        **changes,
        "covers": {**covers, **changes.get("covers", {})},
    }


def by_self(**changes: Any) -> Json:
    base = {"given_by": "self", "giver": "Themselves", "parental_responsibility": False}
    return consent(**{**base, **changes})


def by_attorney(**changes: Any) -> Json:
    base = {
        "given_by": "attorney_or_deputy",
        "giver": "Daughter",
        "parental_responsibility": False,
        "authority_evidenced": True,
    }
    return consent(**{**base, **changes})


def father(**changes: Any) -> Json:
    return consent(**{"giver": "Father", **changes})


ELSEWHERE = {"covers": {"purpose": False}}


def advice(role: str = "dsl", advised: str | None = "share", on: str = YESTERDAY) -> Json:
    return {"from": role, "on": on, "anonymous": True, "advised": advised}


def received(**changes: Any) -> Json:
    return {
        "origin": "received",
        "channel": "email",
        "requester_kind": "social_care",
        "identity": "verified",
        "call_back_source": None,
        "crime_investigation": False,
        **changes,
    }


def item(**changes: Any) -> Json:
    return {"what": "What was seen", "nature": "fact", "source_checked": True, **changes}


def recipient(**changes: Any) -> Json:
    return {
        "name": "The duty team",
        "method": "secure_email",
        "need_to_know": True,
        "told_confidential": True,
        "intended_use": "To decide what help is needed",
        **changes,
    }


def sharing(**changes: Any) -> Json:
    """A decision to share that lacks nothing, with consent or without."""
    return {
        "outcome": "share",
        "reasons": "They are in the note.",
        "decided_by_role": "practitioner",
        "lawful_basis": "public_task",
        "special_category": False,
        "special_category_condition": None,
        "no_consent_because": "Asking would do harm.",
        "no_consent_reason": None,
        "items": [item()],
        "withheld": None,
        "recipients": [recipient()],
        "person_informed": True,
        "refusal_discussed": False,
        "override_reasons": None,
        "rules_considered": [],
        **changes,
    }


def refusing(**changes: Any) -> Json:
    """A decision not to share that lacks nothing."""
    return {
        "outcome": "do_not_share",
        "reasons": "They are in the note.",
        "decided_by_role": "practitioner",
        "refusal_discussed": True,
        **changes,
    }


def given(
    answers: Json | None = None,
    *,
    flow: Json | None = None,
    without: Iterable[str] = (),
    **changes: Any,
) -> Json:
    """Facts on own initiative about a child under 16, every flow question answered, no harm."""
    all_answers = {**(FLOW_NO if flow is None else flow), **(answers or {})}
    for code in without:
        del all_answers[code]
    return deepcopy(
        {
            "on": TODAY,
            "request": {"origin": "own_initiative"},
            "people": [person()],
            "answers": all_answers,
            "consents": [],
            "grounds": [],
            "advice": [],
            **changes,
        }
    )


def guide(facts: Json, pack: Pack = BARE) -> Guidance:
    return evaluate(read_facts(facts, pack), pack)


def problems(who: Json, *consents: Json, on: str = TODAY) -> list[str]:
    """The problems of one person's consent."""
    facts = given(people=[{"id": "p1", **who}], consents=list(consents), on=on)
    return list(guide(facts).consents["p1"])
