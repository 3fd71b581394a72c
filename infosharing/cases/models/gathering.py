"""Rows of several models in one query: a union whose every arm gives its fields as JSON."""

from datetime import UTC
from typing import Any

from django.db.models import DateTimeField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import JSONObject


def together(*arms: tuple[QuerySet[Any], type[Model]]) -> list[Any]:
    """Return the rows of all arms as unsaved-looking instances, arm by arm, by key; one query.

    Relations are there as ids; who follows one asks the database again.
    """
    selects = [
        rows.order_by()
        .annotate(
            arm=Value(number, output_field=IntegerField()),
            arm_key=F("pk"),
            arm_data=JSONObject(**{name: F(name) for name in _names(model)}),
        )
        .values_list("arm", "arm_key", "arm_data")
        for number, (rows, model) in enumerate(arms)
    ]
    union = selects[0].union(*selects[1:], all=True).order_by("arm", "arm_key")
    return [_instance(arms[number][1], data) for number, _, data in union]


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
