"""What the pages of a journey need, kept in rows (drafts) or in the page itself (practice)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.forms import BaseForm
from django.http import QueryDict

from decisions import facts, typed
from decisions.facts import ANSWERS, answer_name
from decisions.forms.pages_people import CoversForm
from decisions.forms.pages_questions import QuestionsForm
from decisions.journey import FIRST_PAGE, Situation, consents_to_consider
from decisions.policies import Incomplete
from decisions.presenters.again import again
from decisions.presenters.guidance import Panel, panel, said_rows, serves_words
from decisions.remarks import ASKED, Place, Remark, remarks
from decisions.summary import step_words
from decisions.views.wizard_recipient import FILL, filled_in, recipient_warnings
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.pages import as_posted, touched, typed_in, whole
from infosharing.journeys.steps import Journey, Pages, Status, Step, Typed, entries, status
from infosharing.journeys.storage import Storage

NOT_APPLICABLE = "not-applicable"
ANOTHER = "another"


class Links(Protocol):
    """Where things are: addresses for a draft, values of buttons in practice."""

    def page(self, key: str, index: int = 0) -> str:
        """Return where a page is."""

    def remove(self, key: str, index: int) -> str:
        """Return where an entry is taken off."""

    @property
    def tasks(self) -> str:
        """Where the task list is."""

    @property
    def check(self) -> str:
        """Where everything is checked."""


@dataclass(frozen=True)
class Desk:
    """One matter on the desk of one person: what is known, where it is kept, where pages are.

    ``stand_ins`` names pages that are put in the place of others in this journey.
    """

    journey: Journey[Situation]
    situation: Situation
    storage: Storage
    links: Links
    weigh: Callable[[Pages], Situation]
    stand_ins: Mapping[str, str] = field(default_factory=dict)

    def with_pages(self, pages: Pages) -> "Desk":
        """Return the desk after pages were saved; the guide is asked again."""
        return replace(self, situation=self.weigh(pages))

    @property
    def panel(self) -> Panel:
        """The guide's suggestion and what is missing, with links."""
        found = self.situation
        return panel(found.material, found.guidance, self.missing, self.later, self.links.page)

    @property
    def missing(self) -> list[Incomplete]:
        """What holds the signature back, in the order of the pages that mend it.

        While a short path matters and nothing is decided yet, only what lies on it.
        """
        missing = self._in_order(self.situation.missing)
        short = self._short_and_undecided()
        return [one for one in missing if one.page in short] if short else missing

    @property
    def later(self) -> list[Incomplete]:
        """What may be written up afterwards, in the order of the pages."""
        later = self._in_order(self.situation.later)
        short = self._short_and_undecided()
        if short and self.situation.urgent:
            later += [
                one for one in self._in_order(self.situation.missing) if one.page not in short
            ]
        return later

    def _short_and_undecided(self) -> tuple[str, ...]:
        short = self.journey.short_path(self.situation)
        return short.keys if short and self.situation.outcome is None else ()

    def _in_order(self, found: list[Incomplete]) -> list[Incomplete]:
        places = {step.key: number for number, step in enumerate(self.journey.steps)}
        return sorted(
            found, key=lambda one: (places[self.stand_ins.get(one.page, one.page)], one.index)
        )

    def form(self, step: Step[Situation], index: int) -> PlainForm:
        """Return the form of a page with what was typed there, as typed.

        :raises TypeError: for a step without a form.
        """
        if step.form is None:
            raise TypeError(step.key)
        found = self.situation.material.pages.get((step.key, index))
        data = None if found is None else as_posted(found)
        return step.form(self.situation, index, data)

    def status(self, step: Step[Situation]) -> Status:
        """Return how far a step has come."""
        wanted = self.situation.wanted(step.key)
        if step.form is None:
            done = _own_page_used(step.key, self.situation)
            return status(step, self.situation, [True] if done else [], wanted=wanted)
        saved = (
            self.form(step, index).is_valid()
            for index, _typed in entries(self.situation.material.pages, step.key)
        )
        return status(step, self.situation, saved, wanted=wanted)

    def done(self, step: Step[Situation]) -> bool:
        """Return whether nothing is left to do on a step."""
        return self.status(step) in (Status.COMPLETE, Status.NOT_NEEDED)


def _own_page_used(key: str, situation: Situation) -> bool:
    material = situation.material
    if key == "advice":
        return bool(material.advice or material.tried)
    return material.request.received and material.request.identity != "not_verified"


@dataclass(frozen=True)
class Turn:
    """A posted page after it was kept: its form, the desk since, its version now.

    ``filled``: what is known of a recipient was typed into it, so that it is looked at again.
    """

    form: PlainForm
    desk: Desk
    version: int
    valid: bool
    filled: bool = False


