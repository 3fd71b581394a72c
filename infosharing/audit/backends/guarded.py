"""What Django's own cursors, schema editors and connections are mixed with to be guarded."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from infosharing.audit.backends.guard import UNKNOWN_ROWS, Guard, UnrecordedChange
from infosharing.audit.backends.statements import WRITES, effects


class GuardedCursor:
    """Mixed into Django's cursor wrappers: shows every statement to the guard."""

    cursor: Any
    db: Any

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Run a statement; see ``Guard``."""
        return self._guarded(sql, lambda: super(GuardedCursor, self).execute(sql, params))  # type: ignore[misc]

    def executemany(self, sql: Any, param_list: Any) -> Any:
        """Run a statement for many rows; see ``Guard``."""
        return self._guarded(sql, lambda: super(GuardedCursor, self).executemany(sql, param_list))  # type: ignore[misc]

    def callproc(self, procname: Any, params: Any = None, kparams: Any = None) -> Any:
        """Refuse: what a procedure writes cannot be seen."""
        raise UnrecordedChange("procedures hide what they write and are refused")

    def add_rows(self, table: str, columns: str, width: int, rows: Any) -> Any:
        """Add many rows at once, seen by the guard; ``infosharing.audit.wholesale`` alone asks."""
        places = ", ".join(["%s"] * width)
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our names
        return self.executemany(statement, rows)

    def __getattr__(self, name: str) -> Any:
        if name in ("copy", "copy_expert", "executescript", "stream"):
            raise UnrecordedChange(f"{name} goes past the guard and is refused")
        return super().__getattr__(name)  # type: ignore[misc]

    def _guarded(self, sql: Any, run: Any) -> Any:
        found = effects(sql)
        if not found:
            return run()
        guard: Guard = self.db.guard
        before = guard.before(found)
        try:
            result = run()
        except BaseException:
            if before is not None:  # SQLite keeps what a failed executemany had done
                guard.after([e for e in found if e.kind in WRITES], before, UNKNOWN_ROWS)
            raise
        guard.after(found, before, self.cursor.rowcount)
        return result


class GuardedSchemaEditor:
    """Mixed into Django's schema editors: migrations pass the guard."""

    connection: Any

    def __enter__(self) -> Any:
        entered = super().__enter__()  # type: ignore[misc]
        self.connection.guard.suspend()
        return entered

    def __exit__(self, *raised: Any) -> None:
        try:
            super().__exit__(*raised)  # type: ignore[misc]
        finally:
            self.connection.guard.resume()


class GuardedConnection(BaseDatabaseWrapper):
    """Mixed into Django's database wrappers: checks before each commit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guard = Guard(self)

    def in_transaction(self) -> bool:
        """Return whether what is written now can still be rolled back."""
        raise NotImplementedError

    def changes(self) -> int | None:
        """Return the driver's running count of changed rows, None where it keeps none."""
        return None

    def connect(self) -> None:
        """Open the connection, with nothing written yet."""
        self.guard.reset()
        super().connect()

    def commit(self) -> None:
        """Commit, unless something in the transaction may not be kept.

        :raises UnrecordedChange: and leaves the transaction open, to be rolled back.
        """
        self.guard.check()
        super().commit()
        self.guard.reset()

    def rollback(self) -> None:
        """Roll back and forget."""
        super().rollback()
        self.guard.reset()

    def close(self) -> None:
        """Close; what was open is rolled back by the database."""
        super().close()
        if self.connection is None or self.closed_in_transaction:
            self.guard.reset()

    def savepoint_commit(self, sid: str) -> None:
        """Release a savepoint; the outermost inside a ``TestCase`` is checked like a commit.

        :raises UnrecordedChange: when it may not be kept.
        """
        blocks = self.atomic_blocks
        if sid and blocks and all(getattr(block, "_from_testcase", False) for block in blocks):
            self.guard.check_since(sid)
        super().savepoint_commit(sid)

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Switch autocommit; switching it on commits on SQLite, so it is checked.

        :raises UnrecordedChange: when what is open may not be kept.
        """
        if autocommit:
            self.guard.check()
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if autocommit:
            self.guard.reset()
