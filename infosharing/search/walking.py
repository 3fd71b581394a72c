"""Lists over many places: walked along the index of their order, not gathered place by place."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Subquery
from django.db.models.lookups import In, IsNull


class _Bare(Func):
    """A column that SQLite looks up in no index: its own ``+`` says so; elsewhere as it is."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it as SQLite reads it."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def row_by_row(rows: QuerySet[Any]) -> Q:
    """Return whether there is such a row, to be asked anew for each row of the query outside.

    PostgreSQL may answer an EXISTS for all rows at once, by reading the whole table; not this.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def at_places(field: str, places: Collection[int]) -> Q:
    """Return what is true of rows whose ``field`` is one of these places.

    One place is entered by its index. Of many, SQLite would fetch and order all rows of each
    before it gives the first fifty; asked like this it walks from the latest and picks out.
    PostgreSQL counts the cost and does so by itself.
    """
    if len(places) < 2:
        return Q(**{f"{field}__in": list(places)})
    return Q(In(_Bare(F(field)), list(places)))
