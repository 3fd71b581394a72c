"""What a story leaves in the database: taken out row by row, then undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Max, Model
from simple_history.models import HistoricalChanges

from decisions.models import MayHaveAdvised, Undecided
from infosharing.audit.models import Entry, Payload
from infosharing.audit.protection import is_protected, options_of
from infosharing.audit.recording import tail
from infosharing.search.models import Word

Rows = dict[type[Model], list[dict[str, Any]]]


@dataclass
class Taken:
    """The rows that one step made, in the order of their keys, and the entries of the log."""

    rows: Rows = field(default_factory=dict)
    entries: list[tuple[Entry, bytes | None]] = field(default_factory=list)


class _Undone(Exception):
    """Rolls back what was only told to be taken."""


def taken(steps: Callable[[], Iterator[None]]) -> list[Taken]:
    """Return what each step of a generator made, and leave the database as it was.

    Nobody else can write to the record meanwhile: the log's lock is held.
    """
    found: list[Taken] = []
    try:
        with transaction.atomic():
            tail()
            before = _last_keys()
            for _ in steps():
                after = _last_keys()
                found.append(_between(before, after))
                before = after
            raise _Undone
    except _Undone:
        return found


def copied_models() -> list[type[Model]]:
    """Return every model whose rows are copied: the record's, and those made from it."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if (is_protected(model) or model in (Word, Undecided, MayHaveAdvised))
        and isinstance(options_of(model).pk, AutoField)
        and not options_of(model).proxy
    ]


def _last_keys() -> dict[type[Model], int]:
    """Return the highest key of each table; one statement."""
    models: list[type[Model]] = [*copied_models(), Entry]
    quote = connection.ops.quote_name
    selects = [
        f"SELECT {number}, COALESCE(MAX({quote(options_of(model).pk.column)}), 0) "  # noqa: S608
        f"FROM {quote(options_of(model).db_table)}"
        for number, model in enumerate(models)
    ]
    keys: dict[type[Model], int] = {}
    with connection.cursor() as cursor:
        for first in range(0, len(selects), 100):
            cursor.execute(" UNION ALL ".join(selects[first : first + 100]))
            keys |= {models[number]: key for number, key in cursor.fetchall()}
    return keys


def _between(before: dict[type[Model], int], after: dict[type[Model], int]) -> Taken:
    rows: Rows = {}
    for model in copied_models():
        if after[model] > before[model]:
            names = [one.attname for one in options_of(model).concrete_fields]
            key = options_of(model).pk.name
            made = model._base_manager.filter(**{f"{key}__gt": before[model]})  # noqa: SLF001
            rows[model] = list(made.order_by(key).values(*names))
    entries = list(Entry.objects.filter(seq__gt=before[Entry]).order_by("seq"))
    kept = Payload.objects.filter(seq__gt=before[Entry])
    payloads = {one.seq: bytes(one.payload) for one in kept}
    return Taken(rows, [(one, payloads.get(one.seq)) for one in entries])


def is_history(model: type[Model]) -> bool:
    """Return whether rows of a model are the history of another's."""
    return issubclass(model, HistoricalChanges)


def next_keys() -> dict[type[Model], int]:
    """Return the first free key of each table."""
    return {
        model: (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1  # noqa: SLF001
        for model in copied_models()
    }
