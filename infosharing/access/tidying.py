"""What is thrown away by itself: nothing of the record.

It happens whenever somebody signs in, so that there is nothing to set up and to forget.
"""

from datetime import datetime

from infosharing.access import posted
from infosharing.audit import submissions

# Three times as long as a kept page waits to be sent, which carries its token.
SENT_FOR = 3 * posted.KEPT_FOR


def tidy(at: datetime) -> None:
    """Throw away pages nobody came back for, and which forms were sent a long time ago."""
    posted.drop_old(at)
    submissions.forget(at - SENT_FOR)
