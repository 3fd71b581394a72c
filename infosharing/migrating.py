"""What migrations of ours are made of: many tables at once, without the cost of one by one."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """Creates the tables of many models, which may refer to each other in any direction.

    While Django migrates, it makes classes of all models anew, and with them of every model
    related to them, after each single ``CreateModel``: with our two hundred models that took most
    of a minute. Here the classes are made once, when all models are known. Whatever a table has
    (keys, indexes, constraints) stands in its ``CreateModel``; what refers to a table that comes
    later is no concern on either engine, as PostgreSQL gets its foreign keys at the end of the
    migration and SQLite looks at them when a row is written.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models to the state; make their classes only if it had classes before."""
        had_classes = state.__dict__.pop("apps", None) is not None
        for model in self.models:
            model.state_forwards(app_label, state)
        if had_classes:
            state.apps  # noqa: B018 - makes them and keeps them

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create the tables in the order given."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop the tables, the last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say in a line what is created."""
        return f"Create models {', '.join(model.name for model in self.models)}"
