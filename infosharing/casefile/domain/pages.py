"""Pages that are made once: looked up by what they are made of, and made anew when damaged.

Nobody does any of this: the program computes, and what it computed can be computed again. So
nothing here is an act.
"""

import logging
from datetime import date, datetime

from infosharing.casefile import store
from infosharing.casefile.models import Export, KeptPages

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


def drop_unknown(*, older_than: datetime) -> int:
    """Delete files that no export and no kept pages know, as a killed worker may leave them.

    Return how many. Younger files are left: they may just be on their way.
    """
    dropped = 0
    for path in store.files():
        try:
            young = path.stat().st_mtime >= older_than.timestamp()
        except FileNotFoundError:
            continue
        known = (
            young
            or Export.objects.filter(stored_as=path.name).exists()
            or KeptPages.objects.filter(stored_as=path.name).exists()
        )
        if not known:
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped
