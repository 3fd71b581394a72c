"""Stored values as words: codes of closed lists, dates, yes and no, what was typed on a page."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import BooleanField, DateField, DateTimeField, Field, JSONField, TextField

from decisions.care import care_of
from decisions.enums import Handling, ReviewKind
from decisions.presenters.requests import due_on
from decisions.typed import ONWARD
from infosharing.accounts.roles import Role
from infosharing.casefile.presenters.page_words import answer_words, asked_words, question_words
from infosharing.guidance import codes
from infosharing.guidance.loading import shipped_packs
from infosharing.guidance.words import SUGGESTIONS
from infosharing.identifiers import spoken
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
    "suggestion": {code: words.title for code, words in SUGGESTIONS.items()},
}
CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
PUBLIC_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_CODE: Final = 60
# Fields that hold a list of reasons for a review.
KINDS_OF_REVIEW: Final = frozenset({"review_because", "second_because"})
ELSEWHERE: Final = "A record that is not in this case"


def care_taken(method: str, value: Any) -> str:
    """Return the care that was ticked for something sent in a certain way."""
    ticked = json.loads(value) if isinstance(value, str) else value
    words = dict(care_of(method).checks)
    return "\n".join(words.get(code, _plain(str(code))) for code in ticked or ())


def _corrected(value: Any) -> str:
    """Return what a correction changed, line by line."""
    changes = json.loads(value) if isinstance(value, str) else value
    return "\n".join(
        f"{label}: {before or 'nothing'}, corrected to: {after or 'nothing'}"
        for label, before, after in changes or ()
    )


def _checklist(value: Any) -> str:
    """Return the title of a shipped checklist; the code of any other."""
    pack = shipped_packs().get(str(value))
    return pack.title if pack else str(value)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reference(value: Any) -> str:
    return spoken(str(value))


def _question(value: Any) -> str:
    return question_words(str(value)) or _plain(str(value))


# Fields whose stored form says nothing to a reader.
SAID: Final[dict[str, Callable[[Any], str]]] = {
    "changes": _corrected,
    "pack": _checklist,
    "question": _question,
    "reference": _reference,
}


def said(one: "Field[Any, Any]", value: Any) -> str:
    """Return one stored value of a field in words; "" where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(one, BooleanField):
        return YES_NO[bool(value)]
    if isinstance(one, DateTimeField):
        moment = _moment(value)
        is_term = one.name == "by_when" or one.name.endswith("_due")
        return _upper(due_on(moment)) if is_term else british_datetime(moment)
    if isinstance(one, DateField):
        return british_date(one.to_python(value))
    if one.choices:
        return str(dict(one.flatchoices).get(value, _plain(str(value))))
    if one.name in KINDS_OF_REVIEW:
        codes_ = json.loads(value) if isinstance(value, str) else value
        return ", ".join(str(ReviewKind(code).label) for code in codes_ or ())
    if one.name in SAID and not isinstance(one, TextField):
        return SAID[one.name](value)
    if isinstance(one, JSONField):
        return "; ".join(f"{label}: {words}" for label, _, words in typed_lines(None, value, {}))
    words = LISTS.get(one.name, {}).get(str(value))
    if words is not None:
        return words
    if one.max_length is not None and one.max_length <= LONGEST_CODE:
        return _plain(str(value))
    return str(value)


def typed_lines(
    before: Any, after: Any, names: Mapping[str, str], page: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield the answers of a page that differ: what was asked, and what was typed before and after.

    ``names`` are those of the case, by public id; any other id is not told.
    """
    was, now = typed_of(before), typed_of(after)
    for key in dict.fromkeys([*was, *now]):
        old, new = (
            ", ".join(
                filter(None, (_answer(page, key, value, names) for value in typed.get(key, [])))
            )
            for typed in (was, now)
        )
        if old != new:
            yield asked_words(page, key, names) or _plain(key), old, new


def typed_of(stored: Any) -> dict[str, list[str]]:
    """Return what is stored of a page, as what was asked with what was typed."""
    found = json.loads(stored) if isinstance(stored, str) else stored
    if not isinstance(found, dict):
        return {}
    return {
        str(key): [str(one) for one in (values if isinstance(values, list) else [values])]
        for key, values in found.items()
    }


def _answer(page: str, key: str, value: str, names: Mapping[str, str]) -> str:
    chosen = answer_words(page, key, value)
    if chosen or value in names:
        return chosen or names[value]
    if PUBLIC_ID.fullmatch(value) and not value.islower():
        return ELSEWHERE
    if ISO_DAY.fullmatch(value):
        return british_date(value)
    if key.startswith("answer_"):
        return LISTS["answer"].get(value, value)
    if key in LISTS:
        return LISTS[key].get(value, value)
    return LISTS["answer"].get(value) or (_plain(value) if "_" in value else value)


def _plain(code: str) -> str:
    """Return a code without its underscores; anything that is no code as it is."""
    if not CODE.fullmatch(code):
        return code
    text = code.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]


def _moment(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
