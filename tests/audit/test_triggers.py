"""The database itself refuses to change what is append-only, on both engines."""

# ruff: noqa: S608 - the names of tables come from the models

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from infosharing.audit import triggers
from infosharing.audit.models import Entry, Payload
from infosharing.audit.recording import record
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Kept, KeptPart, Sealed, Thing
from tests.audit.support import NOON, setting_up, someone, unsealed

transactional = pytest.mark.django_db(transaction=True)
SQLITE = "sqlite"
TABLE = Sealed._meta.db_table


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        raw(sql)


@pytest.fixture
def sealed() -> Sealed:
    return Sealed.objects.create(code="a", first=1, second=1, third=1)


@pytest.mark.django_db
def test_they_stand_on_the_log_on_history_and_on_marked_models() -> None:
    tables = triggers.append_only_tables()
    for model in (Entry, Payload, Sealed, Kept.history.model, KeptPart.history.model):
        assert model._meta.db_table in tables
    assert Kept._meta.db_table not in tables
    assert triggers.missing(connection, tables) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Entry, Payload, Kept.history.model])
def test_the_log_and_history_cannot_be_changed(model: Any) -> None:
    with transaction.atomic(), setting_up():
        Kept.objects.create()
        record(SampleEvent.CHANGED, by=someone(), at=NOON, details={"a": 1})
    column = {Entry: "event", Payload: "seq"}.get(model, "name")
    before = list(model.objects.values())
    assert before
    for change in (
        lambda: model.objects.update(**{column: "1"}),
        lambda: model.objects.all().delete(),
        lambda: model.objects.get().delete(),
        lambda: model.objects.get().save(),
        lambda: raw(f"DELETE FROM {model._meta.db_table}"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert list(model.objects.values()) == before


@pytest.mark.django_db
@pytest.mark.usefixtures("sealed")
class TestStatements:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE {t} SET first = 9",
            "UPDATE {t} SET code = code",
            "DELETE FROM {t}",
            "DELETE FROM {t} WHERE code = 'a'",
            "INSERT INTO {t} (code) VALUES ('a') ON CONFLICT (code) DO UPDATE SET first = 9",
        ],
    )
    def test_on_both_engines(self, sql: str) -> None:
        refused(sql.format(t=TABLE))
        assert Sealed.objects.get().first == 1

    @pytest.mark.parametrize(
        "sql",
        [
            "TRUNCATE {t}",
            "TRUNCATE {t} CASCADE",
            "MERGE INTO {t} USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE",
            "WITH gone AS (DELETE FROM {t} RETURNING *) SELECT * FROM gone",
        ],
    )
    def test_on_postgresql(self, sql: str) -> None:
        if connection.vendor == SQLITE:
            with pytest.raises(DatabaseError, match="syntax error"), transaction.atomic():
                raw(sql.format(t=TABLE))
        else:
            refused(sql.format(t=TABLE))
        assert Sealed.objects.get().first == 1

    @pytest.mark.parametrize(
        "sql",
        [
            "REPLACE INTO {t} (code, first) VALUES ('a', 9)",
            "INSERT OR REPLACE INTO {t} (code, first) VALUES ('a', 9)",
            "INSERT OR REPLACE INTO {t} (code, first, second) VALUES ('b', 1, 1)",
            "INSERT OR REPLACE INTO {t} (rowid, code) SELECT rowid, 'b' FROM {t}",
            "INSERT OR REPLACE INTO {t} (code, third) VALUES ('b', 1)",  # a partial index
            "UPDATE OR REPLACE {t} SET code = 'b'",
        ],
    )
    def test_on_sqlite(self, sql: str) -> None:
        if connection.vendor == SQLITE:
            refused(sql.format(t=TABLE))
        else:
            with pytest.raises(DatabaseError, match="syntax error"), transaction.atomic():
                raw(sql.format(t=TABLE))
        assert Sealed.objects.get().first == 1

    if connection.vendor == SQLITE:

        def test_replace_is_refused_to_other_programs_too(self) -> None:
            """They do not set ``recursive_triggers``; the guard on INSERT needs no pragma."""
            raw("PRAGMA recursive_triggers = OFF")
            try:
                refused(f"INSERT OR REPLACE INTO {TABLE} (code, first) VALUES ('a', 9)")
                refused(f"INSERT OR REPLACE INTO {TABLE} (code, first, second) VALUES ('b', 1, 1)")
                refused(
                    f"INSERT OR REPLACE INTO {TABLE} (rowid, code) SELECT rowid, 'b' FROM {TABLE}"
                )
            finally:
                raw("PRAGMA recursive_triggers = ON")

    def test_rows_may_still_be_added(self) -> None:
        Sealed.objects.create(code="b")
        Sealed.objects.bulk_create([Sealed(code="c", first=1, second=2), Sealed(code="d")])
        raw(f"INSERT INTO {TABLE} (code) VALUES ('e')")
        assert Sealed.objects.count() == 5

    if connection.vendor != SQLITE:

        def test_sessions_that_skip_triggers_do_not_skip_these(self) -> None:
            """``session_replication_role = replica`` skips others; these are ENABLE ALWAYS."""
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT tgenabled FROM pg_trigger "
                    "WHERE tgname IN (%s, %s) AND tgrelid = %s::regclass",
                    [triggers.PG_ROW, triggers.PG_TRUNCATE, TABLE],
                )
                assert cursor.fetchall() == [("A",), ("A",)]


