"""Pages made before they are needed: what an export then finds only has to be bound (0010).

While nothing waits, of what was signed or changed lately, then of what is older; and while a long
export is made, from its end, by a second process, until the two meet. Nobody is shown anything.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.db import DatabaseError
from django.utils import timezone

from decisions.models import Decision
from decisions.relying import has_changed, was_answered
from infosharing.casefile.domain import working
from infosharing.casefile.exported import allowed_records
from infosharing.casefile.models import Export
from infosharing.casefile.pdf.parts import decision_parts, version_pages

logger = logging.getLogger("infosharing.exports")
AT_ONCE: Final = 50  # changes, or decisions, whose pages are made in one go
LATELY: Final = timedelta(days=400)
UNUSED_DAYS: Final = 400  # pages that nothing looked for so long are thrown away
WORTH_IT: Final = 20  # decisions of an export from which a second process helps


def fresh(after: int) -> list[tuple[int, int]]:
    """Return some changes of signed decisions after one of them, the earliest first.

    Each is the key of the change and that of the decision; of some thirteen months.
    """
    since = timezone.now() - LATELY
    rows = Decision.history.filter(
        history_id__gt=after, history_date__gte=since, version_id__isnull=False
    )
    return list(rows.order_by("history_id").values_list("history_id", "id")[:AT_ONCE])


def older(before: int | None) -> list[int]:
    """Return some decisions signed longer ago, with keys below one of them, the latest first."""
    rows = Decision.objects.filter(version__isnull=False, signed_at__lt=timezone.now() - LATELY)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])


def make_ahead(keys: Iterable[int]) -> bool:
    """Make pages of decisions; return whether all were, False when an export came.

    Those of where a decision stands are made once it is closed: before, they change too often.
    """
    os.nice(10)
    for decision in _decisions(keys):
        if Export.objects.filter(working.waiting(timezone.now())).exists():
            return False
        _make(decision, whole=decision.closed_at is not None)
    return True


def help_with(public_id: str, claim: str) -> int:
    """Make pages of an export's decisions from the last one on, beside whoever makes it.

    Ends where the other one is, or when it is no longer theirs. Return how many were looked at.
    """
    export = Export.objects.select_related("asked_by").get(public_id=public_id)
    rows = allowed_records(export.asked_by).filter(export=export, decision__isnull=False)
    found = list(rows.order_by("-number").values_list("number", "decision"))
    looked = 0
    for start in range(0, len(found), AT_ONCE):
        some = dict(found[start : start + AT_ONCE])
        numbers = {key: number for number, key in some.items()}
        made = {one.pk: one for one in _decisions(numbers)}
        for key, number in numbers.items():
            ours = Export.objects.filter(working.held_by(claim), pk=export.pk, done__lt=number)
            if not ours.exists():
                return looked
            looked += 1
            _make(made[key], whole=True)
    return looked


def _decisions(keys: Iterable[int]) -> Iterator[Decision]:
    """Yield signed decisions with all that their pages tell."""
    rows = Decision.objects.select_related("organisation", "case", "request").annotate(
        consent_changed=has_changed("version"), consent_answered=was_answered("version")
    )
    yield from rows.filter(pk__in=set(keys)).order_by("pk")


def _make(decision: Decision, *, whole: bool) -> None:
    try:
        if whole:
            decision_parts(decision, timezone.now(), title="")
        else:
            for version in decision.versions.order_by("number"):
                version.decision = decision
                version_pages(version, timezone.now())
    except (DatabaseError, OSError):
        raise
    except Exception:
        # Whoever asks for it is told; nobody has yet.
        logger.exception("decision %s: its pages could not be made ahead", decision.public_id)
