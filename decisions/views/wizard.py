"""A matter on a desk: kept in rows (drafts) or in the page itself (practice), page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.http import QueryDict

from decisions import facts
from decisions.journey import Situation
from decisions.policies import Incomplete
from decisions.presenters.guidance import Panel, panel
from decisions.views.wizard_recipient import FILL, filled_in, other_address
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
    ``warned``: the contacts hold another address for them, which nobody has been told yet.
    """

    form: PlainForm
    desk: Desk
    version: int
    valid: bool
    filled: bool = False
    warned: bool = False


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
    before = desk.situation.material
    urgent = after.situation.urgent
    warned = (
        step.key == "recipient"
        and not urgent
        and other_address(before, typed_now)
        not in ("", other_address(before, before.pages.get((step.key, index), {})))
    )
    return Turn(form, after, version, form.is_valid(), filled is not None, warned)


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

    A ground and advice that are only wanted because of what was decided come right after the
    decision, and lead on from there.
    """
    if step.key == "outcome" and ground_missing(desk.situation):
        return desk.links.page("grounds")
    if step.key == "grounds" and _was_passed(desk, step):
        step = desk.journey.step("outcome")
    if step.key == "outcome" and advice_missing(desk.situation):
        return desk.links.page("advice")
    if step.key == "advice" and advice_follows_decision(desk):
        step = desk.journey.step("outcome")
    after = desk.journey.following(desk.situation, step.key)
    while after and desk.situation.material.writing_up and not is_left(desk, after):
        after = desk.journey.following(desk.situation, after.key)
    return desk.links.page(after.key) if after else desk.links.check


def is_left(desk: Desk, step: Step[Situation]) -> bool:
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


def ground_missing(situation: Situation) -> bool:
    """Whether it is shared without consent, and no ground for that has been ticked.

    In an emergency it can wait, and holds nothing back.
    """
    return any(one.code == "ground" for one in situation.missing)


def _was_passed(desk: Desk, step: Step[Situation]) -> bool:
    """Whether everything from a step to the decision is done: one was led back to it."""
    steps = desk.journey.steps
    keys = [one.key for one in steps]
    between = steps[keys.index(step.key) + 1 : keys.index("outcome") + 1]
    return advice_follows_decision(desk) and all(
        desk.done(one) for one in between if one.key != "advice"
    )


def advice_follows_decision(desk: Desk) -> bool:
    """Whether it is decided already, so that the page for advice stands after the decision."""
    return desk.situation.outcome is not None and desk.done(desk.journey.step("outcome"))


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


def evaluate_again(
    material: facts.Material, make: Callable[[facts.Material], Situation]
) -> Callable[[Pages], Situation]:
    """Return a function that weighs the same material with other pages."""
    return lambda pages: make(replace(material, pages=pages))
