"""L1: whatever sequence of writes, entries, savepoints and rollbacks, nothing is kept unrecorded.

The machine knows nothing of how the guard works. It looks at the database after each commit: if
rows of a protected table differ, there must be a new entry; if rows of a model with history
differ, there must be as many new rows of history. And it must not refuse what is in order.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from infosharing.audit.acts import Acting, as_act
from infosharing.audit.backends.guard import Guard, UnrecordedChange, guard_of
from infosharing.audit.models import Entry
from infosharing.audit.recording import record, record_sight
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Kept, KeptPart, Loose, Part, Thing
from tests.audit.support import NOON, setting_up, someone

# 60 runs find what was planted many times over; bin/soak sets 500, as L1 asks.
RUNS, STEPS = int(os.environ.get("GUARD_RUNS", "60")), 30
ACTING = Acting("machine", None, NOON, "Tried out by a machine")
HISTORIES = {Kept: Kept.history.model, KeptPart: KeptPart.history.model}

MACHINE = settings(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# Defects are planted to be found, not to be explained.
PLANTED = settings(MACHINE, max_examples=2000, phases=[Phase.generate], report_multiple_bugs=False)


@dataclass
class Block:
    """An open block: ``entries`` and ``lapses`` (writes without history) made so far inside."""

    atomic: AbstractContextManager[Any] | None
    sid: str | None = None
    entries: int = 0
    lapses: int = 0


@dataclass(frozen=True)
class Truth:
    """What another connection could see."""

    rows: dict[type, dict[int, Any]]
    history: dict[type, int]
    entries: int

    @classmethod
    def now(cls) -> "Truth":
        return cls(
            rows={
                model: {row["id"]: row for row in model._default_manager.values()}
                for model in (Thing, Part, Kept, KeptPart)
            },
            history={model: past.objects.count() for model, past in HISTORIES.items()},
            entries=Entry.objects.count(),
        )

    def changed(self, model: type, later: "Truth") -> int:
        """Return how many rows of a model were added, altered or removed."""
        before, after = self.rows[model], later.rows[model]
        return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def resave(model: Any, **fields: Any) -> None:
    row = model.objects.first()
    if row:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def renamed(model: Any, name: str) -> None:
    rows = list(model.objects.all()[:3])
    for row in rows:
        row.name = name
    model.objects.bulk_update(rows, ["name"])


WITH_HISTORY: list[Callable[[str], Any]] = [
    lambda name: Thing.objects.create(name=name),
    lambda name: resave(Thing, name=name),
    lambda name: Thing.objects.update(name=name),
    lambda name: Thing.objects.bulk_create([Thing(name=name), Thing(name=name)]),
    lambda name: renamed(Thing, name),
    lambda name: Thing.objects.filter(name=name).delete(),
    lambda name: Thing.objects.get_or_create(code=name),
    lambda name: raw(f"UPDATE auditsample_thing SET name = '{name}'"),  # noqa: S608
    lambda name: raw("DELETE FROM auditsample_part"),
    lambda name: Part.objects.bulk_create([Part(thing=t) for t in Thing.objects.all()[:1]]),
    lambda name: Kept.objects.create(name=name),
    lambda name: resave(Kept, name=name),
    lambda name: Kept.objects.filter(name=name).delete(),
    lambda name: [KeptPart.objects.create(kept=kept) for kept in Kept.objects.all()[:1]],
    lambda name: Kept.objects.update_or_create(public_id=name * 22, defaults={"name": name}),
]
WITHOUT_HISTORY: list[Callable[[str], Any]] = [
    lambda name: Kept.objects.update(name=name),
    lambda name: renamed(Kept, name),
    lambda name: Kept.objects.bulk_create([Kept(name=name)]),
    lambda name: raw(f"UPDATE auditsample_kept SET name = '{name}'"),  # noqa: S608
    lambda name: KeptPart.objects.all()._raw_delete("default"),
]
NAMES = st.sampled_from(["a", "b", "c"])
WAYS = st.none() | st.sampled_from([*WITH_HISTORY, *WITHOUT_HISTORY])


class GuardMachine(RuleBasedStateMachine):
    """Writes at random, in blocks and outside, and compares with the database."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        with setting_up():
            for model in (Part, Thing, KeptPart, Kept):
                model._default_manager.all()._raw_delete("default")  # type: ignore[attr-defined]
            Part.objects.create(thing=Thing.objects.create(name="a"))
            KeptPart.objects.create(kept=Kept.objects.create(name="a"))
        self.before = Truth.now()

    def teardown(self) -> None:
        while self.blocks:
            self.leave(fail=True)

    # Blocks

    @precondition(lambda self: len(self.blocks) < 4)
    @rule(savepoint=st.booleans())
    def enter(self, savepoint: bool) -> None:
        atomic = transaction.atomic(savepoint=savepoint)
        atomic.__enter__()
        self.blocks.append(Block(atomic))

    @precondition(lambda self: self.blocks and not connection.needs_rollback)
    @rule()
    def savepoint_by_hand(self) -> None:
        self.blocks.append(Block(None, transaction.savepoint()))

    @precondition(lambda self: self.blocks)
    @rule()
    def leave_all(self) -> None:
        while self.blocks:
            self.leave(fail=False)

    @precondition(lambda self: self.blocks)
    @rule(fail=st.sampled_from([False, False, False, True]))
    def leave(self, fail: bool) -> None:
        block = self.blocks.pop()
        dropped = fail or connection.needs_rollback
        if block.sid is not None:
            if connection.needs_rollback:
                pass
            elif fail:
                transaction.savepoint_rollback(block.sid)
            else:
                transaction.savepoint_commit(block.sid)
        else:
            dropped = self.leave_atomic(block, fail) or dropped
        if self.blocks and not dropped:
            self.blocks[-1].entries += block.entries
            self.blocks[-1].lapses += block.lapses
        if not self.blocks:
            self.compare()

    def leave_atomic(self, block: Block, fail: bool) -> bool:
        """Return whether the block was rolled back."""
        assert block.atomic is not None
        kind = ZeroDivisionError if fail else None
        try:
            block.atomic.__exit__(kind, kind and kind(), None)
        except UnrecordedChange:
            assert not self.blocks, "only the outermost commit refuses"
            assert not block.entries or block.lapses, "refused, though all was in order"
            return True
        return fail

    # Writes

    @precondition(lambda self: self.blocks and not connection.needs_rollback)
    @rule(way=st.sampled_from(WITH_HISTORY), name=NAMES)
    def write(self, way: Callable[[str], Any], name: str) -> None:
        with as_act(ACTING):
            way(name)

    @precondition(lambda self: self.blocks and not connection.needs_rollback)
    @rule(way=st.sampled_from(WITHOUT_HISTORY), name=NAMES)
    def write_without_history(self, way: Callable[[str], Any], name: str) -> None:
        with as_act(ACTING):
            way(name)
        self.blocks[-1].lapses += 1

    @precondition(lambda self: not self.blocks)
    @rule(way=st.sampled_from([*WITH_HISTORY, *WITHOUT_HISTORY]), name=NAMES)
    def write_outside(self, way: Callable[[str], Any], name: str) -> None:
        with as_act(ACTING), suppress(UnrecordedChange):
            way(name)
        assert not connection.in_atomic_block
        self.compare()

    @precondition(lambda self: not connection.needs_rollback)
    @rule(name=NAMES)
    def write_what_is_free(self, name: str) -> None:
        Loose.objects.create(name=name)

    @precondition(lambda self: self.blocks and not connection.needs_rollback)
    @rule()
    def append_an_entry(self) -> None:
        record(SampleEvent.CHANGED, by=someone(), at=NOON)
        self.blocks[-1].entries += 1

    @precondition(lambda self: not self.blocks)
    @rule(steps=st.lists(st.tuples(WAYS, st.booleans()), min_size=1, max_size=4))
    def whole_transaction(self, steps: list[tuple[Callable[[str], Any] | None, bool]]) -> None:
        """Do some things, each alone in a savepoint that is rolled back or not."""
        self.enter(savepoint=True)
        for way, fail in steps:
            self.enter(savepoint=True)
            if way is None:
                self.append_an_entry()
            elif way in WITH_HISTORY:
                self.write(way, "a")
            else:
                self.write_without_history(way, "a")
            self.leave(fail=fail)
        self.leave(fail=False)

    @precondition(lambda self: not self.blocks)
    @rule()
    def look(self) -> None:
        record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
        self.before = Truth.now()

    # Truth

    def compare(self) -> None:
        now = Truth.now()
        changed = {model: self.before.changed(model, now) for model in now.rows}
        if any(changed.values()):
            assert now.entries > self.before.entries, f"unrecorded: {changed}"
        for model in HISTORIES:
            added = now.history[model] - self.before.history[model]
            assert added >= changed[model], f"without history: {model.__name__} {changed[model]}"
        self.before = now


pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_kept_unrecorded() -> None:
    run_state_machine_as_test(GuardMachine, settings=MACHINE)


def nothing(*args: Any, **kwargs: Any) -> None:
    """Stand in for a part of the guard that was taken out."""


@pytest.mark.parametrize("part", ["check", "_roll_back_to"])
def test_the_machine_finds_a_guard_with_a_part_taken_out(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted defect: L1 counts only if this test would fail without the guard."""
    monkeypatch.setattr(Guard, part, nothing)
    with pytest.raises(AssertionError, match=r"unrecorded|without history|refused, though"):
        run_state_machine_as_test(GuardMachine, settings=PLANTED)


def test_the_machine_finds_a_guard_that_is_switched_off() -> None:
    with (
        guard_of(connection).suspended("the planted defect"),
        pytest.raises(AssertionError, match=r"unrecorded|without history"),
    ):
        run_state_machine_as_test(GuardMachine, settings=PLANTED)


def test_the_machine_finds_a_guard_that_counts_no_history(monkeypatch: pytest.MonkeyPatch) -> None:
    from infosharing.audit import protection
    from infosharing.audit.backends import guard

    found = protection.tables()
    blind = protection.Tables(found.protected, {}, found.log)
    monkeypatch.setattr(guard, "tables", lambda: blind)
    with pytest.raises(AssertionError, match="without history"):
        run_state_machine_as_test(GuardMachine, settings=PLANTED)
