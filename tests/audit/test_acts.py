"""Acts: one transaction, at least one entry, a person, a time and a reason."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

import inspect
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from infosharing.audit.acts import ActWithoutEntry, ChangeOutsideAct, act, acting, is_act
from infosharing.audit.models import Entry
from infosharing.audit.recording import record
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Thing
from tests.audit.support import NOON, someone


@act
def rename(*, name: str, by: Any, at: datetime, recorded: bool = True, reason: str = "") -> str:
    """Give a new name.

    More about it.
    """
    Thing.objects.create(name=name)
    if recorded:
        record(SampleEvent.CHANGED, by=by, at=at, system=by is None)
    return acting().reason


@act
def outer(*, by: Any, at: datetime, recorded: bool) -> None:
    """Call another act."""
    with pytest.raises(ZeroDivisionError):
        failing(by=by, at=at)
    if recorded:
        rename(name="inner", by=by, at=at)


@act
def failing(*, by: Any, at: datetime) -> None:
    Thing.objects.create(name="failing")
    record(SampleEvent.CHANGED, by=by, at=at)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
class TestAnAct:
    def test_commits_what_it_did_with_its_entry(self) -> None:
        rename(name="new", by=someone(), at=NOON)
        assert Thing.objects.get().name == "new"
        assert Entry.objects.get().event == "auditsample.changed"

    def test_without_an_entry_is_rolled_back(self) -> None:
        with pytest.raises(ActWithoutEntry, match="rename"):
            rename(name="new", by=someone(), at=NOON, recorded=False)
        assert not Thing.objects.exists()

    def test_is_rolled_back_when_it_fails(self) -> None:
        with pytest.raises(ZeroDivisionError):
            failing(by=someone(), at=NOON)
        assert not Thing.objects.exists()
        assert not Entry.objects.exists()

    def test_an_entry_recorded_before_does_not_count(self) -> None:
        with pytest.raises(ActWithoutEntry), transaction.atomic():
            record(SampleEvent.CHANGED, by=someone(), at=NOON)
            rename(name="new", by=someone(), at=NOON, recorded=False)

    def test_an_entry_that_was_rolled_back_does_not_count(self) -> None:
        with pytest.raises(ActWithoutEntry, match="outer"):
            outer(by=someone(), at=NOON, recorded=False)
        assert not Entry.objects.exists()

    def test_the_entry_of_an_inner_act_counts(self) -> None:
        outer(by=someone(), at=NOON, recorded=True)
        assert Entry.objects.count() == 1

    def test_may_be_the_system_s(self) -> None:
        rename(name="new", by=None, at=NOON)
        assert Entry.objects.get().actor_id == "system"


@pytest.mark.django_db
class TestWhoActs:
    def test_reason_is_the_one_given_or_the_first_line(self) -> None:
        assert rename(name="x", by=None, at=NOON, reason="As asked") == "As asked"
        assert rename(name="x", by=None, at=NOON) == "By the program: Give a new name."
        long = "because " * 1000
        assert rename(name="x", by=None, at=NOON, reason=long) == long

    def test_is_known_inside_only(self) -> None:
        seen: list[Any] = []

        @act
        def look(*, by: Any, at: datetime) -> None:
            seen.append(acting())
            record(SampleEvent.CHANGED, by=by, at=at)

        by = someone()
        look(by=by, at=NOON)
        assert (seen[0].by, seen[0].at, seen[0].actor_id) == (by, NOON, by.public_id)
        assert seen[0].reason == "By the program: look"
        assert seen[0].name.endswith("look")
        with pytest.raises(ChangeOutsideAct):
            acting()

    def test_is_forgotten_after_a_failure(self) -> None:
        with pytest.raises(ZeroDivisionError):
            failing(by=someone(), at=NOON)
        with pytest.raises(ChangeOutsideAct):
            acting()

    def test_an_inner_act_is_its_own_person_s(self) -> None:
        first, second = someone(), someone()
        seen: list[str] = []

        @act
        def inner(*, by: Any, at: datetime) -> None:
            seen.append(acting().actor_id)
            record(SampleEvent.CHANGED, by=by, at=at)

        @act
        def around(*, by: Any, at: datetime) -> None:
            inner(by=second, at=at)
            seen.append(acting().actor_id)

        around(by=first, at=NOON)
        assert seen == [second.public_id, first.public_id]

    def test_times_without_a_zone_are_refused(self) -> None:
        with pytest.raises(ValueError, match="without a zone"):
            rename(name="x", by=someone(), at=NOON.replace(tzinfo=None))


class TestShape:
    """Looked at when the module is imported."""

    def test_keywords_only(self) -> None:
        def positional(by: Any, *, at: datetime) -> None: ...
        def more(*, by: Any, at: datetime, **rest: Any) -> None: ...
        def rest(*args: Any, by: Any, at: datetime) -> None: ...

        for function in (positional, more, rest):
            with pytest.raises(TypeError, match="keywords only"):
                act(function)

    def test_by_and_at_have_to_be_given(self) -> None:
        def nobody(*, at: datetime) -> None: ...
        def never(*, by: Any) -> None: ...
        def whenever(*, by: Any, at: datetime = NOON) -> None: ...

        for function, missing in ((nobody, "by"), (never, "at"), (whenever, "at")):
            with pytest.raises(TypeError, match=f"given {missing}"):
                act(function)

    def test_one_call_from_start_to_end(self) -> None:
        async def later(*, by: Any, at: datetime) -> None: ...
        async def trickle(*, by: Any, at: datetime) -> Any:
            yield

        def pieces(*, by: Any, at: datetime) -> Iterator[None]:
            yield

        for function in (later, pieces, trickle):
            with pytest.raises(TypeError, match="one call"):
                act(function)

    def test_calling_it_wrongly_is_python_s_own_error(self) -> None:
        with pytest.raises(TypeError, match="missing"):
            rename(name="x", by=None)  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            rename("x", by=None, at=NOON)  # type: ignore[misc]

    def test_keeps_its_name_and_signature(self) -> None:
        assert rename.__name__ == "rename"
        assert list(inspect.signature(rename).parameters) == [
            "name", "by", "at", "recorded", "reason",
        ]  # fmt: skip

    def test_acts_are_known_as_such(self) -> None:
        assert is_act(rename)
        assert not is_act(rename.__wrapped__)  # type: ignore[attr-defined]
        assert not is_act(Thing)
        assert not is_act("rename")
