"""The demonstration loads on any day at any hour, and never in production."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from infosharing.accounts.models import User
from infosharing.audit.models import Entry
from tests.engines import some_on_postgres


def test_it_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="setup_organisation"):
        call_command("load_demonstration")
    assert User.objects.count() == 0


DAYS = {
    "new year": datetime(2027, 1, 1, 0, 20, tzinfo=UTC),
    "leap day": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "clocks forward": datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    "clocks back": datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
    "late in summer": datetime(2027, 6, 8, 22, 59, tzinfo=UTC),
}


@pytest.mark.parametrize("day", some_on_postgres(list(DAYS), 5))
def test_it_loads_on_any_day_at_any_hour(db, day):
    now = DAYS[day]
    with time_machine.travel(now, tick=False):
        call_command("load_demonstration", "--quiet")
        assert Entry.objects.order_by("-at")[0].at <= now
