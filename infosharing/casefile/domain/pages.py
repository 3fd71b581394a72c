"""Pages that are made once: looked up by what they are made of, and made anew when damaged."""

import logging
from datetime import date, datetime

from infosharing.casefile import store
from infosharing.casefile.models import KeptPages

logger = logging.getLogger("infosharing.exports")


def kept_pages(made_of: str, *, on: date) -> tuple[bytes, int] | None:
    """Return pages that were kept, and how many they are.

    None where there are none, or they are not what was kept.
    """
    row = KeptPages.objects.filter(made_of=made_of).first()
    if row is None:
        return None
    try:
        body = store.read(row.stored_as, row.sha256)
    except store.Damaged:
        logger.error("kept pages %s are missing or changed: they are made again", row.stored_as)
        KeptPages.objects.filter(pk=row.pk, stored_as=row.stored_as).delete()
        return None
    if row.used_on != on:
        KeptPages.objects.filter(pk=row.pk).update(used_on=on)
    return body, row.pages


def keep_pages(made_of: str, body: bytes, *, pages: int, at: datetime, on: date) -> None:
    """Keep pages for the next time; whoever made the same meanwhile was first."""
    stored_as, sha256 = store.put(body)
    _row, made = KeptPages.objects.get_or_create(
        made_of=made_of,
        defaults={
            "pages": pages,
            "stored_as": stored_as,
            "sha256": sha256,
            "size": len(body),
            "made_at": at,
            "used_on": on,
        },
    )
    if not made:
        store.drop(stored_as)


def forget_pages(*, unused_since: date) -> int:
    """Delete pages that nothing has needed for long; return how many."""
    rows = list(KeptPages.objects.filter(used_on__lt=unused_since)[:1000])
    KeptPages.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        store.drop(row.stored_as)
    return len(rows)