def take(desk: Desk, step: Step[Situation], index: int, posted: QueryDict) -> Turn:
    """Keep what was posted for a page, as typed, valid or not, and ask the guide again.

    :raises infosharing.journeys.storage.Changed: when somebody else saved it in between.
    """
    if step.form is None:
        raise TypeError(step.key)
    typed_now = typed_in(step.form(desk.situation, index, posted), posted)
    data: Any = posted
    if posted.get("then") == NOT_APPLICABLE and offers_not_applicable(desk, step):
        typed_now = _not_applicable(step, desk, typed_now)
        data = as_posted(typed_now)
    filled = filled_in(
        desk.situation.material, step.key, index, typed_now, asked=posted.get("then") == FILL
    )
    if filled is not None:
        typed_now, data = filled, as_posted(filled)
    version = desk.storage.save(step.key, index, typed_now, whole(posted, "version"))
    pages = {**desk.situation.material.pages, (step.key, index): typed_now}
    after = desk.with_pages(pages)
    form = step.form(after.situation, index, data)
    return Turn(form, after, version, form.is_valid(), filled is not None)


def changed_by(desk: Desk, step: Step[Situation], index: int, posted: QueryDict) -> bool:
    """Return whether somebody typed anything on a page since it was shown to them."""
    if step.form is None:
        raise TypeError(step.key)
    kept = desk.storage.page(step.key, index)
    return touched(
        step.form(desk.situation, index, None),
        typed_in(step.form(desk.situation, index, posted), posted),
        None if kept is None else kept.typed,
    )


def offers_not_applicable(desk: Desk, step: Step[Situation]) -> bool:
    """Return whether a page may be answered as a whole by "nothing is being sent"."""
    return step.key.startswith("questions-") and desk.situation.outcome == "do_not_share"


def _not_applicable(step: Step[Situation], desk: Desk, typed_now: Typed) -> dict[str, list[str]]:
    form = desk.form(step, 0)
    answers = {name: ["not_applicable"] for name in form.fields if name.startswith("answer_")}
    return {**{name: list(values) for name, values in typed_now.items()}, **answers}


def going_on(desk: Desk, step: Step[Situation]) -> str:
    """Return where "Save and continue" leads from a step: of a write-up, to what is left of it.

    Advice that is only wanted because of what was decided comes right after the decision, and
    leads on from there.
    """
    if step.key == "outcome" and advice_missing(desk.situation):
        return desk.links.page("advice")
    if step.key == "advice" and advice_follows_decision(desk):
        step = desk.journey.step("outcome")
    after = desk.journey.following(desk.situation, step.key)
    while after and desk.situation.material.writing_up and not _is_left(desk, after):
        after = desk.journey.following(desk.situation, after.key)
    return desk.links.page(after.key) if after else desk.links.check


def _is_left(desk: Desk, step: Step[Situation]) -> bool:
    """Whether something on a step still holds back, or what was typed there is not in order."""
    return desk.situation.wanted(step.key) or desk.status(step) is Status.IN_PROGRESS


def after_entry(desk: Desk, step: Step[Situation], then: str) -> str:
    """Return where an entry leads once it is in order: to another, to the list of several, or on.

    The list of a single one would say nothing that its page did not.
    """
    if then == ANOTHER and may_add(desk, step):
        return desk.links.page(step.key, desk.storage.next_index(step.key))
    if len(entries(desk.situation.material.pages, step.key)) == 1:
        return going_on(desk, step)
    return desk.links.page(step.key)


def may_add(desk: Desk, step: Step[Situation]) -> bool:
    """Whether there may be a further entry."""
    return len(entries(desk.situation.material.pages, step.key)) < step.most


def advice_missing(situation: Situation) -> list[Incomplete]:
    """Return the advice that the checklist asks for and that holds the signature back."""
    return [one for one in situation.missing if one.page == "advice"]


def advice_follows_decision(desk: Desk) -> bool:
    """Whether it is decided already, so that the page for advice stands after the decision."""
    return desk.situation.outcome is not None and desk.done(desk.journey.step("outcome"))


OUTCOME_WORDS = {"share": "If you share it", "do_not_share": "If you do not share it"}


def advice_by_outcome(desk: Desk) -> list[dict[str, str]]:
    """Return what advice each decision would call for that is not asked for in any case (R20).

    So that nobody learns of it at the signature: said where the decision is taken.
    """
    pages = desk.situation.material.pages
    found = {}
    for outcome in OUTCOME_WORDS:
        decided = {**typed.page(pages, "outcome"), "outcome": [outcome]}
        found[outcome] = advice_missing(desk.weigh({**pages, ("outcome", 0): decided}))
    always = set.intersection(*({one.code for one in wanted} for wanted in found.values()))
    return [
        {"when": OUTCOME_WORDS[outcome], "words": one.words[:1].lower() + one.words[1:]}
        for outcome, wanted in found.items()
        for one in wanted
        if one.code not in always
    ]


def going_back(desk: Desk, step: Step[Situation]) -> str:
    """Return where "Back" leads from a step."""
    if step.key == "advice" and advice_follows_decision(desk):
        return desk.links.page("outcome")
    before = desk.journey.previous(desk.situation, step.key)
    return desk.links.page(before.key) if before else desk.links.tasks


