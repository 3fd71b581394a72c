"""Which decisions have to be reviewed, by how many, and when an emergency is looked back at (R57).

Settled at the signature by the setting of the place as it is then, and kept with the version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, OuterRef, QuerySet, Subquery

from decisions.enums import ReviewKind, ReviewState
from decisions.models import Decision, ReviewSetting
from decisions.models.review import DEFAULT_LOOK_BACK_DAYS
from decisions.policies import SHARING, against_suggestion, is_emergency
from decisions.signed_body import Prepared
from infosharing.accounts.models import Organisation
from infosharing.workdays.clock import WorkingDays, day_of, end_of

CHOICES: Final = tuple(
    kind for kind in ReviewKind if kind not in (ReviewKind.EVERY, ReviewKind.CARRIED)
)
# A version that replaces one of these carries its need on: nobody has agreed yet.
_NOT_AGREED: Final = (
    ReviewState.WAITING,
    ReviewState.SECOND,
    ReviewState.RETURNED,
    ReviewState.DISAGREED,
)


@dataclass(frozen=True)
class Rules:
    """What a place has reviewed; without a setting of its own every decision, by one person."""

    kinds: frozenset[str] = frozenset({ReviewKind.EVERY.value})
    second: frozenset[str] = frozenset()
    look_back_days: int = DEFAULT_LOOK_BACK_DAYS


@dataclass(frozen=True)
class Need:
    """Why a version is reviewed, why by two people, and in how many days it is looked back at.

    Codes of ``ReviewKind`` in their order; ``look_back_days`` is 0 for anything but an emergency.
    """

    because: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    look_back_days: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, as it is shown, signed and kept."""
        return {
            "because": list(self.because),
            "second": list(self.second),
            "look_back_days": self.look_back_days,
        }


def need_of_data(data: dict[str, Any] | None) -> Need:
    """Return what was kept; before anybody could set it every decision was reviewed."""
    if data is None:
        return Need((ReviewKind.EVERY.value,))
    return Need(tuple(data["because"]), tuple(data["second"]), data["look_back_days"])


def setting_of(organisation: Organisation | int) -> ReviewSetting | None:
    """Return what a place has set last; None where nobody has; one query."""
    rows = ReviewSetting.objects.filter(organisation=organisation).select_related("set_by")
    return rows.order_by("-id").first()


def rules_of(setting: ReviewSetting | None) -> Rules:
    """Return what holds at a place with this setting, or without one."""
    if setting is None:
        return Rules()
    return Rules(frozenset(setting.kinds), frozenset(setting.second), setting.look_back_days)


def with_rules(rows: QuerySet[Any], organisation: str) -> QuerySet[Any]:
    """Fetch with rows what their places have set; ``organisation`` is the way to the place."""
    latest = ReviewSetting.objects.filter(organisation=OuterRef(organisation)).order_by("-id")
    found: QuerySet[Any] = rows.annotate(
        rule_kinds=Subquery(latest.values("kinds")[:1]),
        rule_second=Subquery(latest.values("second")[:1]),
        rule_days=Subquery(latest.values("look_back_days")[:1]),
    )
    return found


def rules_with(row: Model) -> Rules:
    """Return what ``with_rules`` fetched with a row."""
    found = vars(row)
    if found["rule_days"] is None:
        return Rules()
    return Rules(
        frozenset(found["rule_kinds"]), frozenset(found["rule_second"]), found["rule_days"]
    )


def kinds_of(prepared: Prepared) -> set[str]:
    """Return of which kinds a matter would be if it were signed like this."""
    guidance, decided = prepared.guidance, prepared.given["decision"]
    request = prepared.material.request
    outcome = decided["outcome"]
    shares = outcome in SHARING
    found = {
        ReviewKind.WITHOUT_CONSENT: shares and guidance.without_consent,
        ReviewKind.NOT_TOLD: shares and decided["person_informed"] is False,
        ReviewKind.REFUSED: outcome == "do_not_share",
        ReviewKind.EMERGENCY: is_emergency(guidance),
        ReviewKind.POLICE: bool(request.crime_investigation) or request.requester_kind == "police",
        ReviewKind.AGAINST_SUGGESTION: bool(outcome)
        and against_suggestion(guidance.suggestion, outcome),
        ReviewKind.AGAINST_ADVICE: bool(prepared.material.contrary_advice),
    }
    return {kind.value for kind, holds in found.items() if holds}


def need_of(prepared: Prepared, rules: Rules, decision: Decision) -> Need:
    """Return what a matter needs under these rules if it were signed now.

    What was to be reviewed and was not agreed has to be reviewed again: a new version is no way
    round a reviewer.
    """
    kinds = kinds_of(prepared)
    because, second = _met(kinds, rules.kinds), _met(kinds, rules.second)
    before = decision.version
    if before is not None and decision.review_state in _NOT_AGREED:
        because |= {ReviewKind.CARRIED.value}
        if before.second_because:
            second |= {ReviewKind.CARRIED.value}
    emergency = decision.version is None and ReviewKind.EMERGENCY in kinds
    return Need(
        because=_ordered(because | second),
        second=_ordered(second),
        look_back_days=rules.look_back_days if emergency else 0,
    )


def _met(kinds: set[str], wanted: frozenset[str]) -> set[str]:
    if ReviewKind.EVERY in wanted:
        return {ReviewKind.EVERY.value}
    return kinds & wanted


def _ordered(codes: Iterable[str]) -> tuple[str, ...]:
    found = set(codes)
    return tuple(kind.value for kind in ReviewKind if kind.value in found)


def look_back_by(need: Need, at: datetime, days: WorkingDays) -> datetime | None:
    """Return until when an emergency is looked back at; None for anything else."""
    if not need.look_back_days:
        return None
    day = day_of(at)
    for _ in range(need.look_back_days):
        day = days.after(day)
    return end_of(day)
