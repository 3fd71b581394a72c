"""Which stories of the demonstration are copied: those that are over, and those that are not."""

from typing import Final

from infosharing.casefile.demonstration import agreeing, kept_close, refusing, sharing, waiting
from infosharing.casefile.demonstration.telling import Story

# Nothing of these is left to do, so they may lie years back.
SETTLED: Final[tuple[Story, ...]] = (
    agreeing.speech_therapy,
    refusing.unknown_caller,
)
# These happened in the last days, and somebody has to go on with them.
OPEN: Final[tuple[Story, ...]] = (
    sharing.injuries,
    sharing.lifts_and_money,
    agreeing.new_school,
    refusing.shop_theft,
    refusing.at_the_gate,
    waiting.health_visitor,
    waiting.overdue,
    waiting.due_tomorrow,
    kept_close.about_the_lead,
    kept_close.colleagues_child,
)
