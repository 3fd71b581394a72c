"""Searches are kept under an opaque id, so that no name stands in an address (R56)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from infosharing.accounts.models import User
from infosharing.audit.acts import act, repeatable
from infosharing.audit.recording import record
from infosharing.search.events import SearchEvent
from infosharing.search.models import KeptSearch

LATEST: Final = 20  # searches without a name that are kept, for the back button
MOST: Final = 50  # filters with a name


class UnableToSave(Exception):
    """A filter cannot be saved; says why in a sentence for the person."""


@act
@repeatable
def make_search(*, listing: str, words: Mapping[str, str], by: User, at: datetime) -> KeptSearch:
    """Looked for something in a list.

    The same words are the same search; of the others the latest ``LATEST`` are kept.
    """
    rows = list(KeptSearch.objects.filter(owner=by, listing=listing, name="").order_by("-made_at"))
    found = next((row for row in rows if row.words == dict(words)), None)
    if found is None:
        found = KeptSearch.objects.create(owner=by, listing=listing, words=dict(words), made_at=at)
        KeptSearch.objects.filter(pk__in=[row.pk for row in rows[LATEST - 1 :]]).delete()
    else:
        found.made_at = at
        found.save(update_fields=["made_at"])
    record(SearchEvent.MADE, by=by, at=at, about=found, details={"list": listing})
    return found


@act
def save_filter(
    *,
    listing: str,
    name: str,
    words: Mapping[str, str],
    choices: Mapping[str, Sequence[str]],
    by: User,
    at: datetime,
) -> KeptSearch:
    """Saved a filter under a name, for oneself.

    :raises UnableToSave: for a name in use, or when there are too many.
    """
    own = KeptSearch.objects.filter(owner=by, listing=listing).exclude(name="")
    names = {kept.casefold() for kept in own.values_list("name", flat=True)}
    if name.casefold() in names:
        raise UnableToSave("You have a saved filter of this name. Choose another name")
    if len(names) >= MOST:
        raise UnableToSave(f"You have {MOST} saved filters. Delete one that you do not need")
    found = KeptSearch.objects.create(
        owner=by,
        listing=listing,
        name=name,
        words=dict(words),
        choices={key: list(values) for key, values in choices.items()},
        made_at=at,
    )
    record(SearchEvent.KEPT, by=by, at=at, about=found, details={"list": listing})
    return found


@act
def drop_filter(*, kept: KeptSearch, by: User, at: datetime) -> None:
    """Deleted a saved filter."""
    about = ("search.keptsearch", kept.public_id)
    listing = kept.listing
    kept.delete()
    record(SearchEvent.DROPPED, by=by, at=at, about=about, details={"list": listing})
