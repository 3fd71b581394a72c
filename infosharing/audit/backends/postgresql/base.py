"""PostgreSQL, guarded: see ``infosharing.audit.backends.guard``."""

from typing import Any, cast

from django.db.backends.postgresql import base, schema
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg.pq import TransactionStatus

from infosharing.audit.backends import guarded

IDLE = TransactionStatus.IDLE


class Cursor(guarded.GuardedCursor, CursorWrapper):
    """A cursor whose statements the guard sees."""


class DebugCursor(guarded.GuardedCursor, CursorDebugWrapper):
    """The same, while statements are being counted or logged."""


class DatabaseSchemaEditor(guarded.GuardedSchemaEditor, schema.DatabaseSchemaEditor):
    """Migrations pass the guard."""


class DatabaseWrapper(guarded.GuardedConnection, base.DatabaseWrapper):
    """A connection that refuses changes without an entry."""

    SchemaEditorClass = DatabaseSchemaEditor

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
