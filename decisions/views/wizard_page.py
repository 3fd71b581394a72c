"""What one page of the wizard shows beside its form, for drafts and for practice."""

from typing import Any

from django.forms import BaseForm

from decisions import typed
from decisions.facts import ANSWERS, answer_name
from decisions.forms.pages_people import CoversForm
from decisions.forms.pages_questions import QuestionsForm
from decisions.journey import FIRST_PAGE, Situation, consents_to_consider, judgement_words
from decisions.presenters.again import again
from decisions.presenters.guidance import said_rows, serves_words
from decisions.remarks import ASKED, Place, Remark, remarks
from decisions.summary import step_words
from decisions.views.wizard import (
    Desk,
    advice_missing,
    ground_missing,
    offers_not_applicable,
    title_of,
)
from decisions.views.wizard_recipient import recipient_warnings
from infosharing.cases.models import CasePerson
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.steps import Step, entries
from infosharing.journeys.templatetags.british import british_date

OUTCOME_WORDS = {"share": "If you share it", "do_not_share": "If you do not share it"}


def wanted_by_outcome(desk: Desk) -> dict[str, Any]:
    """Return what each decision would call for that is not asked for in any case (R20, R28).

    Advice by decision, and whether sharing it wants a ground that nobody has ticked yet: so that
    nobody learns of it at the signature, it is said where the decision is taken.
    """
    pages = desk.situation.material.pages
    decided = {
        outcome: desk.weigh(
            {**pages, ("outcome", 0): {**typed.page(pages, "outcome"), "outcome": [outcome]}}
        )
        for outcome in OUTCOME_WORDS
    }
    advice = {outcome: advice_missing(situation) for outcome, situation in decided.items()}
    always = set.intersection(*({one.code for one in wanted} for wanted in advice.values()))
    return {
        "advice_by_outcome": [
            {"when": OUTCOME_WORDS[outcome], "words": one.words[:1].lower() + one.words[1:]}
            for outcome, wanted in advice.items()
            for one in wanted
            if one.code not in always
        ],
        "ground_if_shared": ground_missing(decided["share"]),
        "grounds_page": desk.links.page("grounds"),
    }


def page_context(desk: Desk, step: Step[Situation], index: int, form: PlainForm) -> dict[str, Any]:
    """Return what the page of one step shows, beside version and links of its own."""
    applies = step.applies_when(desk.situation)
    odd = _remarks(desk)
    return {
        "heading": title_of(desk, step, index),
        "form": form,
        "asked": _asked(form, desk, odd),
        "remarks": [
            _told(desk, one, one.places)
            for one in odd
            if (one.page, one.index) == (step.key, index) and not one.question
        ],
        "people_said": _people_said(desk, step, form),
        "consent_here": step.key == "grounds"
        and not desk.journey.step("consent").applies_when(desk.situation),
        "people_page": step.key == "people",
        "answers_page": step.key == ANSWERS,
        **_reviewer_asks(desk, step, index, form),
        "consent_page": step.key == "consent",
        "panel": desk.panel,
        "welcome": step.key == FIRST_PAGE and not desk.situation.material.pages,
        "not_needed": "" if applies else step.otherwise,
        "rest_can_wait": desk.situation.urgent,
        **(wanted_by_outcome(desk) if step.key == "outcome" else {}),
        "advice_page": desk.links.page("advice"),
        "warnings": recipient_warnings(desk.situation.material, step.key, index),
        "offers_contacts": "contact" in form.fields,
        "offers_another": step.repeats and step.most - 1 > len(_others(desk, step, index)),
        "offer_not_applicable": offers_not_applicable(desk, step),
        "leave": True,
    }


def _others(desk: Desk, step: Step[Situation], index: int) -> list[int]:
    """Return the entries of a step beside one."""
    found = entries(desk.situation.material.pages, step.key)
    return [number for number, _typed in found if number != index]


def _reviewer_asks(
    desk: Desk, step: Step[Situation], index: int, form: PlainForm
) -> dict[str, Any]:
    """What a reviewer asked about this page, and the fields in which it is answered."""
    material = desk.situation.material
    asked = [
        {"number": one.number, "place": one.place, "words": one.words, "field": answer_name(one)}
        for one in material.questions_on(step.key, index)
    ]
    return {
        "again": again(material, desk.links.page),
        "reviewer_asks": asked,
        "answer_fields": [form[one["field"]] for one in asked if one["field"] in form.fields],
    }


