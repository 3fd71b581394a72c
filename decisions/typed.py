"""From what was typed on the pages of a draft to what the guide understands of it.

Knows neither rows nor forms: the wizard's drafts and the practice mode both use it. Anything
that does not fit counts as not answered; it stays on its page as typed (design.md "Records").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from infosharing.guidance.codes import (
    ANSWERS,
    DECIDER_ROLES,
    FLOW,
    FLOW_ANSWERS,
    GROUNDS,
    LAWFUL_BASES,
    NATURES,
    NO_CONSENT_REASONS,
    OUTCOMES,
    SPECIAL_CATEGORY_CONDITIONS,
    codes_of,
)
from infosharing.guidance.pack import Pack

Typed = Mapping[str, Sequence[str]]
Pages = Mapping[tuple[str, int], Typed]

# Before the number of a reviewer's question; answered on the page that the question is about.
REVIEW_ANSWER = "review_answer_"
HANDLINGS = ("share", "redact", "hold_back")
COVERS = ("purpose", "recipients", "information")
NOTHING: Typed = {}


def page(pages: Pages, key: str) -> Typed:
    """Return what was typed on a page that does not repeat; nothing if it was never saved."""
    return pages.get((key, 0), NOTHING)


def repeated(pages: Pages, key: str) -> list[tuple[int, Typed]]:
    """Return the entries of a page that repeats, by their index."""
    return sorted((index, typed) for (name, index), typed in pages.items() if name == key)


def text(typed: Typed, name: str) -> str | None:
    """Return what was typed in a field, trimmed; None where it is blank."""
    values = typed.get(name) or ()
    found = values[-1].strip() if values else ""
    return found or None


def several(typed: Typed, name: str) -> list[str]:
    """Return the boxes that were ticked."""
    return list(typed.get(name) or ())


def one_of(typed: Typed, name: str, allowed: Iterable[str]) -> str | None:
    """Return a choice, if it is one that is offered."""
    found = text(typed, name)
    return found if found in set(allowed) else None


def yes_no(typed: Typed, name: str) -> bool | None:
    """Return True for yes, False for no, None for neither."""
    return {"yes": True, "no": False}.get(text(typed, name) or "")


def without_answers(typed: Typed) -> dict[str, list[str]]:
    """Return what was typed on a page, without the answers to an earlier reviewer."""
    return {
        name: list(values) for name, values in typed.items() if not name.startswith(REVIEW_ANSWER)
    }


def with_other_ids(typed: Typed, ids: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what was typed with the ids of people replaced, for a copy in a further version.

    What was ticked for two who are one is ticked once.
    """
    return {
        name: list(dict.fromkeys(ids.get(value, value) for value in values))
        if ids
        else list(values)
        for name, values in typed.items()
    }


def answers(pages: Pages, pack: Pack) -> dict[str, str]:
    """Return the answers to the flow's and the pack's questions, in the pack's order."""
    found: dict[str, str] = {}
    merged: dict[str, Sequence[str]] = {}
    for (name, _index), typed in pages.items():
        if name in ("danger", "purpose", "identifying", "harm") or name.startswith("questions-"):
            merged.update(typed)
    for question in (*pack.flow, *pack.questions):
        allowed = codes_of(FLOW_ANSWERS) if question.code in FLOW else codes_of(ANSWERS)
        answer = one_of(merged, f"answer_{question.code}", allowed)
        if answer is not None:
            found[question.code] = answer
    return found


@dataclass(frozen=True)
class Emergency:
    """What the emergency page says beside the decision: when it was shared, and from paper.

    The days are in London; the times as typed, in figures or in words.
    """

    shared_on: date | None = None
    shared_time: str = ""
    paper_by: str = ""
    paper_on: date | None = None
    paper_time: str = ""


def emergency(pages: Pages) -> Emergency:
    """Return what the emergency page says; nothing where it was not used."""
    found = page(pages, "emergency")
    return Emergency(
        shared_on=_day(found, "shared_on"),
        shared_time=text(found, "shared_time") or "",
        paper_by=text(found, "paper_by") or "",
        paper_on=_day(found, "paper_on"),
        paper_time=text(found, "paper_time") or "",
    )


def _day(typed: Typed, name: str) -> date | None:
    try:
        return date.fromisoformat(text(typed, name) or "")
    except ValueError:
        return None


