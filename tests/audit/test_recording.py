"""The writer: what goes in, what is refused, what it costs (L1, L5)."""

# ruff: noqa: PT012 - a whole transaction is refused, not one line of it

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from infosharing.audit import log_format, recording
from infosharing.audit.events import EventCode, Outcome
from infosharing.audit.models import Entry, Payload
from infosharing.audit.recording import (
    OutsideTransaction,
    StoredDifferently,
    UnknownActor,
    UnknownEvent,
    record,
    record_refusal,
    record_sight,
)
from infosharing.audit.requests import request_is
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.sampleapp.models import Thing
from tests.audit.support import NOON, setting_up, someone

transactional = pytest.mark.django_db(transaction=True)


def written(**more: Any) -> Entry:
    given: dict[str, Any] = {"by": someone(), "at": NOON, **more}
    with transaction.atomic():
        return record(SampleEvent.CHANGED, **given)


@pytest.mark.django_db
class TestWhatIsWritten:
    def test_header_and_columns_say_the_same(self) -> None:
        by, organisation, case = someone(), someone(), someone()
        with setting_up():
            thing = Thing.objects.create()
        at = datetime(2026, 7, 1, 13, 5, 6, 70, tzinfo=timezone(timedelta(hours=1)))
        entry = written(
            by=by,
            at=at,
            organisation=organisation,
            case=case,
            about=thing,
            outcome=Outcome.REFUSED,
            request_id="req-1",
        )
        assert json.loads(entry.header) == {
            "actor": by.public_id,
            "at": "2026-07-01T12:05:06.000070Z",
            "case": case.public_id,
            "event": "auditsample.changed",
            "format": 1,
            "object_id": thing.public_id,
            "object_type": "auditsample.thing",
            "organisation": organisation.public_id,
            "outcome": "refused",
            "payload": False,
            "request_id": "req-1",
            "seq": 1,
        }
        stored = Entry.objects.get()
        assert bytes(stored.header) == entry.header
        assert stored.at == at
        assert (stored.event, stored.outcome) == ("auditsample.changed", "refused")
        assert (stored.actor_id, stored.organisation_id) == (by.public_id, organisation.public_id)
        assert (stored.case_id, stored.request_id) == (case.public_id, "req-1")
        assert (stored.object_type, stored.object_id) == ("auditsample.thing", thing.public_id)

    def test_the_first_follows_from_nothing_and_each_from_the_one_before(self) -> None:
        entries = [written() for _ in range(5)]
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
        assert entries[0].prev_hash == bytes(32)
        for before, after in pairwise(entries):
            assert after.prev_hash == before.entry_hash

    def test_details_go_to_a_salted_payload_and_never_to_the_header(self) -> None:
        first = written(details={"name": "Łukasz", "on": date(2026, 1, 2), "n": 3, "of": [None]})
        second = written(details={"name": "Łukasz", "on": date(2026, 1, 2), "n": 3, "of": [None]})
        kept = Payload.objects.get(seq=first.seq)
        assert bytes(kept.payload) == (
            b'{"n":3,"name":"\\u0141ukasz","of":[null],"on":"2026-01-02"}'
        )
        assert len(kept.salt) == 32
        assert first.commitment == log_format.commitment(bytes(kept.salt), bytes(kept.payload))
        assert first.commitment != second.commitment
        assert json.loads(first.header)["payload"] is True
        assert b"ukasz" not in first.header

    def test_without_details_there_is_no_payload(self) -> None:
        for details in (None, {}):
            entry = written(details=details)
            assert bytes(entry.commitment) == b""
            assert json.loads(entry.header)["payload"] is False
        assert not Payload.objects.exists()

    def test_the_system_acts_only_when_said_so(self) -> None:
        assert written(by=None, system=True).actor_id == "system"
        with pytest.raises(UnknownActor):
            written(by=None)
        with pytest.raises(UnknownActor):
            written(by=someone(), system=True)

    def test_about_can_be_a_type_and_an_id(self) -> None:
        digest = hashlib.sha256(b"pack").hexdigest()
        entry = written(about=("guidance.pack", digest))
        assert (entry.object_type, entry.object_id) == ("guidance.pack", digest)

    def test_the_request_is_known_without_being_passed(self) -> None:
        with request_is("abc"):
            assert written().request_id == "abc"
            assert written(request_id="other").request_id == "other"
        assert written().request_id == ""

    def test_a_rolled_back_entry_leaves_no_gap(self) -> None:
        written()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(SampleEvent.CHANGED, by=someone(), at=NOON)
            raise ZeroDivisionError
        assert written().seq == 2


