"""Which stories of the demonstration are copied: those that are over, and those that are not."""

from typing import Final

from infosharing.casefile.demonstration import (
    after_sending,
    consenting,
    once_more,
    refusing,
    special,
    waiting,
)
from infosharing.casefile.demonstration.loading import STORIES
from infosharing.casefile.demonstration.telling import Story

# Nothing of these is left to do, so they may lie years back; no consent in them runs out.
SETTLED: Final[tuple[Story, ...]] = (
    refusing.unknown_caller,
    consenting.limited_yes,
    consenting.taken_back_and_answered,
    after_sending.came_back,
    after_sending.pressed,
    once_more.written_up,
    special.hidden_address,
    special.visitor_at_risk,
    special.hoax,
)
# Told at another school, so not of one that is copied.
ELSEWHERE: Final[tuple[Story, ...]] = (waiting.next_door,)
# These happened in the last days, and somebody has to go on with them.
OPEN: Final[tuple[Story, ...]] = tuple(
    story for story in STORIES if story not in (*SETTLED, *ELSEWHERE)
)
