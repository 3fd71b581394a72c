"""Append-only tables: the database itself refuses UPDATE, DELETE, TRUNCATE and REPLACE (R51).

The triggers stand on the log, on every history table and on every model with
``append_only = True``. They are asserted again after each ``migrate``, because SQLite drops a
table's triggers whenever a migration makes the table anew (libraries.md section 0). They are no
wall against the owner of the database, who can drop them: that is what the chain is for.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from simple_history.models import HistoricalChanges

from infosharing.audit.protection import options_of, table_of

PG_FUNCTION = "audit_refuse_change"
PG_BODY = """
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
"""
PG_ROW, PG_TRUNCATE = "audit_append_only", "audit_append_only_truncate"
# pg_trigger.tgtype: BEFORE is 2, each row 1, DELETE 8, UPDATE 16, TRUNCATE 32.
PG_TYPES = {PG_ROW: 2 + 1 + 8 + 16, PG_TRUNCATE: 2 + 32}


def append_only_tables() -> list[str]:
    """Return the tables whose rows may only be added, in the order of their names."""
    return sorted(
        table_of(model)
        for model in apps.get_models(include_auto_created=True)
        if not options_of(model).proxy
        and (issubclass(model, HistoricalChanges) or getattr(model, "append_only", False) is True)
    )


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Put the triggers on these tables; those that stand already are left alone."""
    lacking = missing(connection, tables)
    if not lacking:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in lacking:
                for name, statement in _sqlite_wanted(connection, cursor, table).items():
                    cursor.execute(f"DROP TRIGGER IF EXISTS {_quoted(connection, name)}")
                    cursor.execute(statement)
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {PG_FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
                f"SET search_path = pg_catalog AS $function${PG_BODY}$function$"
            )
            for table in lacking:
                cursor.execute(_pg_statements(_quoted(connection, table)))


def remove(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Take the triggers off these tables: for tests, and for a migration that must change rows."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                for name in _sqlite_standing(cursor, table):
                    cursor.execute(f"DROP TRIGGER {_quoted(connection, name)}")
            else:
                name = _quoted(connection, table)
                cursor.execute(
                    f"DROP TRIGGER IF EXISTS {PG_ROW} ON {name};"
                    f"DROP TRIGGER IF EXISTS {PG_TRUNCATE} ON {name}"
                )


def missing(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Return those of the tables that exist and do not have all their triggers, as they should be.

    A trigger that was altered or disabled counts as missing.
    """
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        wanted = [table for table in tables if table in there]
        if connection.vendor == "sqlite":
            return [
                table
                for table in wanted
                if not _sqlite_wanted(connection, cursor, table).items()
                <= _sqlite_standing(cursor, table).items()
            ]
        standing = _pg_standing(cursor)
        return [table for table in wanted if standing.get(table) != PG_TYPES]


def _quoted(connection: BaseDatabaseWrapper, name: str) -> str:
    return connection.ops.quote_name(name)


def _sqlite_wanted(connection: BaseDatabaseWrapper, cursor: Any, table: str) -> dict[str, str]:
    """Return name and SQL of each trigger of a table.

    A BEFORE INSERT trigger refuses what a REPLACE would delete: a row with the same rowid or the
    same values in a unique index. Partial and expression indexes are left to the pragma
    ``recursive_triggers``, with which such a deletion fires the DELETE trigger.
    """
    quoted = _quoted(connection, table)
    cursor.execute(f"PRAGMA index_list({quoted})")
    unique = sorted(row[1] for row in cursor.fetchall() if row[2] and not row[4])
    row = f"EXISTS (SELECT 1 FROM {quoted} WHERE "  # noqa: S608 - names come from the models
    same = [f"{row}rowid = NEW.rowid)"]
    for index in unique:
        cursor.execute(f"PRAGMA index_info({_quoted(connection, index)})")
        columns = [row[2] for row in cursor.fetchall()]
        if all(columns):
            names = [_quoted(connection, column) for column in columns]
            equal = " AND ".join(f"{name} = NEW.{name}" for name in names)
            same.append(f"{row}{equal})")
    conditions = {"UPDATE": "", "DELETE": "", "INSERT": f" WHEN {' OR '.join(same)}"}
    return {
        f"{table}_append_only_{verb.lower()}": (
            f"CREATE TRIGGER {_quoted(connection, f'{table}_append_only_{verb.lower()}')} "
            f"BEFORE {verb} ON {quoted} FOR EACH ROW{condition} BEGIN "
            f"SELECT RAISE(ABORT, '{table} is append-only: {verb} refused'); END"
        )
        for verb, condition in conditions.items()
    }


def _sqlite_standing(cursor: Any, table: str) -> dict[str, str]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s "
        "AND name LIKE '%%_append_only_%%'",
        [table],
    )
    return dict(cursor.fetchall())


def _pg_statements(table: str) -> str:
    # ENABLE ALWAYS: they fire in sessions with session_replication_role = replica, too.
    return (
        f"CREATE OR REPLACE TRIGGER {PG_ROW} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {PG_FUNCTION}();"
        f"CREATE OR REPLACE TRIGGER {PG_TRUNCATE} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PG_FUNCTION}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {PG_ROW};"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {PG_TRUNCATE}"
    )


def _pg_standing(cursor: Any) -> dict[str, dict[str, int]]:
    """Return table to trigger to type, of triggers that fire always and call our function."""
    cursor.execute(
        "SELECT c.relname, t.tgname, t.tgtype FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgname IN (%s, %s) AND t.tgenabled = 'A' AND t.tgqual IS NULL "
        "AND p.proname = %s AND p.prosrc = %s AND pg_table_is_visible(c.oid)",
        [PG_ROW, PG_TRUNCATE, PG_FUNCTION, PG_BODY],
    )
    found: dict[str, dict[str, int]] = {}
    for table, name, kind in cursor.fetchall():
        found.setdefault(table, {})[name] = kind
    return found
