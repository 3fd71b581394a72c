"""Loads the demonstration, whole or not at all."""

from datetime import datetime

from django.db import transaction

from infosharing.accounts.models import Organisation
from infosharing.casefile.demonstration import (
    after_sending,
    agreeing,
    consenting,
    kept_close,
    once_more,
    refusing,
    sharing,
    special,
    waiting,
)
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
    waiting.no_answer_yet,
    kept_close.about_the_lead,
    kept_close.colleagues_child,
    consenting.limited_yes,
    consenting.taken_back,
    consenting.taken_back_and_answered,
    consenting.again_and_again,
    after_sending.just_sent,
    after_sending.came_back,
    after_sending.astray,
    after_sending.pressed,
    once_more.written_up,
    once_more.put_right,
    once_more.opened_again,
    special.hidden_address,
    special.visitor_at_risk,
    special.hoax,
    special.left_lying,
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
