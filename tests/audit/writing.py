"""Ways to write, and to see what was written, for the tests of the guard."""

from typing import Any

from django.db import connection

from infosharing.audit.models import Entry
from infosharing.audit.recording import record
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Kept, KeptPart, Part, Tag, Thing
from tests.audit.support import NOON, someone

INSERT = "INSERT INTO auditsample_thing (public_id, name) VALUES (%s, %s)"


def entry() -> Entry:
    return record(SampleEvent.CHANGED, by=someone(), at=NOON)


def raw(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def raw_many(sql: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def contents() -> list[Any]:
    """Everything in the tables the ways change."""
    every = (Thing, Part, Tag, Thing.tags.through, Kept, KeptPart)
    return [list(model._default_manager.order_by("pk").values()) for model in every]