@transactional
class TestInstalling:
    def test_twice_changes_nothing(self) -> None:
        triggers.install(connection, triggers.append_only_tables())
        assert triggers.missing(connection, triggers.append_only_tables()) == []

    def test_removing_and_installing(self, sealed: Sealed) -> None:
        with unsealed(TABLE):
            assert triggers.missing(connection, [TABLE]) == [TABLE]
            Sealed.objects.update(first=2)
        assert triggers.missing(connection, [TABLE]) == []
        refused(f"DELETE FROM {TABLE}")

    def test_an_altered_trigger_counts_as_missing(self) -> None:
        if connection.vendor == SQLITE:
            name = f"{TABLE}_append_only_update"
            raw(f"DROP TRIGGER {name}")
            raw(f"CREATE TRIGGER {name} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END")
        else:
            raw(f"ALTER TABLE {TABLE} DISABLE TRIGGER {triggers.PG_ROW}")
        assert triggers.missing(connection, triggers.append_only_tables()) == [TABLE]
        triggers.install(connection, [TABLE])
        assert triggers.missing(connection, [TABLE]) == []

    if connection.vendor != SQLITE:

        def test_an_altered_function_counts_as_missing(self) -> None:
            raw(
                f"CREATE OR REPLACE FUNCTION {triggers.PG_FUNCTION}() RETURNS trigger "
                "LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; END $f$"
            )
            tables = triggers.append_only_tables()
            assert triggers.missing(connection, tables) == tables
            triggers.install(connection, tables)
            assert triggers.missing(connection, tables) == []

    def test_tables_that_do_not_exist_yet_are_left_out(self) -> None:
        triggers.install(connection, ["not_there"])
        assert triggers.missing(connection, ["not_there"]) == []

    def test_migrate_puts_them_back_after_a_table_was_made_anew(self) -> None:
        """On SQLite a migration copies the table and drops the old one with its triggers."""
        old = Sealed._meta.get_field("first")
        new = models.CharField(max_length=20, null=True)
        new.set_attributes_from_name("first")
        new.model = Sealed
        with connection.schema_editor() as editor:
            editor.alter_field(Sealed, old, new)
        try:
            if connection.vendor == SQLITE:
                assert triggers.missing(connection, [TABLE]) == [TABLE]
            call_command("migrate", verbosity=0)
            assert triggers.missing(connection, triggers.append_only_tables()) == []
        finally:
            with connection.schema_editor() as editor:
                editor.alter_field(Sealed, new, old)
            call_command("migrate", verbosity=0)
        assert triggers.missing(connection, triggers.append_only_tables()) == []


@transactional
def test_the_flush_after_a_test_leaves_them_standing() -> None:
    from django.test import TransactionTestCase

    with setting_up():
        Thing.objects.create()
        Sealed.objects.create(code="x")
    TransactionTestCase("run")._fixture_teardown()
    assert not Sealed.objects.exists()
    assert triggers.missing(connection, triggers.append_only_tables()) == []
