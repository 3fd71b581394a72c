"""What is thrown away by itself: nothing of the record.

It happens whenever somebody signs in, so that there is nothing to set up and to forget.
"""

from datetime import datetime

from django.contrib.sessions.models import Session

from infosharing.access import posted
from infosharing.audit import submissions

# Three times as long as a kept page waits to be sent, which carries its token.
SENT_FOR = 3 * posted.KEPT_FOR


def tidy(at: datetime) -> None:
    """Throw away pages nobody came back for, and which forms were sent a long time ago.

    And sessions that are over, with what was typed in them and not recorded.
    """
    posted.drop_old(at)
    submissions.forget(at - SENT_FOR)
    Session.objects.filter(expire_date__lt=at).delete()
