"""Which tables the guard watches, read from the models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Tables:
    """``protected``: no change without a log entry. ``history``: table to its history's table."""

    protected: frozenset[str] = frozenset()
    history: Mapping[str, str] = field(default_factory=dict)
    log: str = "audit_entry"

    @cached_property
    def watched(self) -> frozenset[str]:
        """Every table whose changed rows are counted."""
        return self.protected | {self.log, *self.history, *self.history.values()}


def options_of(model: type[models.Model] | models.Model) -> Any:
    """Return what Django knows about a model, its documented ``_meta``."""
    return model._meta  # noqa: SLF001 - documented, whatever its name says


def table_of(model: type[models.Model]) -> str:
    """Return the name of a model's table."""
    return str(options_of(model).db_table)


def is_protected(model: type[models.Model]) -> bool:
    """Return whether a change to a model's table needs a log entry.

    It does when the app's configuration says ``protected = True``, unless the model (for a
    history model: the model it is the history of) says ``unprotected_because = "why"``.
    """
    subject = getattr(model, "instance_type", model)
    config = apps.get_app_config(options_of(model).app_label)
    return bool(getattr(config, "protected", False)) and not getattr(
        subject, "unprotected_because", ""
    )


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """Return the history model of a model, None where it keeps none."""
    name = getattr(options_of(model), "simple_history_manager_attribute", None)
    found: type[models.Model] | None = getattr(model, name).model if name else None
    return found


def tables() -> Tables:
    """Return what to watch; nothing as long as the models are still being loaded."""
    return _tables() if apps.models_ready else Tables()


@cache
def _tables() -> Tables:
    every = [
        model
        for model in apps.get_models(include_auto_created=True, include_swapped=True)
        if not options_of(model).proxy
    ]
    history = {model: history_of(model) for model in every}
    return Tables(
        protected=frozenset(table_of(model) for model in every if is_protected(model)),
        history={table_of(model): table_of(past) for model, past in history.items() if past},
        log=table_of(apps.get_model("audit", "Entry")),
    )
