"""Every order of the wizard's pages, forged fields, replays: nothing lost or twice (C1 to C4).

``bin/test`` takes the same orders each time; ORDERS=500 tries others for as long as one likes.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from decisions import policies, queries
from decisions.domain import drafting, signing
from decisions.models import DraftPage
from decisions.views import draft_desk, wizard
from infosharing.accounts.roles import Role
from tests.decisions.order_parts import World
from tests.decisions.orders import WizardMachine
from tests.engines import some_on_postgres
from tests.factories import a_case, a_complete_draft, its_person
from tests.people import make_member, make_user

MACHINE = settings(
    max_examples=int(os.environ.get("ORDERS", "4")),
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize="ORDERS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
OUTCOME, WITHOUT = ("outcome", 0), ("no-consent", 0)


@pytest.fixture
def world(cast, sign_in) -> World:
    second = make_user("second", "Second Lead")
    make_member(second, cast.school, Role.DSL)
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    elsewhere = a_case(by=cast.stranger, organisation=cast.other_school)
    foreign = a_complete_draft(case=elsewhere, by=cast.stranger)
    return World(
        draft=draft,
        foreign=foreign,
        person=its_person(draft.decision.case),
        foreign_person=its_person(elsewhere),
        tabs={
            "dsl 1": sign_in(cast.dsl),
            "dsl 2": sign_in(cast.dsl),
            "second 1": sign_in(second),
        },
        stranger=sign_in(cast.stranger),
    )


def test_in_whatever_order_there_is_one_decision_and_nothing_is_lost_or_anybody_elses(world):
    run_state_machine_as_test(lambda: WizardMachine(world), settings=MACHINE)


# Planted defects, each of which others have shipped (peers.md part 4): the machine finds them


def overwrites(monkeypatch) -> None:
    """The version of the page is not compared (C2)."""
    kept = drafting.save_page

    def save_page(**given: Any) -> DraftPage:
        row = DraftPage.objects.filter(
            draft=given["draft"], page=given["page"], index=given["index"]
        ).first()
        return kept(**given | {"version": row.version if row else 0})

    monkeypatch.setattr(drafting, "save_page", save_page)


def drops_what_is_wrong(monkeypatch) -> None:
    """Only a page in order is kept, as an autosave that validates first (D4)."""
    kept = drafting.save_page

    def save_page(**given: Any) -> DraftPage:
        typed = {name: values for name, values in given["typed"].items() if any(values)}
        return kept(**given | {"typed": typed if len(typed) == len(given["typed"]) else {}})

    monkeypatch.setattr(drafting, "save_page", save_page)


def signs_unseen(monkeypatch) -> None:
    """What is signed need not be what was shown (C3)."""
    usual = signing.sign

    def sign(**given: Any) -> Any:
        prepared = signing.prepared_draft(given["draft"], given["at"], given["by"])
        return usual(**given | {"seen": prepared.seen})

    monkeypatch.setattr(signing, "sign", sign)


def signs_incomplete(monkeypatch) -> None:
    """Nothing is asked before signing (C4)."""
    monkeypatch.setattr(policies, "incomplete", lambda *_: [])


def goes_on_after_signing(monkeypatch) -> None:
    """A draft that was signed is still changed (C1, C4)."""
    monkeypatch.setattr(policies, "check_is_open", lambda *_: None)
    monkeypatch.setattr(draft_desk, "access_draft", opened(draft_desk.access_draft))


def opened(usual: Callable[..., Any]) -> Callable[..., Any]:
    def access(user: Any, public_id: str) -> Any:
        draft = usual(user, public_id)
        draft.closed_at = None
        return draft

    return access


def opens_every_draft(monkeypatch) -> None:
    """A draft is fetched by its id alone (peers.md 22)."""
    monkeypatch.setattr(queries, "_visible", lambda rows, *_: rows)


def keeps_what_was_forged(monkeypatch) -> None:
    """Every field that is posted is kept (peers.md 26)."""
    monkeypatch.setattr(
        wizard,
        "typed_in",
        lambda _form, posted: {name: posted.getlist(name) for name in posted},
    )


# What somebody does, by the machine's own steps, that shows each


def two_save(machine: WizardMachine) -> None:
    for tab in ("dsl 1", "second 1"):
        machine.opens(tab, OUTCOME)
    machine.save("dsl 1", OUTCOME, "right", "What I wrote")
    machine.save("second 1", OUTCOME, "right", "What she wrote")


def saves_wrong(machine: WizardMachine) -> None:
    machine.opens("dsl 1", OUTCOME)
    machine.save("dsl 1", OUTCOME, "wrong", "Half a thought")


def saves_forged(machine: WizardMachine) -> None:
    machine.opens("dsl 1", OUTCOME)
    machine.save("dsl 1", OUTCOME, "forged", "And more")


def signs_what_was_changed(machine: WizardMachine) -> None:
    machine.checks("dsl 1")
    machine.opens("second 1", OUTCOME)
    machine.save("second 1", OUTCOME, "right", "Something else")
    machine.sign("dsl 1")


def signs_too_early(machine: WizardMachine) -> None:
    machine.opens("dsl 1", WITHOUT)
    machine.save("dsl 1", WITHOUT, "wrong", "Not yet")
    machine.checks("dsl 1")
    machine.sign("dsl 1")


def saves_after_signing(machine: WizardMachine) -> None:
    machine.opens("dsl 2", OUTCOME)
    machine.checks("dsl 1")
    machine.sign("dsl 1", times=2)
    machine.save("dsl 2", OUTCOME, "right", "Something else")


def reaches_out(machine: WizardMachine) -> None:
    machine.reaches_for_what_is_not_theirs("dsl 1", "page", theirs=True)


DEFECTS: list[tuple[Callable[..., None], Callable[[WizardMachine], None], str]] = [
    (overwrites, two_save, "somebody else was quicker"),
    (drops_what_is_wrong, saves_wrong, "a text was not kept"),
    (signs_unseen, signs_what_was_changed, "no longer there"),
    (signs_incomplete, signs_too_early, "signed too early"),
    (goes_on_after_signing, saves_after_signing, "saved, though it must not be"),
    (opens_every_draft, reaches_out, "'page', 403"),
    (keeps_what_was_forged, saves_forged, "forged was kept"),
]


def plays(world: World, steps: Callable[[WizardMachine], None]) -> None:
    machine = WizardMachine(world)
    try:
        steps(machine)
        machine.there_is_one_decision_and_one_version_at_the_most()
        machine.the_draft_holds_what_was_accepted_last()
    except BaseException:
        machine.roll_back()
        raise
    machine.teardown()


@pytest.mark.parametrize(
    ("plant", "steps", "found"),
    some_on_postgres(DEFECTS, 3),
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_the_machine_finds_a_wizard_that(world, monkeypatch, plant, steps, found):
    plays(world, steps)
    plant(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError), match=found):
        plays(world, steps)
