"""Signing in for real, with counters at nought."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from infosharing.accounts.models import User
from tests.people import PASSWORD, Cast


@pytest.fixture
def people(cast) -> Cast:
    """The cast, each with an e-mail address, none of whom has tried to sign in yet."""
    cache.clear()
    hashed = make_password(PASSWORD)
    for username, user in cast.everybody().items():
        user.email = f"{username}@school.example.org"
        user.password = hashed
    User.objects.bulk_update(cast.everybody().values(), ["email", "password"])
    return cast
