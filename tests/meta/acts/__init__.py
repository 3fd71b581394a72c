"""Every act once, with the entries it must write: the table of test_acts.

Each function here prepares what its act needs and returns a call that runs the act alone.
"""

from tests.meta.acts import after, around, cases, matters, people
from tests.meta.acts.table import TABLE

__all__ = ["TABLE", "after", "around", "cases", "matters", "people"]
