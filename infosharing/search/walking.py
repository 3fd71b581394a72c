"""Lists over many places: walked along the index of their order, not gathered place by place."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Func, Q
from django.db.models.lookups import In


class _Bare(Func):
    """A column that SQLite looks up in no index: its own ``+`` says so; elsewhere as it is."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it as SQLite reads it."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def at_places(field: str, places: Collection[int]) -> Q:
    """Return what is true of rows whose ``field`` is one of these places.

    One place is entered by its index. Of many, SQLite would fetch and order all rows of each
    before it gives the first fifty; asked like this it walks from the latest and picks out.
    PostgreSQL counts the cost and does so by itself.
    """
    if len(places) < 2:
        return Q(**{f"{field}__in": list(places)})
    return Q(In(_Bare(F(field)), list(places)))
