"""The demonstration loads on any day at any hour, and never in production."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from infosharing.accounts.models import User
from infosharing.audit.models import Entry


@pytest.fixture
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_it_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="setup_organisation"):
        call_command("load_demonstration")
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 1, 0, 20, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 6, 8, 22, 59, tzinfo=UTC),
    ],
    ids=["new year", "leap day", "clocks forward", "clocks back", "late in summer"],
)
def test_it_loads_on_any_day_at_any_hour(quick_passwords, db, now):
    with time_machine.travel(now, tick=False):
        call_command("load_demonstration", "--quiet")
        assert Entry.objects.order_by("-at")[0].at <= now
