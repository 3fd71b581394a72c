"""Stored values as words: codes of closed lists, dates, yes and no, what was typed on a page."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from django.db.models import BooleanField, DateField, DateTimeField, Field, JSONField

from decisions.enums import Handling, ReviewKind
from decisions.typed import ONWARD
from infosharing.accounts.roles import Role
from infosharing.guidance import codes
from infosharing.guidance.loading import shipped_packs
from infosharing.journeys.templatetags.british import british_date, british_datetime

YES_NO: Final = {True: "Yes", False: "No"}
# The lists of the guide's own codes, by the names of fields that hold them.
LISTS: Final[dict[str, Mapping[str, str]]] = {
    "outcome": dict(codes.OUTCOMES),
    "advised": dict(codes.OUTCOMES),
    "origin": dict(codes.ORIGINS),
    "channel": dict(codes.CHANNELS),
    "requester_kind": dict(codes.REQUESTER_KINDS),
    "identity": dict(codes.IDENTITIES),
    "nature": dict(codes.NATURES),
    "method": dict(codes.METHODS),
    "answer": dict(codes.ANSWERS),
    "grounds": dict(codes.GROUNDS),
    "lawful_basis": dict(codes.LAWFUL_BASES),
    "special_category_condition": dict(codes.SPECIAL_CATEGORY_CONDITIONS),
    "no_consent_reason": dict(codes.NO_CONSENT_REASONS),
    "decided_by_role": {role.value: str(role.label) for role in Role},
    "onward": ONWARD,
    "handling": {one.value: str(one.label) for one in Handling},
}
CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
PUBLIC_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
LONGEST_CODE: Final = 60
# Fields that hold a list of reasons for a review.
KINDS_OF_REVIEW: Final = frozenset({"review_because", "second_because"})
ELSEWHERE: Final = "A record that is not in this case"


def said(one: "Field[Any, Any]", value: Any) -> str:
    """Return one stored value of a field in words; "" where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(one, BooleanField):
        return YES_NO[bool(value)]
    if isinstance(one, DateTimeField):
        return british_datetime(_moment(value))
    if isinstance(one, DateField):
        return british_date(one.to_python(value))
    if one.choices:
        return str(dict(one.flatchoices).get(value, _plain(str(value))))
    if one.name in KINDS_OF_REVIEW:
        codes_ = json.loads(value) if isinstance(value, str) else value
        return ", ".join(str(ReviewKind(code).label) for code in codes_ or ())
    if isinstance(one, JSONField):
        return "; ".join(f"{label}: {words}" for label, _, words in typed_lines(None, value, {}))
    words = LISTS.get(one.name, {}).get(str(value))
    if words is not None:
        return words
    if one.max_length is not None and one.max_length <= LONGEST_CODE:
        return _plain(str(value))
    return str(value)


def typed_lines(
    before: Any, after: Any, names: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the answers of a page that differ: what was asked, and what was typed before and after.

    ``names`` are those of the case, by public id; any other id is not told.
    """
    was, now = _typed(before), _typed(after)
    for key in dict.fromkeys([*was, *now]):
        old, new = (
            ", ".join(filter(None, (_answer(key, value, names) for value in typed.get(key, []))))
            for typed in (was, now)
        )
        if old != new:
            yield _asked(key), old, new


def _typed(stored: Any) -> dict[str, list[str]]:
    found = json.loads(stored) if isinstance(stored, str) else stored
    if not isinstance(found, dict):
        return {}
    return {
        str(key): [str(one) for one in (values if isinstance(values, list) else [values])]
        for key, values in found.items()
    }


def _answer(key: str, value: str, names: Mapping[str, str]) -> str:
    if value in names:
        return names[value]
    if PUBLIC_ID.fullmatch(value) and not value.islower():
        return ELSEWHERE
    if key.startswith("answer_"):
        return LISTS["answer"].get(value, value)
    if key in LISTS:
        return LISTS[key].get(value, value)
    return LISTS["answer"].get(value) or (_plain(value) if "_" in value else value)


def _asked(key: str) -> str:
    base = key.removeprefix("answer_")
    return _questions().get(base) or _plain(base)


@cache
def _questions() -> dict[str, str]:
    """Return the words of every question of the shipped checklists, by code."""
    found: dict[str, str] = {}
    for pack in shipped_packs().values():
        for stage in ("before", "after"):
            for question in pack.questions_at(stage):
                found.setdefault(question.code, question.text)
        for code in codes.FLOW:
            found.setdefault(code, pack.question(code).text)
    return found


def _plain(code: str) -> str:
    """Return a code without its underscores; anything that is no code as it is."""
    if not CODE.fullmatch(code):
        return code
    text = code.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]


def _moment(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
