"""The journey of a decision: its pages as data, their forms, and when each is needed."""

from decisions.journey.page_forms import consents_to_consider, judgement_words
from decisions.journey.pages import FIRST_PAGE, journey_for
from decisions.journey.situation import Situation, situation_of

__all__ = [
    "FIRST_PAGE",
    "Situation",
    "consents_to_consider",
    "journey_for",
    "judgement_words",
    "situation_of",
]
