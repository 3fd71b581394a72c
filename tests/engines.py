"""What is tried in every case on SQLite, and in some on PostgreSQL.

Both engines are asked every kind of question. Cases of one test that differ in dates, words or
stories, and not in what is asked of the database, are all tried on the quicker one only.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from django.db import connection

from tests.tools.settings import HARDLY_PLANNED

POSTGRES: Final = connection.vendor == "postgresql"
Case = TypeVar("Case")


def some_on_postgres(cases: Sequence[Case], every: int) -> Sequence[Case]:
    """Return the cases to try: on PostgreSQL each of so many, beginning with the first."""
    return cases[::every] if POSTGRES else cases


def planned_as_in_production() -> None:
    """Let PostgreSQL look for the best way to ask, as it does by itself, until the test ends."""
    if not POSTGRES:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, boot_val, true) FROM pg_settings WHERE name = ANY(%s)",
            [list(HARDLY_PLANNED)],
        )
