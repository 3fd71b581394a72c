"""What of a place's decisions is reviewed: set by its administrator, with a reason (R57)."""

from collections.abc import Collection
from datetime import datetime

from decisions import needs
from decisions.enums import ReviewKind
from decisions.events import DecisionEvent
from decisions.models import ReviewSetting
from infosharing.access.domain.members import check_user_can_administer
from infosharing.accounts.models import Organisation, User
from infosharing.audit.acts import act
from infosharing.audit.recording import record

MOST_DAYS = 30


class UnableToSet(Exception):
    """It cannot be set like this; the message says why."""


class SetMeanwhile(Exception):
    """Somebody has set it otherwise since the page was shown."""


@act
def set_review_rules(
    *,
    organisation: Organisation,
    instead_of: str,
    kinds: Collection[str],
    second: Collection[str],
    look_back_days: int,
    reason: str,
    by: User,
    at: datetime,
) -> ReviewSetting:
    """Set which decisions are reviewed from now on; what was signed before keeps what it had.

    ``instead_of`` is the ``public_id`` of the setting that was shown, "" for none.

    :raises PermissionDenied: for anybody but an administrator of that very place.
    :raises SetMeanwhile: when it was set otherwise since it was shown.
    :raises UnableToSet: for nothing chosen, an unknown kind, no reason or too many days.
    """
    check_user_can_administer(by, organisation)
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    before = needs.setting_of(locked)
    if (before.public_id if before else "") != instead_of:
        raise SetMeanwhile
    known = {ReviewKind.EVERY.value, *(kind.value for kind in needs.CHOICES)}
    if not kinds or not known.issuperset({*kinds, *second}):
        raise UnableToSet("Choose every decision, or at least one kind.")
    if not 1 <= look_back_days <= MOST_DAYS:
        raise UnableToSet(f"Choose 1 to {MOST_DAYS} working days.")
    if not reason.strip():
        raise UnableToSet("Say why.")
    made = ReviewSetting.objects.create(
        organisation=locked,
        kinds=_plain(kinds),
        second=_plain(second),
        look_back_days=look_back_days,
        reason=reason,
        set_by=by,
        set_at=at,
    )
    record(
        DecisionEvent.REVIEW_SETTING_CHANGED,
        by=by,
        at=at,
        organisation=locked,
        about=made,
        details={
            "kinds": made.kinds,
            "second": made.second,
            "look_back_days": look_back_days,
            "reason": reason,
        },
    )
    return made


def _plain(codes: Collection[str]) -> list[str]:
    """Return codes in their order; every decision leaves nothing else to name."""
    if ReviewKind.EVERY in codes:
        return [ReviewKind.EVERY.value]
    return [kind.value for kind in ReviewKind if kind.value in set(codes)]
