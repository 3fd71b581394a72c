"""Logs to verify, for the tests of the verifier."""

from datetime import timedelta

from django.db import transaction

from infosharing.audit import stored
from infosharing.audit.events import Outcome
from infosharing.audit.models import Entry
from infosharing.audit.recording import record
from infosharing.audit.verification import Tip, Verification
from tests.audit.sampleapp.events import SampleEvent
from tests.audit.support import NOON, someone

SIZE = 9  # entries; the even ones have details


def write(size: int = SIZE) -> None:
    by, case = someone(), someone()
    with transaction.atomic():
        for number in range(1, size + 1):
            record(
                SampleEvent.CHANGED,
                by=by,
                at=NOON + timedelta(microseconds=number * 1000),
                outcome=Outcome.DONE,
                case=case,
                about=("auditsample.thing", "x" * 22),
                details={"secret": f"details {number}"} if number % 2 == 0 else None,
            )


def verified(*expected: Tip) -> list[tuple[int, str]]:
    last_payload, last_entry = stored.bounds()
    found = Verification(expected).findings(
        stored.entries(last_entry), stored.payloads(max(last_payload, last_entry))
    )
    return [(finding.seq, finding.fault.value) for finding in found]


def tip_now() -> Tip:
    last = Entry.objects.order_by("seq").last()
    assert last is not None
    return Tip(last.seq, bytes(last.entry_hash))
