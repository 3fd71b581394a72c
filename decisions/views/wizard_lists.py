"""The task list, the lists of entries and check-your-answers, for drafts and for practice."""

from typing import Any

from decisions import typed
from decisions.enums import Handling
from decisions.journey import Situation
from decisions.presenters.again import again
from decisions.views.wizard import Desk, going_on, is_left
from infosharing.journeys.steps import Status, Step, Typed, entries

Mark = dict[str, str]
NOT_FINISHED: Mark = {"text": "Needs another look", "colour": "yellow"}
HANDLED: dict[str, Mark] = {
    Handling.REDACT: {"text": "Parts taken out", "colour": "purple"},
    Handling.HOLD_BACK: {"text": "Held back: not sent", "colour": "orange"},
}


def handled(page: str, entry: Typed) -> list[Mark]:
    """Return the mark of an entry that does not go out whole; none for any other (R38)."""
    found = HANDLED.get(typed.handling(entry) or "") if page == "item" else None
    return [found] if found else []


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
                "marks": [*handled(step.key, entry), *([NOT_FINISHED] if incomplete else [])],
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
    following = _next(desk)
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


def _next(desk: Desk) -> Step[Situation] | None:
    """Return where one goes on: of a write-up, with what is left of it; None where nothing is."""
    if desk.situation.material.writing_up:
        return next((step for step in desk.journey.steps if is_left(desk, step)), None)
    return desk.journey.first_open(desk.situation, desk.done)


_Groups = list[tuple[str, str, list[Step[Situation]]]]


def _groups(desk: Desk) -> _Groups:
    return [
        (group.section.title, group.section.text, group.steps)
        for group in desk.journey.groups(desk.situation)
    ]


def _left_and_done(desk: Desk) -> _Groups:
    """Return the pages of a write-up: what is left of it first, then what is done (R19)."""
    left = [step for step in desk.journey.steps if is_left(desk, step)]
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

    What does not fit together stands above them, see ``remarks_on``. Each is marked where it is
    not finished, and a piece of information where it does not go out whole.
    """
    found = []
    unfinished = desk.missing
    for section in prepared.sections:
        if section.code == "remarks":
            continue
        where = desk.links.page(section.page, section.index) if section.page else ""
        if section.code == "request" and desk.situation.material.request.received:
            where = desk.links.page("request")
        entry = desk.situation.material.pages.get((section.page, section.index), typed.NOTHING)
        wanted = any((one.page, one.index) == (section.page, section.index) for one in unfinished)
        found.append(
            {
                "title": section.title,
                "marks": [*handled(section.page, entry), *([NOT_FINISHED] if wanted else [])],
                "rows": [
                    {"key": row.label, "lines": [row.value, *filter(None, [row.note])]}
                    for row in section.rows
                ],
                "change_url": where,
            }
        )
    return found