def title_of(desk: Desk, step: Step[Situation], index: int) -> str:
    """Return the heading of a page; an entry is counted as on the record."""
    if not step.repeats or not index:
        return step.title
    places = [found for found, _typed in entries(desk.situation.material.pages, step.key)]
    number = places.index(index) + 1 if index in places else len(places) + 1
    return f"{step.one} {number}"


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
        "advice_by_outcome": advice_by_outcome(desk) if step.key == "outcome" else [],
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
            "said": [
                {
                    "consent": consent,
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


def entries_context(desk: Desk, step: Step[Situation]) -> dict[str, Any]:
    """Return what the list of the entries of a step shows."""
    found = entries(desk.situation.material.pages, step.key)
    rows = []
    for number, (index, entry) in enumerate(found, start=1):
        incomplete = desk.situation.wanted(step.key, index) or not desk.form(step, index).is_valid()
        rows.append(
            {
                "title": f"{step.one} {number}",
                "words": typed.text(entry, "what") or typed.text(entry, "name") or "",
                "change": desk.links.page(step.key, index),
                "remove": desk.links.remove(step.key, index),
                "incomplete": incomplete,
            }
        )
    return {
        "heading": step.title,
        "rows": rows,
        "one": step.one.lower(),
        "add": desk.links.page(step.key, desk.storage.next_index(step.key)),
        "may_add": len(found) < step.most,
        "panel": desk.panel,
        "continue_to": going_on(desk, step),
    }


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


def tasks_context(desk: Desk) -> dict[str, Any]:
    """Return the sections and statuses of the task list, with where to go on."""
    situation = desk.situation
    groups = _left_and_done(desk) if situation.material.writing_up else _groups(desk)
    sections = [
        {"title": title, "text": text, "tasks": [_task(desk, step) for step in steps]}
        for title, text, steps in groups
        if steps
    ]
    ready = not situation.missing
    progress = _progress(desk)
    sections.append(
        {
            "title": "Check and sign",
            "text": "",
            "tasks": [
                {
                    "title": "Check what you have written",
                    "url": desk.links.check,
                    "hint": "" if ready else progress,
                    "status": "Ready to sign" if ready else "Not ready yet",
                    "colour": "green" if ready else "",
                }
            ],
        }
    )
    following = desk.journey.first_open(situation, desk.done)
    return {
        "again": again(situation.material, desk.links.page),
        "sections": sections,
        "progress": progress,
        "panel": desk.panel,
        "next_step": {
            "text": f"Go on: {following.title}" if following else "Check what you have written",
            "url": desk.links.page(following.key) if following else desk.links.check,
        },
    }


_Groups = list[tuple[str, str, list[Step[Situation]]]]


def _groups(desk: Desk) -> _Groups:
    return [
        (group.section.title, group.section.text, group.steps)
        for group in desk.journey.groups(desk.situation)
    ]


def _left_and_done(desk: Desk) -> _Groups:
    """Return the pages of a write-up: what is left of it first, then what is done (R19)."""
    left = [step for step in desk.journey.steps if _is_left(desk, step)]
    done = [
        step
        for step in desk.journey.steps
        if step not in left and desk.status(step) is Status.COMPLETE
    ]
    rest = [step for step in desk.journey.steps if step not in (*left, *done)]
    return [
        ("Still to be written up", "", left),
        ("Done, and not signed yet", "", done),
        ("Not needed", "", rest),
    ]


def _progress(desk: Desk) -> str:
    """Return how many of the parts that are needed now are done."""
    found = [desk.status(step) for step in desk.journey.steps]
    needed = [status for status in found if status is not Status.NOT_NEEDED]
    return f"{needed.count(Status.COMPLETE)} of {len(needed)} parts done"


COLOURS = {Status.IN_PROGRESS: "teal", Status.COMPLETE: "", Status.NOT_STARTED: "grey"}


def _task(desk: Desk, step: Step[Situation]) -> dict[str, str]:
    found = desk.status(step)
    reachable = found is not Status.NOT_NEEDED or step.stays_open
    return {
        "title": step.title,
        "url": desk.links.page(step.key) if reachable else "",
        "hint": step.otherwise if found is Status.NOT_NEEDED else "",
        "status": found.value,
        "colour": COLOURS.get(found, ""),
    }


def cards(desk: Desk, prepared: Any) -> list[dict[str, Any]]:
    """Return check-your-answers from the words of the record, each with where to change it.

    What does not fit together stands above them, see ``remarks_on``.
    """
    found = []
    for section in prepared.sections:
        if section.code == "remarks":
            continue
        where = desk.links.page(section.page, section.index) if section.page else ""
        if section.code == "request" and desk.situation.material.request.received:
            where = desk.links.page("request")
        found.append(
            {
                "title": section.title,
                "rows": [
                    {"key": row.label, "lines": [row.value, *filter(None, [row.note])]}
                    for row in section.rows
                ],
                "change_url": where,
            }
        )
    return found


def evaluate_again(
    material: facts.Material, make: Callable[[facts.Material], Situation]
) -> Callable[[Pages], Situation]:
    """Return a function that weighs the same material with other pages."""
    return lambda pages: make(replace(material, pages=pages))
