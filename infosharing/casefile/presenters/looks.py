"""Who looked at a case, as its list shows it (R55)."""

from collections.abc import Sequence
from typing import Any, Final

from infosharing.audit.events import label
from infosharing.audit.models import Entry
from infosharing.casefile.queries import names_for, names_of_things
from infosharing.cases.models import Case
from infosharing.journeys.templatetags.british import british_datetime

HEADERS: Final = ["When", "Who", "What"]


def look_rows(entries: Sequence[Entry], case: Case) -> list[list[Any]]:
    """Return a row for each look; three queries for all the names and roles in them."""
    names = names_for(case, {}, frozenset(), actors={one.actor_id for one in entries})
    things = names_of_things(case, {one.object_id for one in entries if one.object_id})
    rows: list[list[Any]] = []
    for entry in entries:
        who = names.users.get(entry.actor_id)
        roles = names.roles(entry.actor_id, entry.at)
        rows.append(
            [
                british_datetime(entry.at),
                {
                    "text": who.name if who else "Somebody who is not known here any more",
                    "hint": ", ".join(roles) or "No role here then",
                },
                {"text": label(entry.event), "hint": things.get(entry.object_id, "")},
            ]
        )
    return rows
