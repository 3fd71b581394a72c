"""What was done after consent changed."""

from decisions.enums import Reaction
from infosharing.journeys.forms import LongTextField, PlainForm, RadioField


class ReactionForm(PlainForm):
    """What somebody did about a change of consent, and why (R31)."""

    done = RadioField(
        label="What did you do?",
        choices=Reaction.choices,
        error_messages={"required": "Say what you did"},
    )
    words = LongTextField(
        label="What exactly, and why?",
        help_text="Whom you told and when, or why nothing has to change.",
        rows=4,
        error_messages={"required": "Say what exactly you did, and why"},
    )
