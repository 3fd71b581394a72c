"""What pages get from the log: newest first, few statements, by an index."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from infosharing.audit import log_format
from infosharing.audit.models import Entry
from infosharing.audit.reading import (
    details_of,
    entries_about,
    entries_about_case,
    entries_by,
    header_of,
)
from infosharing.audit.recording import record
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Thing
from tests.audit.support import NOON, setting_up, someone

pytestmark = pytest.mark.django_db


def write(**more: Any) -> Entry:
    with transaction.atomic():
        return record(SampleEvent.CHANGED, **{"by": someone(), "at": NOON, **more})


def test_about_a_case_an_object_and_by_somebody() -> None:
    case, other, by = someone(), someone(), someone()
    with setting_up():
        thing = Thing.objects.create()
    for number in range(3):
        write(case=case, by=by, details={"n": number})
        write(case=other, about=thing)
        write(about=("guidance.pack", "abc"))
    assert [e.seq for e in entries_about_case(case.public_id)] == [7, 4, 1]
    assert [e.seq for e in entries_about(thing)[:2]] == [8, 5]
    assert [e.seq for e in entries_about(("guidance.pack", "abc"))] == [9, 6, 3]
    assert [e.seq for e in entries_by(by.public_id)] == [7, 4, 1]


def test_a_page_costs_two_statements() -> None:
    case = someone()
    for number in range(5):
        write(case=case, details={"n": number, "on": date(2026, 1, 2)} if number % 2 else None)
    with CaptureQueriesContext(connection) as queries:
        entries = list(entries_about_case(case.public_id)[:50])
        details = details_of(entries)
        shown = [(e.event, e.at, e.outcome, e.actor_id, details.get(e.seq)) for e in entries]
    assert len(queries) == 2
    assert [one[4] for one in shown] == [
        None, {"n": 3, "on": "2026-01-02"}, None, {"n": 1, "on": "2026-01-02"}, None,
    ]  # fmt: skip


def test_what_was_written_is_read_from_the_hashed_bytes() -> None:
    entry = write(about=("guidance.pack", "abc"))
    entry.header = bytes(entry.header).replace(b"abc", b"abd")
    assert header_of(entry).object_id == "abd"
    assert header_of(Entry.objects.get()).object_id == "abc"
    entry.header = b"{}"
    with pytest.raises(log_format.Malformed):
        header_of(entry)


@pytest.mark.parametrize("name", ["audit_entry_case", "audit_entry_object", "audit_entry_actor"])
def test_there_is_an_index_for_each_question(name: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "audit_entry")
    assert found[name]["columns"][-1] == "seq"
    assert found[name]["orders"][-1] == "DESC"
