"""Rows of several models in one query: a union whose every arm gives its fields as JSON."""

import json
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import DateTimeField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import JSONObject

# A model, and what its rows are filtered by: fixed values, or ``Key`` for what is given later.
Arm = tuple[type[Model], tuple[tuple[str, Any], ...]]


class Key(int):
    """The place of a key, given by its number when the query is asked."""

    def __new__(cls, number: int) -> "Key":
        """Make the key of this number, as one that no row has."""
        return super().__new__(cls, _FIRST - number)


_FIRST: Final = -5_000_000_001


def together(arms: Sequence[Arm], keys: Sequence[int]) -> list[Any]:
    """Return the rows of all arms as unsaved-looking instances, arm by arm, by key; one query.

    ``keys`` are put where the arms have a ``Key`` of that number. Putting the query together
    costs more than running it, so it is kept. Relations are there as ids; who follows one asks
    the database again.
    """
    sql, kept = _put_together(connection.vendor, tuple(arms))
    places = {int(Key(number)): key for number, key in enumerate(keys)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [places.get(one, one) for one in kept])
        rows = cursor.fetchall()
    return [_instance(arms[number][0], json.loads(data)) for number, _, data in rows]


@cache
def _put_together(_vendor: str, arms: tuple[Arm, ...]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and its parameters, for the kind of database in use."""
    first, *others = (_select(number, *arm) for number, arm in enumerate(arms))
    return first.union(*others, all=True).order_by("arm", "arm_key").query.sql_with_params()


def _select(
    number: int, model: type[Model], wanted: tuple[tuple[str, Any], ...]
) -> QuerySet[Any, Any]:
    rows: QuerySet[Any] = model._default_manager.filter(  # noqa: SLF001 - documented
        **{name: int(value) if isinstance(value, Key) else value for name, value in wanted}
    )
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            arm=Value(number, output_field=IntegerField()),
            arm_key=F("pk"),
            arm_data=JSONObject(**{name: F(name) for name in _names(model)}),
        )
        .values_list("arm", "arm_key", "arm_data")
    )
    return found


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001 - documented


def _instance(model: type[Model], data: dict[str, Any]) -> Model:
    values = {}
    for field in model._meta.concrete_fields:  # noqa: SLF001 - documented
        value = field.to_python(data[field.attname])
        if isinstance(field, DateTimeField) and value is not None and value.tzinfo is None:
            value = value.replace(tzinfo=UTC)  # SQLite keeps UTC and does not say so
        values[field.attname] = value
    return model.from_db(None, list(values), list(values.values()))
