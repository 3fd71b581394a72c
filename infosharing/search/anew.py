"""The words of everything that is found, made anew when they are made in another way than before.

After each ``migrate``: what is kept of the same texts changes with ``folding.FOLDING``, and which
of its numbers the rows were made by is a row itself. Words are only added: one that was made in the
old way finds nothing that its text does not say, and goes when its object is next saved. So it can
be broken off and begun again, while others work.
"""

from typing import Any, Final

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from infosharing.search.folding import FOLDING
from infosharing.search.models import Searched, Word, add_words

MADE_BY: Final = "folding"  # the kind of the row whose key is a ``FOLDING``
CHUNK: Final = 500


def words_made_anew(using: str, **_: Any) -> None:
    """Make all words once more if they were made in an older way; nothing to do on most days."""
    connection = connections[using]
    if Word._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
        return
    if Word.objects.using(using).filter(kind=MADE_BY, key=FOLDING).exists():
        return
    if Word.objects.using(using).exists():
        loader = MigrationLoader(connection)
        if not set(loader.graph.leaf_nodes()) <= loader.applied_migrations.keys():
            return  # tables are as they once were: the next ``migrate`` will do
        for model in apps.get_models():
            if issubclass(model, Searched):
                _add(model, using)
    Word.objects.using(using).filter(kind=MADE_BY).delete()
    Word.objects.using(using).create(kind=MADE_BY, word=b"", key=FOLDING)


def _add(model: type[Searched], using: str) -> None:
    last = 0
    while True:
        rows = model.found_now().using(using).filter(pk__gt=last).order_by("pk")[:CHUNK]
        texts: dict[tuple[str, int], list[str]] = {}
        for row in rows:
            last = row.pk
            for place, found in row.searched().items():
                texts.setdefault(place, []).extend(found)
        if not rows:
            return
        if texts:
            add_words(texts)