@pytest.mark.django_db
class TestWhatIsRefused:
    @pytest.mark.parametrize("event", ["auditsample.changed", Outcome.DONE, None, SampleEvent])
    def test_anything_but_an_event_code(self, event: Any) -> None:
        with pytest.raises(UnknownEvent), transaction.atomic():
            record(event, by=someone(), at=NOON)

    def test_choices_that_are_no_events(self) -> None:
        class Other(models.TextChoices):
            X = "auditsample.x", "X"

        with pytest.raises(UnknownEvent), transaction.atomic():
            record(Other.X, by=someone(), at=NOON)  # type: ignore[arg-type]

    @pytest.mark.parametrize("name", ["by", "organisation", "case", "about"])
    def test_things_without_an_id(self, name: str) -> None:
        with pytest.raises(TypeError):
            written(**{name: object()})

    @pytest.mark.parametrize(
        "more",
        [
            {"about": ("auditsample.thing", "John Smith")},
            {"about": ("a name", "x")},
            {"about": ("auditsample.thing", "")},
            {"request_id": "with space"},
            {"request_id": "x" * 65},
        ],
    )
    def test_anything_that_could_be_a_name_in_the_header(self, more: dict[str, Any]) -> None:
        with pytest.raises(log_format.Malformed):
            written(**more)

    def test_an_id_of_another_form(self) -> None:
        class Named:
            public_id = "Jane Doe of Anytown Sch"

        with pytest.raises(log_format.Malformed):
            written(by=Named())

    @pytest.mark.parametrize("value", [1.5, b"x", object(), {1: 2}, {"a": {2.5}}])
    def test_details_that_are_not_plain(self, value: Any) -> None:
        with pytest.raises(TypeError):
            written(details={"value": value})

    def test_times_without_a_zone(self) -> None:
        naive = datetime(2026, 1, 1)  # noqa: DTZ001
        with pytest.raises(ValueError, match="aware"):
            written(at=naive)
        with pytest.raises(ValueError, match="aware"):
            written(details={"when": naive})

    def test_nothing_is_written_when_refused(self) -> None:
        with pytest.raises(TypeError):
            written(details={"value": 1.5})
        assert not Entry.objects.exists()

    def test_other_bytes_than_were_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        save = Entry.save

        def altered(self: Entry, **kwargs: Any) -> None:
            save(self, **kwargs)
            self.header = bytes(self.header).replace(b"done", b"seen")

        monkeypatch.setattr(Entry, "save", altered)
        with pytest.raises(StoredDifferently):
            written()
        assert not Entry.objects.exists()


@transactional
class TestTransactions:
    def test_an_entry_outside_a_transaction_is_refused(self) -> None:
        with pytest.raises(OutsideTransaction):
            record(SampleEvent.CHANGED, by=someone(), at=NOON)

    def test_a_refusal_and_a_sight_commit_on_their_own(self) -> None:
        record_refusal(SampleEvent.REFUSED, by=someone(), at=NOON, details={"asked": "x"})
        record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
        assert [e.outcome for e in Entry.objects.order_by("seq")] == ["refused", "seen"]

    @pytest.mark.parametrize("write", [record_refusal, record_sight])
    def test_inside_a_transaction_that_may_roll_back_they_are_refused(self, write: Any) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            write(SampleEvent.SEEN, by=someone(), at=NOON)

    def test_bytes_come_back_as_the_database_has_them(self) -> None:
        """RETURNING is what the check in ``record`` relies on."""
        with CaptureQueriesContext(
            connection,
        ) as queries:
            written()
        insert = next(q["sql"] for q in queries if q["sql"].startswith("INSERT"))
        assert 'RETURNING "audit_entry"."header"' in insert


@pytest.mark.django_db
def test_a_refusal_and_a_sight_work_inside_a_test_that_never_commits() -> None:
    assert record_refusal(SampleEvent.REFUSED, by=None, system=True, at=NOON).seq == 1
    assert record_sight(SampleEvent.SEEN, by=someone(), at=NOON).seq == 2


def data_statements(queries: CaptureQueriesContext) -> list[str]:
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [q["sql"] for q in queries if not q["sql"].startswith(control)]


@transactional
@pytest.mark.parametrize(("details", "more"), [(None, 0), ({"a": 1}, 1)])
def test_what_an_entry_costs(details: Any, more: int) -> None:
    record_sight(SampleEvent.SEEN, by=someone(), at=NOON)
    with CaptureQueriesContext(connection) as queries:
        record_sight(SampleEvent.SEEN, by=someone(), at=NOON, details=details)
    base = 3 if connection.vendor == "postgresql" else 2
    assert len(data_statements(queries)) == base + more, data_statements(queries)


def test_the_lock_is_the_number_that_is_written_down() -> None:
    digest = hashlib.sha256(b"infosharing/audit/tail").digest()
    assert int.from_bytes(digest[:8], "big", signed=True) == recording.TAIL_LOCK


def test_event_codes_can_be_made_only_below_the_base() -> None:
    assert not list(EventCode)
    assert SampleEvent.CHANGED.label == "Changed"
    assert datetime.now(UTC).tzinfo is not None
