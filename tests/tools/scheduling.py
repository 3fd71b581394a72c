"""Which worker gets which test: each by itself, and a file whole where its tests share much.

pytest-xdist's own mark for that (``xdist_group``) is passed over by pytest 9.2: it writes the group
into what pytest has made read-only.
"""

from typing import Final

from xdist.scheduler import LoadScopeScheduling

# What their tests look at is made once, which takes many seconds.
TOGETHER: Final = frozenset(
    {
        "tests/casefile/test_bulk.py",
        "tests/casefile/test_demonstration.py",
        "tests/failures/test_killed.py",
        "tests/failures/test_outages.py",
    }
)


def goes_with(nodeid: str) -> str:
    """Return what a test has in common with those that the same worker is to get."""
    path = nodeid.partition("::")[0]
    return path if path in TOGETHER else nodeid


class Scheduling(LoadScopeScheduling):
    """Hands out what goes together first, then test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return goes_with(nodeid)