def grounds(pages: Pages) -> list[str]:
    """Return the grounds for sharing without consent that were ticked, in their own order."""
    ticked = set(several(page(pages, "grounds"), "grounds"))
    return [code for code in codes_of(GROUNDS) if code in ticked]


def covers(typed: Typed, consent_id: str) -> dict[str, bool | None]:
    """Return whether one consent concerns this purpose, these recipients, this information."""
    return {part: yes_no(typed, f"covers_{consent_id}_{part}") for part in COVERS}


def handling(typed: Typed) -> str | None:
    """Return whether an item is shared, redacted or held back; None while not said."""
    return one_of(typed, "handling", HANDLINGS)


def items(pages: Pages) -> list[tuple[int, Typed]]:
    """Return the items that go to the guide: everything that is not held back."""
    return [
        (index, typed) for index, typed in repeated(pages, "item") if handling(typed) != "hold_back"
    ]


def held_back(pages: Pages) -> list[tuple[int, Typed]]:
    """Return the items that are held back; the guide does not look at them."""
    return [
        (index, typed) for index, typed in repeated(pages, "item") if handling(typed) == "hold_back"
    ]


ONWARD = {
    "no": "Only after asking us",
    "named": "Only to those named here",
    "law": "As the law or their duties require",
}


def onward(typed: Typed) -> str | None:
    """Return whether a recipient may pass it on; None while not said."""
    return one_of(typed, "onward", ONWARD)


def onward_limits(typed: Typed) -> str | None:
    """Return to whom they may pass it on, where only to some."""
    return text(typed, "onward_limits") if onward(typed) == "named" else None


def _item(typed: Typed) -> dict[str, Any]:
    return {
        "what": text(typed, "what"),
        "nature": one_of(typed, "nature", codes_of(NATURES)),
        "source_checked": yes_no(typed, "source_checked"),
        "source_not_checked_because": text(typed, "source_not_checked_because"),
    }


def _recipient(typed: Typed, pack: Pack) -> dict[str, Any]:
    return {
        "name": text(typed, "name"),
        "method": one_of(typed, "method", codes_of(pack.methods)),
        "need_to_know": yes_no(typed, "need_to_know"),
        "told_confidential": yes_no(typed, "told_confidential"),
        "intended_use": text(typed, "intended_use"),
    }


def decision(
    pages: Pages, pack: Pack, tried: Iterable[tuple[str, str]] = (), role: str | None = None
) -> dict[str, Any]:
    """Return the drafted decision as guide.md section 5 has it, everything possibly None.

    ``tried`` are (guide role, how) of advice sought in vain; ``role`` is the guide's code of the
    role chosen to decide in, where it is one the person holds.
    """
    outcome = page(pages, "outcome")
    basis = page(pages, "basis")
    no_consent = page(pages, "no-consent")
    telling = page(pages, "telling")
    refusal = page(pages, "refusal")
    rules = set(several(page(pages, "rules"), "rules"))
    return {
        "outcome": one_of(outcome, "outcome", codes_of(OUTCOMES)),
        "reasons": text(outcome, "reasons"),
        "decided_by_role": role if role in codes_of(DECIDER_ROLES) else None,
        "lawful_basis": one_of(basis, "lawful_basis", codes_of(LAWFUL_BASES)),
        "special_category": yes_no(basis, "special_category"),
        "special_category_condition": one_of(
            basis, "special_category_condition", codes_of(SPECIAL_CATEGORY_CONDITIONS)
        ),
        "no_consent_because": text(no_consent, "no_consent_because"),
        "no_consent_reason": one_of(no_consent, "no_consent_reason", codes_of(NO_CONSENT_REASONS)),
        "items": [_item(typed) for _index, typed in items(pages)],
        "withheld": text(page(pages, "withheld"), "withheld"),
        "recipients": [_recipient(typed, pack) for _i, typed in repeated(pages, "recipient")],
        "person_informed": yes_no(telling, "person_informed"),
        "not_informed_because": text(telling, "not_informed_because"),
        "refusal_discussed": yes_no(refusal, "refusal_discussed"),
        "refusal_not_discussed_because": text(refusal, "refusal_not_discussed_because"),
        "override_reasons": text(page(pages, "against"), "override_reasons"),
        "rules_considered": [rule.number for rule in pack.rules if str(rule.number) in rules],
        "advice_tried": [{"role": tried_role, "how": how} for tried_role, how in tried],
    }
