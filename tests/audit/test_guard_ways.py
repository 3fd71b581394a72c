"""No change without an entry, whatever way it is made (L1)."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models, transaction

from infosharing.audit.backends.guard import UnrecordedChange
from infosharing.audit.models import Entry
from tests.audit.sampleapp.models import Part, Tag, Thing
from tests.audit.support import setting_up
from tests.audit.writing import INSERT, contents, entry, raw, raw_many

transactional = pytest.mark.django_db(transaction=True)


def one() -> Thing:
    return Thing.objects.get(name="one")


def saved_again() -> None:
    thing = one()
    thing.name = "again"
    thing.save()


def bulk_updated() -> None:
    thing = one()
    thing.name = "bulk"
    Thing.objects.bulk_update([thing], ["name"])


def nested() -> None:
    with transaction.atomic(), transaction.atomic(savepoint=False), transaction.atomic():
        Thing.objects.create()


def kept_after_a_failure() -> None:
    Thing.objects.create()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Thing.objects.create()
        raise ZeroDivisionError


# Every way of changing a protected table without history.
WAYS: dict[str, Callable[[], Any]] = {
    "create": lambda: Thing.objects.create(),
    "save": lambda: Thing(name="new").save(),
    "save again": saved_again,
    "save some fields": lambda: one().save(update_fields=["name"]),
    "save with a chosen key": lambda: Thing(pk=999).save(),
    "update": lambda: Thing.objects.update(name="x"),
    "update by expression": lambda: Thing.objects.update(name=models.F("public_id")),
    "bulk_create": lambda: Thing.objects.bulk_create([Thing(), Thing()]),
    "bulk_create ignoring": lambda: Thing.objects.bulk_create([Thing()], ignore_conflicts=True),
    "bulk_create updating": lambda: Thing.objects.bulk_create(
        [Thing(code="one", name="changed")],
        update_conflicts=True,
        update_fields=["name"],
        unique_fields=["code"],
    ),
    "bulk_update": bulk_updated,
    "delete": lambda: one().delete(),
    "delete a queryset": lambda: Thing.objects.all().delete(),
    "delete, cascading": lambda: Thing.objects.filter(parts__isnull=False).delete(),
    "delete at once": lambda: Part.objects.all()._raw_delete("default"),
    "get_or_create": lambda: Thing.objects.get_or_create(code="unknown"),
    "update_or_create, new": lambda: Thing.objects.update_or_create(code="unknown"),
    "update_or_create, old": lambda: Thing.objects.update_or_create(
        code="one", defaults={"name": "other"}
    ),
    "many to many, add": lambda: one().tags.add(Tag.objects.get()),
    "many to many, set": lambda: one().tags.set([Tag.objects.get()]),
    "related create": lambda: one().parts.create(),
    "raw insert": lambda: raw(INSERT, "x" * 22, "raw"),
    "raw insert, lower case": lambda: raw(INSERT.lower(), "x" * 22, "raw"),
    "raw insert of many": lambda: raw_many(INSERT, [("x" * 22, "a"), ("y" * 22, "b")]),
    "raw insert from a select": lambda: raw(
        "WITH x AS (SELECT 'z' AS name) INSERT INTO auditsample_tag (name) SELECT name FROM x"
    ),
    "raw update": lambda: raw("UPDATE auditsample_thing SET name = 'raw'"),
    "raw delete": lambda: raw("/* x */ DELETE FROM auditsample_part"),
    "savepoints": nested,
    "beside a rollback": kept_after_a_failure,
}


def samples() -> None:
    """Start from the same rows again."""
    with setting_up():
        for model in (Thing.tags.through, Part, Thing, Tag):
            model._default_manager.all()._raw_delete("default")
        thing = Thing.objects.create(name="one", code="one")
        Part.objects.create(thing=thing)
        Tag.objects.create(name="tag")


class Circumstances:
    """In what a way of writing may find itself; each takes it and tries it out."""

    def refused_without_an_entry(self, way: Callable[[], Any]) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            way()

    def refused_at_once_outside_a_transaction(self, way: Callable[[], Any]) -> None:
        with pytest.raises(UnrecordedChange):
            way()

    def refused_when_only_the_entry_was_rolled_back(self, way: Callable[[], Any]) -> None:
        with pytest.raises(UnrecordedChange), transaction.atomic():
            way()
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                entry()
                raise ZeroDivisionError

    def refused_without_autocommit(self, way: Callable[[], Any]) -> None:
        """PostgreSQL begins with the first statement; SQLite need not, and is refused at once."""
        transaction.set_autocommit(False)
        try:
            with pytest.raises(UnrecordedChange):
                way()
                transaction.commit()
        finally:
            transaction.rollback()
            transaction.set_autocommit(True)

    def free_when_rolled_back(self, way: Callable[[], Any]) -> None:
        with transaction.atomic(), pytest.raises(ZeroDivisionError), transaction.atomic():
            way()
            raise ZeroDivisionError

    def kept_with_an_entry(self, way: Callable[[], Any]) -> None:
        with transaction.atomic():
            way()
            entry()

    def kept_with_an_entry_written_first(self, way: Callable[[], Any]) -> None:
        with transaction.atomic():
            entry()
            way()


@transactional
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_way_in_all_circumstances(way: Callable[[], Any], subtests: pytest.Subtests) -> None:
    tried = Circumstances()
    for name in [name for name in dir(tried) if not name.startswith("_")]:
        samples()
        before, entries = contents(), Entry.objects.count()
        with subtests.test(name):
            getattr(tried, name)(way)
            if name.startswith("kept"):
                assert contents() != before or way is WAYS["save some fields"]
                assert Entry.objects.count() == entries + 1
            else:
                assert contents() == before
                assert Entry.objects.count() == entries
