"""Answers that several stories share."""

from typing import TypedDict


class Understood(TypedDict):
    """What whoever agrees or refuses must know and understand."""

    knows_what_happens: bool
    knows_who_is_told: bool
    knows_onward_sharing: bool
    knows_why: bool
    consequences_explained: bool
    freely_given: bool
    understood: bool


UNDERSTOOD = Understood(
    knows_what_happens=True,
    knows_who_is_told=True,
    knows_onward_sharing=True,
    knows_why=True,
    consequences_explained=True,
    freely_given=True,
    understood=True,
)
SAFEGUARDING = "safeguarding_of_children_and_individuals_at_risk"
USUAL = {
    "immediate_danger": "no",
    "purpose": "yes",
    "identifiable": "yes",
    "confidential": "yes",
    "significant_harm": "no",
    "serious_crime": "no",
    "legal_duty": "no",
}
HARM = {**USUAL, "significant_harm": "yes"}
