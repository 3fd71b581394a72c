"""History rows, with the traps of django-simple-history closed (libraries.md section 3)."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from infosharing.accounts.models import User
from infosharing.audit.acts import Acting, ChangeOutsideAct, as_act
from infosharing.audit.history import actors, tracked
from infosharing.audit.recording import record
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Kept
from tests.audit.support import NOON, setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    with setting_up():
        return User.objects.create(username="ada", name="Ada", joined_at=NOON)


def acting_as(user: User | None, reason: str = "As asked", minutes: int = 0) -> Any:
    return as_act(Acting("test", user, NOON + timedelta(minutes=minutes), reason))


class TestARow:
    def test_says_who_when_and_why(self, user: User) -> None:
        with acting_as(user):
            kept = Kept.objects.create(name="first")
        with acting_as(None, "By the clock", minutes=1):
            kept.name = "second"
            kept.save()
        with acting_as(user, minutes=2):
            kept.delete()
        rows = list(Kept.history.order_by("history_id"))
        assert [row.history_type for row in rows] == ["+", "~", "-"]
        assert [row.name for row in rows] == ["first", "second", "second"]
        assert [row.history_actor for row in rows] == [user.public_id, "system", user.public_id]
        assert [row.history_date for row in rows] == [
            NOON,
            NOON + timedelta(minutes=1),
            NOON + timedelta(minutes=2),
        ]
        assert rows[1].history_change_reason == "By the clock"
        assert [row.history_user for row in rows] == [user, None, user]

    def test_a_reason_is_as_long_as_it_needs_to_be(self, user: User) -> None:
        """The library's own field takes 100 characters; PostgreSQL refuses more."""
        reason = "because of this and of that " * 500
        with acting_as(user, reason):
            Kept.objects.create()
        assert Kept.history.get().history_change_reason == reason

    def test_outlives_the_user(self, user: User) -> None:
        with acting_as(user):
            Kept.objects.create()
        with setting_up():
            user.delete()
        row = Kept.history.get()
        assert row.history_user is None
        assert len(row.history_actor) == 22

    def test_users_of_many_rows_cost_one_query(self, user: User) -> None:
        with acting_as(user):
            for _ in range(3):
                Kept.objects.create()
        with acting_as(None):
            Kept.objects.create()
        rows = list(Kept.history.all())
        with CaptureQueriesContext(connection) as queries:
            assert actors(rows) == {user.public_id: user}
        assert len(queries) == 1

    def test_bulk_helpers_say_the_same(self, user: User) -> None:
        with acting_as(user, "In bulk"):
            kept = bulk_create_with_history([Kept(), Kept()], Kept)
            bulk_update_with_history(kept, Kept, ["name"])
        rows = list(Kept.history.order_by("history_id"))
        assert [row.history_type for row in rows] == ["+", "+", "~", "~"]
        assert {row.history_actor for row in rows} == {user.public_id}
        assert {row.history_date for row in rows} == {NOON}
        assert {row.history_change_reason for row in rows} == {"In bulk"}


class TestOutsideAnAct:
    def test_nothing_can_be_saved_or_deleted(self, user: User) -> None:
        with pytest.raises(ChangeOutsideAct), transaction.atomic():
            Kept.objects.create()
        assert not Kept.objects.exists()
        with acting_as(user):
            kept = Kept.objects.create()
        with pytest.raises(ChangeOutsideAct), transaction.atomic():
            kept.delete()
        with pytest.raises(ChangeOutsideAct), transaction.atomic():
            bulk_create_with_history([Kept()], Kept)
        assert Kept.history.count() == 1

    def test_a_user_on_the_instance_changes_nothing(self, user: User) -> None:
        """The library's own way of saying who."""
        with pytest.raises(ChangeOutsideAct), transaction.atomic():
            kept = Kept()
            kept._history_user = user  # type: ignore[attr-defined]
            kept._change_reason = "made up"  # type: ignore[attr-defined]
            kept.save()


class TestNeverOff:
    def test_the_setting_that_switches_history_off(self, user: User) -> None:
        with override_settings(SIMPLE_HISTORY_ENABLED=False), acting_as(user):
            kept = Kept.objects.create()
            kept.save()
            bulk_create_with_history([Kept()], Kept)
            kept.delete()
        assert [row.history_type for row in Kept.history.order_by("history_id")] == [
            "+", "~", "+", "-",
        ]  # fmt: skip

    def test_the_ways_to_save_without(self, user: User) -> None:
        kept = Kept()
        assert not hasattr(kept, "save_without_historical_record")
        kept.skip_history_when_saving = True  # type: ignore[attr-defined]
        with acting_as(user):
            kept.save()
        assert Kept.history.count() == 1

    @pytest.mark.parametrize(
        "option",
        ["cascade_delete_history", "history_user_id_field", "user_model", "get_user",
         "history_change_reason_field", "history_manager", "use_base_model_db"],
    )  # fmt: skip
    def test_options_that_weaken_it(self, option: str) -> None:
        with pytest.raises(TypeError, match=option):
            tracked(**{option: None})


class TestReading:
    def test_two_saves_at_one_time_count_once(self, user: User) -> None:
        """An act may save twice; the library would give the object two last rows."""
        with acting_as(user):
            kept = Kept.objects.create(name="first")
            kept.name = "second"
            kept.save()
        assert [one.name for one in Kept.history.as_of(NOON)] == ["second"]
        assert [row.name for row in Kept.history.latest_of_each()] == ["second"]
        assert kept.history.as_of(NOON).name == "second"

    def test_the_newest_rows_of_one_object_are_found_by_an_index(self) -> None:
        indexes = [index.fields for index in Kept.history.model._meta.indexes]
        assert indexes == [["id", "-history_date", "-history_id"]]
        assert not Kept.history.model._meta.get_field("id").db_index
        assert isinstance(Kept.history.model._meta.get_field("history_id"), models.BigAutoField)
        assert not Kept.history.model._meta.get_field("history_date").db_index


def test_one_save_costs_two_statements(user: User) -> None:
    with acting_as(user):
        kept = Kept.objects.create()
        with CaptureQueriesContext(connection) as queries:
            kept.save()
    assert len(queries) == 2


def test_a_migration_writes_without_an_act(user: User) -> None:
    """Its models know no history; the guard lets the schema editor through."""
    from django.db.migrations.state import ModelState, ProjectState

    state = ProjectState()
    state.add_model(ModelState.from_model(Kept))
    migrated = state.apps.get_model("auditsample", "Kept")
    migrated.objects.create(public_id="x" * 22, name="migrated")
    assert not Kept.history.exists()


def test_every_model_with_history_keeps_it_our_way() -> None:
    for model in apps.get_models():
        name = getattr(model._meta, "simple_history_manager_attribute", None)
        if name:
            past = getattr(model, name).model
            assert past._meta.get_field("history_actor").max_length == 22
            relations = {field.name for field in past._meta.get_fields() if field.is_relation}
            assert "history_user" not in relations


def test_an_entry_and_a_row_say_the_same(user: User) -> None:
    with transaction.atomic(), acting_as(user):
        Kept.objects.create()
        entry = record(SampleEvent.CHANGED, by=user, at=NOON)
    row = Kept.history.get()
    assert (entry.actor_id, entry.at) == (row.history_actor, row.history_date)