def _remarks(desk: Desk) -> list[Remark]:
    situation = desk.situation
    return remarks(situation.material, situation.guidance, sharing=situation.sharing)


def remarks_on(desk: Desk) -> list[dict[str, Any]]:
    """Return what does not fit together, each with the way to every question it is about."""
    return [_told(desk, one, one.places) for one in _remarks(desk)]


def _told(desk: Desk, remark: Remark, places: list[Place]) -> dict[str, Any]:
    """Return a remark in words, with the ways to questions; each focuses its own."""
    ways = []
    for place in places:
        asked = place.page == ASKED
        page = "request" if asked else place.page
        step = desk.journey.step(desk.stand_ins.get(page, page))
        if not step.applies_when(desk.situation) and not step.stays_open:
            continue
        url = desk.links.page(place.page, place.index)
        fragment = f"#id_{place.name}" if place.name else ""
        text = "What was asked" if asked else title_of(desk, step, place.index)
        ways.append({"text": text, "url": f"{url}{fragment}"})
    return {"words": remark.words, "ways": ways}


def _asked(form: PlainForm, desk: Desk, odd: list[Remark]) -> list[dict[str, Any]]:
    """Questions with why they are asked, and how an answer fits the record, for the template."""
    if not isinstance(form, QuestionsForm):
        return []
    beside = {
        one.question: _told(desk, one, [one.other] if one.other else [])
        for one in odd
        if one.question
    }
    return [
        {
            "question": question,
            "answer": answer,
            "note": note,
            "serves": serves_words(question),
            "remark": beside.get(question.code),
            "open": bool(question.hint or note.value()),
        }
        for question, answer, note in form.asked
    ]


def _people_said(desk: Desk, step: Step[Situation], form: PlainForm) -> list[dict[str, Any]]:
    """What each person said about sharing, with the questions about it where they are asked."""
    asks = isinstance(form, CoversForm)
    if not asks and step.key != "grounds":
        return []
    material = desk.situation.material
    consents = consents_to_consider(material)
    return [
        {
            "part": part,
            **_judged(desk, part),
            "said": [
                {
                    "consent": consent,
                    "title": f"Record {consent.spoken_reference}, "
                    f"said on {british_date(consent.said_on)}",
                    "rows": said_rows(consent, material.taken_back_of(consent)),
                    "fields": form.asked_of(material.asked_as(consent))
                    if isinstance(form, CoversForm)
                    else [],
                }
                for consent in consents
                if consent.person.public_id == part.person.public_id
            ],
            "steps": [step_words(step) for step in material.steps_about(part)],
        }
        for part in material.chosen
    ]


def _judged(desk: Desk, part: CasePerson) -> dict[str, str]:
    """Return on which judgement it rests who decides for a person, and where it is chosen (R21).

    Nothing where none is recorded about them.
    """
    material = desk.situation.material
    chosen = material.judgement_of(part)
    if chosen is not None:
        words = judgement_words(chosen)
    elif any(one.person_id == part.person_id for one in material.judgements):
        words = "A judgement is recorded, and none is chosen for this decision."
    else:
        return {"judged": "", "judged_place": ""}
    return {"judged": words, "judged_place": desk.links.page("people")}


def saved_note(form: BaseForm, *, now: bool) -> str:
    """Return the calm sentence over a page that was kept but is not in order yet.

    ``now``: it was kept by this very step, and not some time before it was opened again.
    """
    count = sum(len(errors) for errors in form.errors.values())
    if not count:
        return ""
    words = {1: "One thing needs", 2: "Two things need", 3: "Three things need"}
    kept = "Saved." if now else "What was typed here before is kept."
    return f"{kept} {words.get(count, f'{count} things need')} another look."


def shown(form: BaseForm) -> list[dict[str, str]]:
    """Return the fields of a form with what stands in them, in words."""
    rows = []
    for bound in form:
        value = bound.value()
        choices = dict(getattr(bound.field, "choices", ()))
        values = value if isinstance(value, list | tuple) else [value]
        words = [str(choices.get(one, one)) for one in values if one not in (None, "")]
        if words:
            rows.append({"key": str(bound.label), "value": "; ".join(words)})
    return rows
