"""Reading what a statement writes; the guard sees nothing else."""

import pytest

from infosharing.audit.backends.statements import (
    LONGEST_CACHED,
    Effect,
    Kind,
    _read_long,
    effects,
)

INS, C = Kind.INSERT, Kind.CHANGE


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('INSERT INTO "t" ("a") VALUES (%s)', [(INS, "t")]),
        ("insert into T values (1)", [(INS, "t")]),
        ('INSERT OR REPLACE INTO "t" VALUES (1)', [(INS, "t")]),
        ("REPLACE INTO t VALUES (1)", [(INS, "t")]),
        ("INSERT INTO t DEFAULT VALUES", [(INS, "t")]),
        ("INSERT INTO a SELECT * FROM b", [(INS, "a")]),
        ("INSERT INTO t VALUES (%s) ON CONFLICT DO UPDATE SET a = 1", [(INS, "t"), (C, "set")]),
        ('UPDATE "t" SET "a" = %s', [(C, "t")]),
        ("UPDATE OR IGNORE t SET a = 1", [(C, "t")]),
        ("UPDATE ONLY public.t SET a = 1", [(C, "t")]),
        ('update main."T" set a = 1', [(C, "t")]),
        ("UPDATE 't' SET a = 1", [(C, "t")]),
        ("UPDATE [t] SET a = 1", [(C, "t")]),
        ("UPDATE `t` SET a = 1", [(C, "t")]),
        ("UPDATE\n/* why */ -- and this\n t SET a = 1", [(C, "t")]),
        ('DELETE FROM "t" WHERE 1', [(C, "t")]),
        ("DELETE FROM ONLY t", [(C, "t")]),
        ("TRUNCATE a, b", [(C, "a"), (C, "b")]),
        ('TRUNCATE TABLE ONLY "a", public."b" CASCADE', [(C, "a"), (C, "b")]),
        ("MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", [(C, "t")]),
        ("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", [(INS, "t")]),
        (
            "WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x",
            [(C, "a"), (INS, "b")],
        ),
        ("EXPLAIN ANALYZE DELETE FROM t", [(C, "t")]),
        ("COPY t (a) FROM STDIN", [(INS, "t")]),
        ("SELECT * INTO t FROM s", [(INS, "t")]),
        ("SELECT 1; DELETE FROM t", [(C, "t")]),
        ("  ;; UPDATE t SET a = ';'", [(C, "t")]),
        ("$x$ UPDATE a $x$; UPDATE b SET c = 1", [(C, "b")]),
        (b"DELETE FROM t", [(C, "t")]),
        ('UPDATE "we""ird" SET a = 1', [(C, 'we"ird')]),
        ("commit", [(Kind.COMMIT, "")]),
        ("END", [(Kind.COMMIT, "")]),
        ("PREPARE TRANSACTION 'x'", [(Kind.COMMIT, "")]),
        ("ROLLBACK", [(Kind.ROLLBACK, "")]),
        ("ABORT", [(Kind.ROLLBACK, "")]),
        ('SAVEPOINT "S1_x2"', [(Kind.SAVEPOINT, "s1_x2")]),
        ("ROLLBACK TO SAVEPOINT s1", [(Kind.ROLLBACK_TO, "s1")]),
        ("ROLLBACK TRANSACTION TO s1", [(Kind.ROLLBACK_TO, "s1")]),
        ('RELEASE SAVEPOINT "s1"', [(Kind.RELEASE, "s1")]),
        ("DO $$ BEGIN DELETE FROM t; END $$", [(Kind.OPAQUE, "DO")]),
        ("CALL f()", [(Kind.OPAQUE, "CALL")]),
        ("EXECUTE p", [(Kind.OPAQUE, "EXECUTE")]),
        ("PREPARE p AS DELETE FROM t", [(Kind.OPAQUE, "PREPARE")]),
        # Read, defined or written about, but not written to.
        ("SELECT 1", []),
        ("BEGIN IMMEDIATE", []),
        ("SELECT 'DELETE FROM t'", []),
        ("SELECT \"DELETE FROM t\" FROM s", []),
        ("SELECT E'it\\'s', 'UPDATE t SET'", []),
        ("SELECT 1 -- DELETE FROM t", []),
        ("SELECT CASE WHEN 1 THEN 2 END", []),
        ('SELECT "t"."last_update" FROM "t"', []),
        ("COPY t TO STDOUT", []),
        ("PRAGMA foreign_keys", []),
        ("CREATE TRIGGER x BEFORE UPDATE ON t BEGIN DELETE FROM t; END", []),
        ("CREATE TABLE t (a int)", []),
    ],
)  # fmt: skip
def test_effects(sql: str | bytes, expected: list[tuple[Kind, str]]) -> None:
    assert [(effect.kind, effect.name) for effect in effects(sql)] == expected


def test_locking_rows_names_no_table_of_ours() -> None:
    assert {e.name for e in effects('SELECT * FROM "t" FOR UPDATE OF "t"')} == {"of"}
    assert effects('SELECT * FROM "t" FOR UPDATE') == ()


def test_rows_that_come_back_are_noted() -> None:
    assert effects('INSERT INTO "t" VALUES (1) RETURNING "id"') == (Effect(INS, "t", True),)


def test_composed_statements_are_read() -> None:
    from psycopg import sql

    statement = sql.SQL("DELETE FROM {}").format(sql.Identifier("t"))
    assert [e.name for e in effects(statement)] == ["t"]


def test_a_long_question_is_read_once_and_a_long_change_each_time() -> None:
    arms = " UNION ALL ".join(f"SELECT {n}, CASE WHEN a THEN 1 END FROM t{n}" for n in range(600))  # noqa: S608
    change = "; DELETE FROM t"
    asking = [(arms, ()), (f"({arms})", ()), (arms + change, (Effect(C, "t"),))]
    for sql, found in asking:
        assert len(sql) > LONGEST_CACHED
        before = _read_long.cache_info().misses
        assert [effects(sql), effects(sql)] == [found, found]
        assert _read_long.cache_info().misses == before + 1
    before = _read_long.cache_info()
    assert effects("INSERT INTO t " + arms) == (Effect(INS, "t"),)
    assert _read_long.cache_info() == before


def test_a_long_statement_is_read_quickly_and_rightly() -> None:
    rows = ", ".join(["(%s, %s, %s, %s)"] * 5000)
    sql = f'INSERT INTO "t" ("a", "b", "c", "d") VALUES {rows} RETURNING "t"."id"'  # noqa: S608
    assert len(sql) > LONGEST_CACHED
    assert effects(sql) == (Effect(INS, "t", True),)
