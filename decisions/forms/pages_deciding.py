"""Pages of the decision itself: grounds, outcome, going against guide or advice (R18, R28, R45)."""

from collections.abc import Mapping, Sequence
from typing import Any

from infosharing.guidance.codes import GROUNDS, OUTCOMES
from infosharing.journeys.forms import CheckboxesField, LongTextField, PlainForm, RadioField


class GroundsForm(PlainForm):
    """Grounds for sharing without consent; none is a fair answer unless it is needed."""

    grounds = CheckboxesField(
        label="Which of these hold here?",
        help_text="Tick all that hold. Tick nothing if none does.",
        choices=GROUNDS,
        hints={
            "seeking_would_endanger": "Nobody was asked, for that reason.",
            "refusal_leaves_child_at_risk": "The one for when a child, or somebody for a child, "
            "was asked and said no.",
            "public_function": "On its own it is no reason once somebody has said no. On the page "
            "about the law you may rely on public duties all the same: that is another question.",
        },
        required=False,
    )
    note = LongTextField(
        label="What makes you think so?",
        help_text="What was seen or said, by whom, when.",
        required=False,
        rows=4,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        needed: bool = False,
        refused: bool = False,
        if_shared: bool = False,
    ) -> None:
        """Say what the page is for now.

        ``refused``: somebody was asked and said no, or took a yes back. ``if_shared``: nothing is
        decided yet, and sharing it would need one of them.
        """
        super().__init__(data)
        if refused:
            self.fields["grounds"].help_text = (
                "Somebody said no. A no is respected unless something weighs more: harm to a "
                "child, a serious crime, somebody’s life, the law. Tick what does, or nothing."
            )
        if if_shared:
            self.fields["grounds"].help_text += (
                " Nobody’s consent can be relied on as it stands: if you decide to share, one of "
                "these is needed."
            )
        self.fields["grounds"].required = needed
        self.fields["grounds"].error_messages["required"] = (
            "Tick at least one ground, as you are sharing without consent"
        )


class OutcomeForm(PlainForm):
    """Share, share part of it or do not share; why; in which role.

    Who holds one role only is told so and not asked.
    """

    outcome = RadioField(
        label="What do you decide?",
        choices=OUTCOMES,
        hints={
            "share": "What you list goes to the people you name.",
            "share_in_part": "Some of it is held back or has parts taken out.",
            "do_not_share": "Nothing is sent. The reasons are kept all the same.",
        },
        error_messages={"required": "Choose what you decide"},
    )
    reasons = LongTextField(
        label="Why?",
        help_text="The facts, and how you weighed harm from sharing against harm from not "
        "sharing. Somebody who does not know you may read this in twenty years.",
        rows=6,
        error_messages={"required": "Give your reasons"},
    )
    decided_by_role = RadioField(
        label="In which role do you decide?",
        choices=(),
        error_messages={
            "required": "Choose the role in which you decide",
            "invalid_choice": "Choose a role that you hold: whoever signs decides in their own",
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, roles: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["decided_by_role"].choices = list(roles)  # type: ignore[attr-defined]
        if len(roles) == 1:
            del self.fields["decided_by_role"]
            self.fields["outcome"].help_text = f"You decide as {roles[0][1]}."


class AgainstForm(PlainForm):
    """Why the decision is not what the guide suggests (guide.md: it never decides)."""

    override_reasons = LongTextField(
        label="Why do you decide differently?",
        help_text="You may. Say what the guide could not know, or what weighs more.",
        rows=6,
        error_messages={"required": "Say why you are not doing what the guide suggests"},
    )
    advice_reasons = LongTextField(
        label="Why do you go against the advice?",
        rows=6,
        error_messages={"required": "Say why you are not doing what you were advised"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        guide: bool = True,
        advisers: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        if not guide:
            del self.fields["override_reasons"]
        if not advisers:
            del self.fields["advice_reasons"]
            return
        self.fields["advice_reasons"].help_text = (
            f"{', '.join(advisers)} advised otherwise. You may go against it. Say what they "
            "could not know, or what weighs more: they can read it on the decision."
        )


class AnswersForm(PlainForm):
    """What a returned version needs beside its own pages; the questions are added to it."""

    unchanged_because = LongTextField(
        label="If you change nothing: why is it signed again as it was?",
        help_text="Leave this empty if you make changes.",
        required=False,
        rows=4,
    )
