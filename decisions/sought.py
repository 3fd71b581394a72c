"""Advice that was sought and not had: still open, or tried in vain; one query for both."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast

from decisions.models import AdviceRequest, AdviceTried, Decision
from infosharing.journeys.templatetags.british import british_date
from infosharing.workdays.clock import day_of

OPEN, IN_VAIN = "open", "in_vain"


@dataclass(frozen=True)
class Asked:
    """A question put to somebody here that nobody has answered yet."""

    name: str
    asked_at: datetime

    @property
    def day(self) -> str:
        """The day on which it was asked, in words."""
        return british_date(day_of(self.asked_at))


@dataclass(frozen=True)
class Tried:
    """Somebody whom nobody reached: the role, and how it was tried (guide.md section 5)."""

    role: str
    how: str


@dataclass(frozen=True)
class Sought:
    """What was sought for a decision, each in the order in which it was."""

    open: list[Asked] = field(default_factory=list)
    in_vain: list[Tried] = field(default_factory=list)


def sought_for(decision: Decision) -> Sought:
    """Return the questions still open and the attempts in vain; one query."""
    asked = AdviceRequest.objects.filter(decision=decision, answered_at=None).values_list(
        Value(OPEN, output_field=CharField()),
        "id",
        Cast(F("asked_of__name"), CharField(max_length=450)),
        Value("", output_field=TextField()),
        "asked_at",
    )
    tried = AdviceTried.objects.filter(decision=decision).values_list(
        Value(IN_VAIN, output_field=CharField()),
        "id",
        Cast(F("role"), CharField(max_length=450)),
        "how",
        "recorded_at",
    )
    found = Sought()
    for kind, _id, who, how, at in sorted(asked.union(tried, all=True), key=lambda row: row[:2]):
        if kind == OPEN:
            found.open.append(Asked(who, at))
        else:
            found.in_vain.append(Tried(who, how))
    return found
