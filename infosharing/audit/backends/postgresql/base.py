"""PostgreSQL, guarded: see ``infosharing.audit.backends.guard``."""

from typing import Any, cast

from django.db.backends.postgresql import base, schema
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import OperationalError
from psycopg.pq import TransactionStatus

from infosharing.audit.backends import guarded

IDLE = TransactionStatus.IDLE
ACTIVE = TransactionStatus.ACTIVE
UNKNOWN = TransactionStatus.UNKNOWN


class CopyingCursor(guarded.GuardedCursor):
    """Adds many rows by COPY, as the guard counts them."""

    def add_rows(self, table: str, columns: str, width: int, rows: Any) -> Any:
        """Add many rows at once; see ``guarded.GuardedCursor.add_rows``."""
        statement = f"COPY {table} ({columns}) FROM STDIN"

        def run() -> None:
            with self.cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)

        with self.db.wrap_database_errors:
            return self._guarded(statement, run)


class Cursor(CopyingCursor, CursorWrapper):
    """A cursor whose statements the guard sees."""


class DebugCursor(CopyingCursor, CursorDebugWrapper):
    """The same, while statements are being counted or logged."""


class DatabaseSchemaEditor(guarded.GuardedSchemaEditor, schema.DatabaseSchemaEditor):
    """Migrations pass the guard."""


def _patient(connection: Any, seconds: float) -> Any:
    """Return the driver's ``wait`` with an end."""
    wait = type(connection).wait

    def patient(generator: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        limit = seconds if timeout is None else timeout
        try:
            return wait(connection, generator, interval, limit)
        except OperationalError:
            if connection.info.transaction_status in (ACTIVE, UNKNOWN):
                connection.pgconn.finish()  # nobody knows what it still does: never used again
            raise

    return patient


class DatabaseWrapper(guarded.GuardedConnection, base.DatabaseWrapper):
    """A connection that refuses changes without an entry."""

    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: Any) -> Any:
        """Connect; a server that has stopped answering altogether is given up.

        ``lock_timeout`` and ``statement_timeout`` end what the server itself can end. One that
        hangs ends nothing, so the client waits ``ANSWER_WITHIN`` seconds, if the settings say so,
        and closes the connection.
        """
        found = super().get_new_connection(conn_params)
        patience = self.settings_dict.get("ANSWER_WITHIN")
        if patience:
            found.wait = _patient(found, patience)
        return found

    def in_transaction(self) -> bool:
        """Return whether a transaction is open, or will be by the next statement."""
        if not self.autocommit:
            return True
        connection = cast("Any", self.connection)
        return connection is not None and connection.info.transaction_status is not IDLE

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        """Wrap a cursor of the driver."""
        return Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorDebugWrapper:
        """Wrap a cursor of the driver, logging statements."""
        return DebugCursor(cursor, self)
