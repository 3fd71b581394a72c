"""SQLite, guarded: see ``infosharing.audit.backends.guard``."""

from typing import Any, cast

from django.db.backends.sqlite3 import base, features, schema
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

from infosharing.audit.backends import guarded


class Cursor(guarded.GuardedCursor, CursorWrapper):
    """A cursor whose statements the guard sees."""


class DebugCursor(guarded.GuardedCursor, CursorDebugWrapper):
    """The same, while statements are being counted or logged."""


class DatabaseSchemaEditor(guarded.GuardedSchemaEditor, schema.DatabaseSchemaEditor):
    """Migrations pass the guard."""


class DatabaseFeatures(features.DatabaseFeatures):
    """What SQLite can do, without asking it.

    Django asks once, in a transaction, and remembers the answer: asked while the database is
    locked, it would take it for one without JSON until the server is started again.
    """

    supports_json_field = True  # built in since 3.38


class DatabaseWrapper(guarded.GuardedConnection, base.DatabaseWrapper):
    """A connection that refuses changes without an entry."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the file; deletions by REPLACE fire triggers too, so append-only holds."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        """Wrap a cursor of the driver."""
        return Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorDebugWrapper:
        """Wrap a cursor of the driver, logging statements."""
        return DebugCursor(cursor, self)

    def in_transaction(self) -> bool:
        """Return whether a transaction is open; ``set_autocommit(False)`` alone opens none."""
        connection = cast("Any", self.connection)
        return connection is not None and bool(connection.in_transaction)

    def changes(self) -> int | None:
        """Return how many rows this connection has changed since it was opened."""
        connection = cast("Any", self.connection)
        return int(connection.total_changes) if connection is not None else 0
