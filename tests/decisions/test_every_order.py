"""Every order of the wizard's pages, forged fields, replays: nothing lost or twice (C1 to C4).

``bin/test`` takes the same orders each time; ORDERS=500 tries others for as long as one likes.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from decisions import policies, queries
from decisions.domain import drafting, signing
from decisions.models import DraftPage
from decisions.views import draft_desk, wizard
from infosharing.accounts.roles import Role
from tests.decisions.orders import WizardMachine, World
from tests.factories import a_case, a_complete_draft, its_person
from tests.people import make_member, make_user

RUNS = int(os.environ.get("ORDERS", "8"))
MACHINE = settings(
    max_examples=RUNS,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize="ORDERS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
# Defects are planted to be found, not to be explained.
PLANTED = settings(MACHINE, max_examples=60, phases=[Phase.generate], report_multiple_bugs=False)


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


DEFECTS = [
    overwrites,
    drops_what_is_wrong,
    signs_unseen,
    signs_incomplete,
    goes_on_after_signing,
    opens_every_draft,
    keeps_what_was_forged,
]


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda plant: plant.__name__)
def test_the_machine_finds_a_wizard_that(world, monkeypatch, plant):
    plant(monkeypatch)
    with pytest.raises(Exception):  # noqa: B017, PT011 - an answer that is wrong, or a fault
        run_state_machine_as_test(lambda: WizardMachine(world), settings=PLANTED)
