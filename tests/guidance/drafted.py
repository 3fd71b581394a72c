"""Decisions as they are drafted, for what is missing before one can be signed."""

from tests.guidance.build import (
    BARE,
    guide,
)

HARM = {"significant_harm": "yes"}
GROUND = {"grounds": ["seeking_would_endanger"]}
BLANK = ["", " ", "\t\n", "\u00a0", "\u2003\u3000", "\u2028\x1f\x85"]
ABSENT = [None, *BLANK]


def missing(facts, pack=BARE):
    guidance = guide(facts, pack)
    assert guidance.to_write_up == ()
    return list(guidance.missing)
