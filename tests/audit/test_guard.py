"""What the guard counts, what it lets through, and what cannot get round it (L1)."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from infosharing.audit.acts import Acting, as_act
from infosharing.audit.backends.guard import UnrecordedChange, guard_of
from infosharing.audit.models import Entry
from tests.audit.sampleapp.models import Kept, KeptPart, Loose, Sealed, Thing
from tests.audit.support import NOON, setting_up
from tests.audit.writing import INSERT, contents, entry, raw, raw_many

transactional = pytest.mark.django_db(transaction=True)
ACTING = Acting("test", None, NOON, "Because of a test")


@transactional
class TestHistory:
    """More changed rows than rows of history: refused, though there is an entry."""

    @pytest.fixture(autouse=True)
    def kept(self) -> None:
        with setting_up():
            for name in ("one", "two"):
                KeptPart.objects.create(kept=Kept.objects.create(name=name))

    def saved(self) -> None:
        kept = Kept.objects.get(name="one")
        kept.name = "changed"
        kept.save()

    def bulk(self) -> None:
        every = list(Kept.objects.all())
        for kept in every:
            kept.name += "!"
        Kept.objects.bulk_update(every, ["name"])

    @pytest.mark.parametrize(
        "way",
        [
            lambda self: Kept.objects.update(name="x"),
            lambda self: Kept.objects.bulk_create([Kept(), Kept()]),
            lambda self: self.bulk(),
            lambda self: KeptPart.objects.all()._raw_delete("default"),
            lambda self: raw("UPDATE auditsample_kept SET name = 'raw'"),
            lambda self: raw("DELETE FROM auditsample_keptpart"),
            # One row with history beside two without.
            lambda self: (self.saved(), Kept.objects.update(name="x")),
            lambda self: (self.saved(), self.bulk()),
            # History that was rolled back does not count.
            lambda self: self.history_rolled_back(),
            # History of another table does not count.
            lambda self: (self.saved(), KeptPart.objects.update(kept=Kept.objects.first())),
        ],
    )
    def test_without_history_is_refused(self, way: Callable[[Any], Any]) -> None:
        before = contents()
        with pytest.raises(UnrecordedChange, match="rows of history"), transaction.atomic():
            entry()
            with as_act(ACTING):
                way(self)
        assert contents() == before

    def history_rolled_back(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            self.saved()
            raise ZeroDivisionError
        raw("UPDATE auditsample_kept SET name = 'raw'")

    @pytest.mark.parametrize(
        "way",
        [
            lambda self: self.saved(),
            lambda self: (self.saved(), Kept.objects.create(), Kept.objects.first().delete()),
            lambda self: Kept.objects.all().delete(),  # cascades to parts
            lambda self: Kept.objects.get_or_create(name="new"),
            lambda self: Kept.objects.update_or_create(name="one", defaults={"name": "x"}),
            lambda self: bulk_create_with_history([Kept(), Kept(), Kept()], Kept),
            lambda self: bulk_update_with_history(list(Kept.objects.all()), Kept, ["name"]),
            lambda self: Kept.objects.filter(name="nobody").update(name="x"),
        ],
    )
    def test_with_history_is_kept(self, way: Callable[[Any], Any]) -> None:
        with transaction.atomic(), as_act(ACTING):
            entry()
            way(self)
        assert Entry.objects.count() == 1

    def test_history_alone_needs_an_entry_too(self) -> None:
        before = Kept.history.count()
        with pytest.raises(UnrecordedChange), transaction.atomic(), as_act(ACTING):
            Kept.history.bulk_history_create(list(Kept.objects.all()))
        assert Kept.history.count() == before


@transactional
class TestWhatIsFree:
    def test_unprotected_models_and_other_apps(self) -> None:
        Loose.objects.create()
        Loose.objects.update(name="x")
        Sealed.objects.create(code="a")
        with transaction.atomic():
            Loose.objects.all().delete()
        assert (Loose.objects.count(), Sealed.objects.get().code) == (0, "a")

    def test_writes_that_change_no_row(self) -> None:
        with transaction.atomic():
            Thing.objects.filter(name="nobody").update(name="x")
            Thing.objects.filter(name="nobody").delete()
        assert Entry.objects.count() == 0

    def test_an_entry_without_a_change(self) -> None:
        with transaction.atomic():
            entry()
        assert Entry.objects.count() == 1

    def test_what_a_migration_writes(self) -> None:
        with connection.schema_editor():
            Thing.objects.create()
            raw("UPDATE auditsample_thing SET name = 'migrated'")
        assert Thing.objects.get().name == "migrated"
        with pytest.raises(UnrecordedChange):
            Thing.objects.create()

    def test_the_guard_is_back_after_a_failed_migration(self) -> None:
        with pytest.raises(ZeroDivisionError), connection.schema_editor():
            raise ZeroDivisionError
        with pytest.raises(UnrecordedChange):
            Thing.objects.create()


@transactional
class TestPastDjango:
    """Transactions and statements by hand."""

    def test_commit_by_hand_is_checked(self) -> None:
        raw("BEGIN")
        raw(INSERT, "x" * 22, "raw")
        with pytest.raises(UnrecordedChange):
            raw("COMMIT")
        raw("ROLLBACK")
        assert not Thing.objects.exists()

    def test_commit_by_hand_inside_a_block_is_checked(self) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            Thing.objects.create()
            raw("COMMIT")
        assert not Thing.objects.exists()

    def test_commit_by_hand_with_an_entry(self) -> None:
        with transaction.atomic():
            Thing.objects.create()
            entry()
        raw("BEGIN")
        raw("UPDATE auditsample_thing SET name = 'raw'")
        raw("ROLLBACK")
        assert Thing.objects.get().name == "thing"

    def test_savepoints_by_hand(self) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            Thing.objects.create()
            raw("SAVEPOINT outer_one")
            raw("SAVEPOINT inner_one")
            entry()
            raw("RELEASE SAVEPOINT inner_one")
            raw("ROLLBACK TO SAVEPOINT outer_one")
        with transaction.atomic():
            raw("SAVEPOINT again")
            Thing.objects.create()
            raw("ROLLBACK TO again")
            raw("RELEASE again")
        assert not Thing.objects.exists()

    def test_a_savepoint_name_used_twice(self) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            raw("SAVEPOINT same")
            Thing.objects.create()
            raw("SAVEPOINT same")
            entry()
            raw("ROLLBACK TO same")

    @pytest.mark.parametrize("name", ["copy", "executescript", "stream", "copy_expert"])
    def test_ways_round_the_cursor_are_refused(self, name: str) -> None:
        with connection.cursor() as cursor, pytest.raises(UnrecordedChange):
            getattr(cursor, name)("SELECT 1")

    def test_procedures_are_refused(self) -> None:
        with connection.cursor() as cursor, pytest.raises(UnrecordedChange):
            cursor.callproc("f")
        with pytest.raises(UnrecordedChange):
            raw("DO $$ BEGIN DELETE FROM auditsample_thing; END $$")

    def test_a_closed_connection_forgets(self) -> None:
        """Closing an SQLite database in memory does nothing; there the commit is refused."""
        with pytest.raises(DatabaseError), transaction.atomic():
            Thing.objects.create()
            connection.close()
            Thing.objects.create()
        assert not Thing.objects.exists()
        with transaction.atomic():
            pass

    def test_several_rows_fail_half_way(self) -> None:
        """SQLite keeps the rows before the bad one when the failure is swallowed."""
        with pytest.raises(UnrecordedChange), transaction.atomic():
            with pytest.raises(DatabaseError):
                raw_many(INSERT, [("x" * 22, "a"), ("x" * 22, "b")])
            if connection.vendor == "postgresql":
                raise UnrecordedChange("PostgreSQL has given up the transaction itself")
        assert not Thing.objects.exists()

    def test_rows_never_fetched_are_counted(self) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM auditsample_tag")
            cursor.execute("INSERT INTO auditsample_tag (name) VALUES ('a'), ('b') RETURNING id")

    @pytest.mark.parametrize("command", ["loaddata", "flush"])
    def test_management_commands_are_no_exception(self, command: str, tmp_path: Any) -> None:
        with setting_up():
            Thing.objects.create(pk=7, name="there")
        fixture = tmp_path / "things.json"
        fixture.write_text(
            '[{"model": "auditsample.thing", "pk": 7, "fields": {"name": "loaded"}}]'
        )
        with pytest.raises((UnrecordedChange, CommandError)) as refused:
            if command == "flush":
                call_command("flush", interactive=False)
            else:
                call_command("loaddata", str(fixture))
        reasons = f"{refused.value} {refused.value.__cause__}"
        assert "without a log entry" in reasons or "append-only" in reasons
        assert Thing.objects.get().name == "there"


@pytest.mark.django_db
class TestInsideATestCase:
    """Its transaction never commits, so the outermost block of the code is taken for it."""

    def test_a_block_without_an_entry_is_refused(self) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            Thing.objects.create()
        assert not Thing.objects.exists()

    def test_a_block_with_an_entry_is_kept(self) -> None:
        with transaction.atomic():
            Thing.objects.create()
            entry()
        assert Thing.objects.exists()

    def test_an_entry_outside_the_block_does_not_count(self) -> None:
        with transaction.atomic():
            entry()
        with pytest.raises(UnrecordedChange), transaction.atomic(), transaction.atomic():
            Thing.objects.create()

    def test_a_nested_block_is_not_the_commit(self) -> None:
        with transaction.atomic():
            with transaction.atomic():
                Thing.objects.create()
            entry()
        assert Thing.objects.exists()


def test_suspending_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="why"), guard_of(connection).suspended(""):
        pass


def test_nothing_but_the_audit_app_suspends_the_guard() -> None:
    from pathlib import Path

    root = Path(__file__).parents[2]
    found = [
        path.relative_to(root).as_posix()
        for folder in ("infosharing", "decisions", "consent")
        for path in (root / folder).rglob("*.py")
        if any(word in path.read_text() for word in (".suspended(", ".suspend(", "schema_editor("))
        and "migrations" not in path.parts
    ]
    assert sorted(found) == [
        "infosharing/audit/backends/guard.py",
        "infosharing/audit/backends/guarded.py",
    ]
