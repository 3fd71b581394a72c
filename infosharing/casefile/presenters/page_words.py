"""What was asked on a page of the wizard, and what was answered there, in the words of that page.

The words are those of the forms themselves, so that a history reads like the page it is of.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django import forms

from decisions.forms import (
    emergency,
    pages_deciding,
    pages_people,
    pages_recipient,
    pages_sharing,
)
from decisions.journey.pages import journey_for
from decisions.typed import REVIEW_ANSWER
from infosharing.guidance import codes
from infosharing.guidance.loading import shipped_packs

FORMS: Final[dict[str, type[forms.Form]]] = {
    "emergency": emergency.EmergencyForm,
    "grounds": pages_deciding.GroundsForm,
    "outcome": pages_deciding.OutcomeForm,
    "against": pages_deciding.AgainstForm,
    "answers": pages_deciding.AnswersForm,
    "item": pages_sharing.ItemForm,
    "withheld": pages_sharing.WithheldForm,
    "recipient": pages_recipient.RecipientForm,
    "basis": pages_sharing.BasisForm,
    "no-consent": pages_sharing.NoConsentForm,
    "telling": pages_sharing.TellingForm,
    "refusal": pages_sharing.RefusalForm,
}
# Asked by forms that are made for whoever they are shown to; or clear beside another question only.
ASKED: Final = {
    "people": "Whom is the information about?",
    "rules": "Which rules have you thought about?",
    "reasons": "Why do you decide so?",
    "shared_on": "Day on which it was shared",
    "shared_time": "About what time was it shared?",
    "paper_by": "Who wrote the paper sheet?",
    "paper_on": "Day on which the paper sheet was written",
    "paper_time": "About what time was the paper sheet written?",
    "not_informed_because": "Why are they not told?",
    "source_not_checked_because": "Why was it not checked with them?",
    "refusal_not_discussed_because": "Why was it not talked through?",
}
TITLES: Final = {
    "emergency": "Sharing in an emergency",
    "answers": "What the reviewer asked for",
}
COVERS: Final = re.compile(r"covers_([A-Za-z0-9_-]{22})_([a-z]+)")
JUDGEMENT: Final = re.compile(r"judgement_([A-Za-z0-9_-]{22})")
NOTE: Final = "note_"
ANSWER: Final = "answer_"
A_JUDGEMENT: Final = "A judgement that is recorded about them"
NO_JUDGEMENT: Final = "None that is recorded is about this matter"


def ids_in(typed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the public ids that stand in the names of what was asked."""
    for key in typed:
        found = COVERS.fullmatch(str(key)) or JUDGEMENT.fullmatch(str(key))
        if found:
            yield found[1]


def page_title(page: str, index: int) -> str:
    """Return what a page is called; of one that repeats also which it is."""
    title = _titles().get(page, "")
    if not title:
        return ""
    return f"{title}, number {index}" if index else title


@cache
def _titles() -> dict[str, str]:
    found = dict(TITLES)
    for pack in shipped_packs().values():
        for step in journey_for(pack).steps:
            found.setdefault(step.key, step.one or step.title)
    return found


def asked_words(page: str, key: str, names: Mapping[str, str]) -> str:
    """Return what was asked under a key of a page; "" where nothing is known of it.

    ``names`` are those of the case, by public id.
    """
    form = FORMS.get(page)
    if key in ASKED:
        return ASKED[key]
    if form is not None and key in form.base_fields:
        return str(form.base_fields[key].label or "")
    if key.startswith(REVIEW_ANSWER):
        return f"Answer to question {key.removeprefix(REVIEW_ANSWER)} of the reviewer"
    covers, judgement = COVERS.fullmatch(key), JUDGEMENT.fullmatch(key)
    if covers:
        words = dict(pages_people.COVERS).get(covers[2], "Does it cover this?")
        record = names.get(covers[1], "")
        return f"{words} (what was said, record {record})" if record else words
    if judgement:
        return f"Has somebody judged whether {names.get(judgement[1], 'they')} can decide this?"
    if key.startswith(NOTE):
        question = _questions().get(key.removeprefix(NOTE), "")
        return f"Note: {question}" if question else ""
    return question_words(key.removeprefix(ANSWER))


def answer_words(page: str, key: str, value: str) -> str:
    """Return the words of a choice on a page; "" where it is none of its choices."""
    if JUDGEMENT.fullmatch(key):
        return NO_JUDGEMENT if value == "none" else A_JUDGEMENT
    form = FORMS.get(page)
    field = form.base_fields.get(key) if form is not None else None
    found = dict(getattr(field, "choices", ()) or ()).get(value, "")
    return found if isinstance(found, str) else ""


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


def question_words(code: str) -> str:
    """Return the words of a question of the shipped checklists; "" for any other code."""
    return _questions().get(code, "")
