"""Loads the demonstration, whole or not at all."""

from datetime import datetime

from django.db import transaction

from infosharing.accounts.models import Organisation
from infosharing.casefile.demonstration import agreeing, kept_close, refusing, sharing, waiting
from infosharing.casefile.demonstration.cast import TRUST, make_cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.telling import Story, tell

STORIES: tuple[Story, ...] = (
    sharing.injuries,
    sharing.lifts_and_money,
    agreeing.speech_therapy,
    agreeing.new_school,
    refusing.unknown_caller,
    refusing.shop_theft,
    refusing.at_the_gate,
    waiting.health_visitor,
    waiting.overdue,
    waiting.due_tomorrow,
    waiting.next_door,
    kept_close.about_the_lead,
    kept_close.colleagues_child,
)


def is_loaded() -> bool:
    """Return whether the demonstration is there."""
    return Organisation.objects.filter(name=TRUST, parent=None).exists()


def load(now: datetime) -> bool:
    """Make people and matters, dated relative to now; return False where they are there already."""
    if is_loaded():
        return False
    clock = Clock(now)
    with transaction.atomic():
        tell(STORIES, make_cast(clock.at(400, "09:00")), clock)
    return True
