from collections.abc import Iterator

import pytest

from tests.audit.support import flush_allowed


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    with flush_allowed():
        yield
