"""What is checked before the product starts, and of the live database (D2)."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections
from django.test import override_settings

from infosharing.audit import checks, events
from infosharing.audit.backends.sqlite3.base import DatabaseWrapper
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Kept, Loose, Sealed
from tests.audit.support import unsealed


def ids(found: list[CheckMessage]) -> list[str]:
    return [str(message.id).removeprefix("audit.") for message in found]


class TestSettings:
    def test_the_product_s_own_are_in_order(self) -> None:
        assert checks.check_settings() == []
        assert checks.check_models() == []
        assert checks.check_events() == []

    @pytest.mark.parametrize(
        ("spoiled", "expected"),
        [
            ({"SIMPLE_HISTORY_ENABLED": False}, ["E001"]),
            ({"SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD": False}, ["E002"]),
            ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, ["E003"]),
            ({"DATABASES": {"other": {"ENGINE": "django.db.backends.postgresql"}}}, ["E003"]),
        ],
    )
    @pytest.mark.filterwarnings("ignore:Overriding setting DATABASES:UserWarning")
    def test_spoiled(self, spoiled: dict[str, Any], expected: list[str]) -> None:
        with override_settings(**spoiled):
            assert ids(checks.check_settings()) == expected

    def test_the_order_of_apps_decides_whose_command_runs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = dict.fromkeys(checks.REFUSED_COMMANDS, "simple_history")
        monkeypatch.setattr(checks, "get_commands", lambda: theirs)
        assert ids(checks.check_settings()) == ["E004"] * 3


class TestModels:
    def test_history_kept_in_another_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks.protection, "history_of", lambda model: Loose)
        assert set(ids(checks.check_models())) == {"E005"}

    @pytest.mark.parametrize("reason", ["because", True, 1])
    def test_an_exception_without_a_reason(
        self, reason: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Loose, "unprotected_because", reason)
        assert ids(checks.check_models()) == ["E006"]

    def test_protected_tables_are_those_of_protected_apps(self) -> None:
        tables = checks.protection.tables()
        for model in (Kept, Kept.history.model):
            assert model._meta.db_table in tables.protected
        for model in (Loose, Sealed):
            assert model._meta.db_table not in tables.protected
        assert "auditsample_thing_tags" in tables.protected
        assert "django_session" not in tables.protected
        assert tables.history[Kept._meta.db_table] == Kept.history.model._meta.db_table
        assert tables.log == "audit_entry"


class TestEvents:
    def test_a_code_of_another_form(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Odd(str):
            value = "not a code"

        monkeypatch.setattr(checks, "known_events", lambda: [Odd("x")])
        assert ids(checks.check_events()) == ["E007"]

    def test_one_code_of_two_apps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Other(str):
            value = SampleEvent.CHANGED.value

        both = [SampleEvent.CHANGED, Other("x")]
        monkeypatch.setattr(checks, "known_events", lambda: both)
        assert ids(checks.check_events()) == ["E008"]

    def test_words_for_a_stored_code(self) -> None:
        assert events.label("auditsample.changed") == "Changed"
        assert events.label("gone.for_ever") == "gone.for_ever"


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """SQLite as the product opens it."""
    here = {
        **connections.settings["default"],
        "ENGINE": "infosharing.audit.backends.sqlite3",
        "NAME": str(tmp_path / "d2.sqlite3"),
        "OPTIONS": {
            "timeout": 3,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY"
            ),
        },
    }
    wrapper = DatabaseWrapper(here, "default")
    yield wrapper
    wrapper.close()


@pytest.mark.django_db
class TestSQLite:
    def ask(self, wrapper: Any) -> list[str]:
        return ids(list(checks._sqlite(wrapper)))

    def test_as_the_product_opens_it(self, on_disk: DatabaseWrapper) -> None:
        assert self.ask(on_disk) == []

    @pytest.mark.parametrize(
        ("pragma", "expected"),
        [
            ("journal_mode = DELETE", "E012"),
            ("synchronous = NORMAL", "E012"),
            ("foreign_keys = OFF", "E012"),
            ("recursive_triggers = OFF", "E012"),
            ("temp_store = FILE", "E012"),
            ("busy_timeout = 0", "E013"),
            ("busy_timeout = 20000", "E013"),
        ],
    )
    def test_spoiled(self, on_disk: DatabaseWrapper, pragma: str, expected: str) -> None:
        with on_disk.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")
        assert self.ask(on_disk) == [expected]

    @pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
    def test_another_transaction_mode(self, on_disk: DatabaseWrapper, mode: str | None) -> None:
        on_disk.ensure_connection()
        on_disk.transaction_mode = mode  # type: ignore[attr-defined]
        assert self.ask(on_disk) == ["E014"]

    def test_a_network_file_system(
        self, on_disk: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checks, "file_system", lambda path: "nfs4")
        assert self.ask(on_disk) == ["E015"]

    def test_which_file_system(self, tmp_path: Path) -> None:
        mounts = tmp_path / "mounts"
        mounts.write_text(
            f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path}/a\\040b nfs4 rw 0 0\nbroken\n"
            f"tmpfs {tmp_path}/a\\040b/c tmpfs rw 0 0\n"
        )
        assert checks.file_system(tmp_path / "a b" / "d", mounts) == "nfs4"
        assert checks.file_system(tmp_path / "a b" / "c" / "d", mounts) == "tmpfs"
        assert checks.file_system(tmp_path / "a bc", mounts) == "ext4"
        assert checks.file_system(tmp_path, tmp_path / "nowhere") == ""


@pytest.mark.django_db(transaction=True)
class TestTheLiveDatabase:
    def ask(self) -> list[str]:
        return sorted(set(ids(checks.check_databases(databases=["default"]))))

    def expected(self) -> list[str]:
        """The tests' databases are quick and not durable, and the check says so."""
        return ["E012"] if connection.vendor == "sqlite" else ["E016", "E017", "W001"]

    def test_the_tests_own_is_not_durable(self) -> None:
        assert self.ask() == self.expected()

    def test_triggers_that_were_removed(self) -> None:
        with unsealed(Sealed._meta.db_table):
            assert self.ask() == sorted([*self.expected(), "E011"])

    if connection.vendor != "sqlite":

        def test_a_lock_wait_without_end(self) -> None:
            for wait in ("0", "10s"):
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = %s", [wait])
                assert self.ask() == sorted([*self.expected(), "E018"])
            connection.close()
            assert self.ask() == self.expected()

    def test_a_superuser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Cursor:
            def __enter__(self) -> "Cursor":
                return self

            def __exit__(self, *raised: object) -> None: ...
            def execute(self, sql: str) -> None: ...
            def fetchall(self) -> list[tuple[str, str]]:
                on = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
                return [*((name, "on") for name in on), ("lock_timeout", "3000")]

            def fetchone(self) -> tuple[bool]:
                return (True,)

        class Stub:
            cursor = Cursor

        assert ids(list(checks._postgresql(Stub()))) == ["E019"]  # type: ignore[arg-type]

    def test_a_connection_that_is_not_guarded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections["default"], "guard", None)
        assert self.ask() == ["E010"]

    def test_nothing_is_asked_unless_a_database_is_named(self) -> None:
        assert checks.check_databases(databases=None) == []

    def test_it_is_asked_by_the_command(self) -> None:
        with pytest.raises(SystemCheckError, match=r"audit\.E01[26]"):
            call_command("check", "--deploy", "--tag=durability", "--database=default")


class TestRefusedCommands:
    @pytest.mark.parametrize("name", checks.REFUSED_COMMANDS)
    @pytest.mark.parametrize("arguments", [[], ["--auto"], ["accounts.User", "--days=1"]])
    def test_whatever_they_are_given(self, name: str, arguments: list[str]) -> None:
        from django.core.management import load_command_class

        command: Any = load_command_class("infosharing.audit", name)
        command.stderr = StringIO()
        with pytest.raises(SystemExit):
            command.run_from_argv(["manage.py", name, *arguments])
        with pytest.raises(CommandError, match="history is evidence"):
            call_command(name)

    def test_they_are_the_ones_that_run(self) -> None:
        from django.core.management import get_commands

        found: Callable[[str], Any] = get_commands().get
        assert {found(name) for name in checks.REFUSED_COMMANDS} == {"infosharing.audit"}
