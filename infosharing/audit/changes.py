"""What history rows of several models say, field by field: before, after, when, by whom, why (R51).

Nothing here names a model: whoever asks gives querysets of history rows, each an arm. A page of
changes costs two statements, however many arms, changes and fields there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import (
    F,
    Field,
    IntegerField,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject

from infosharing.audit.protection import history_of, options_of

# PostgreSQL takes a hundred arguments to a function, SQLite 127: two for each field.
_CHUNK: Final = 40
_CHUNKS: Final = 2
_COLUMNS: Final = ("change_arm", "change_key", "change_at")


@dataclass(frozen=True)
class Arm:
    """History rows of one model that may be shown, and what they are the history of."""

    model: type[Model]
    rows: QuerySet[Any]


@dataclass(frozen=True)
class Change:
    """One history row: the record's raw values after it and before it, by attribute name.

    ``before`` is empty for a record that is new. ``kind`` is ``+``, ``~`` or ``-``.
    """

    model: type[Model]
    record: Any
    kind: str
    at: datetime
    actor: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]


def tracked_models() -> Iterator[tuple[type[Model], type[Model]]]:
    """Yield every model with history, and its history model."""
    for model in apps.get_models():
        past = history_of(model)
        if past is not None:
            yield model, past


def tracked_fields(model: type[Model]) -> list["Field[Any, Any]"]:
    """Return the fields of a model that its history keeps, in the order of the model."""
    past: Any = history_of(model)
    kept = {field.name for field in past.tracked_fields}
    return [field for field in options_of(model).concrete_fields if field.name in kept]


def changes(arms: Sequence[Arm], start: int, end: int) -> list[Change]:
    """Return a slice of all the changes, the newest first; two statements, or none without arms."""
    if not arms:
        return []
    keys = _union(
        [
            arm.rows.order_by()
            .annotate(
                change_arm=Value(number, output_field=IntegerField()),
                change_key=F("history_id"),
                change_at=F("history_date"),
            )
            .values_list(*_COLUMNS)
            for number, arm in enumerate(arms)
        ]
    ).order_by("-change_at", "-change_arm", "-change_key")[start:end]
    return _in_full(arms, [(number, key) for number, key, _at in keys])


def standing_at(arms: Sequence[Arm], at: datetime, limit: int) -> list[Change]:
    """Return each record as it stood at a moment (aware), the oldest first; two statements."""
    past = []
    for arm in arms:
        rows = arm.rows.filter(history_date__lte=at)
        key = options_of(arm.model).pk.attname
        later = arm.rows.model._default_manager.filter(  # noqa: SLF001 - Django's documented way
            Q(history_date__gt=OuterRef("history_date"))
            | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")),
            history_date__lte=at,
            **{key: OuterRef(key)},
        )
        latest = rows.annotate(later_change=Subquery(later.values("history_id")[:1]))
        past.append(Arm(arm.model, latest.filter(later_change=None).exclude(history_type="-")))
    return changes(past, 0, limit)[::-1]


def _in_full(arms: Sequence[Arm], wanted: list[tuple[int, int]]) -> list[Change]:
    """Return the rows with these keys, in their order; one statement."""
    if not wanted:
        return []
    keys: dict[int, list[int]] = {}
    for number, key in wanted:
        keys.setdefault(number, []).append(key)
    found = {}
    for number, key, *values in _union([_full(n, arms[n], keys[n]) for n in sorted(keys)]):
        found[(number, key)] = _change(arms[number].model, values)
    return [found[one] for one in wanted]


def _full(number: int, arm: Arm, keys: list[int]) -> QuerySet[Any, Any]:
    past = arm.rows.model
    fields = tracked_fields(arm.model)
    attname = options_of(arm.model).pk.attname
    rows = past._default_manager.filter(history_id__in=keys)  # noqa: SLF001 - as above
    earlier = past._default_manager.filter(  # noqa: SLF001 - as above
        Q(history_date__lt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")),
        **{attname: OuterRef(attname)},
    ).order_by("-history_date", "-history_id")
    columns: dict[str, Any] = {
        "change_arm": Value(number, output_field=IntegerField()),
        "change_key": F("history_id"),
        "change_head": JSONObject(
            record=F(attname),
            kind=F("history_type"),
            actor=F("history_actor"),
            reason=F("history_change_reason"),
        ),
        "change_moment": F("history_date"),
    }
    for part in range(_CHUNKS):
        values = _values(fields[part * _CHUNK : (part + 1) * _CHUNK])
        columns[f"change_after_{part}"] = values
        columns[f"change_before_{part}"] = Subquery(
            earlier.values(before_values=values)[:1], output_field=JSONField()
        )
    if len(fields) > _CHUNK * _CHUNKS:
        raise AssertionError(f"{arm.model.__name__} has more fields than fit; raise _CHUNKS")
    full: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return full


def _values(fields: Sequence["Field[Any, Any]"]) -> JSONObject:
    return JSONObject(**{field.attname: F(field.attname) for field in fields})


def _change(model: type[Model], values: Sequence[Any]) -> Change:
    head, at, *chunks = values
    after: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for number, chunk in enumerate(chunks):
        (before if number % 2 else after).update(chunk or {})
    return Change(
        model=model,
        record=head["record"],
        kind=head["kind"],
        at=at,
        actor=head["actor"],
        reason=head["reason"],
        before={} if head["kind"] == "+" else before,
        after={} if head["kind"] == "-" else after,
    )


def _union(selects: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return selects[0].union(*selects[1:], all=True) if len(selects) > 1 else selects[0]
