"""Every event that can be logged is logged somewhere, and nothing else is."""

import re
from pathlib import Path

import pytest

from infosharing.audit.events import EventCode

ROOT = Path(__file__).parents[2]
OURS = [
    path
    for place in ("infosharing", "decisions", "consent")
    for path in (ROOT / place).rglob("*.py")
    if path.name != "events.py"
]


def codes() -> list[type[EventCode]]:
    """The lists of the product; those of the tests' sample app are not ours."""
    return [
        found
        for found in EventCode.__subclasses__()
        if found.__module__.split(".")[0] in ("infosharing", "decisions", "consent")
    ]


@pytest.mark.parametrize("events", codes(), ids=lambda events: events.__name__)
def test_every_event_is_used_and_every_one_used_exists(events):
    used = set()
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(rf"\b{events.__name__}\.([A-Z_]+)\b", text))
    assert used == {event.name for event in events}


def test_every_event_is_called_after_its_app():
    for events in codes():
        app = events.__module__.split(".")[-2]
        assert {event.value.split(".")[0] for event in events} == {app}
