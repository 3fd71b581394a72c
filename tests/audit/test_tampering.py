"""Every way of tampering is found, named and placed (L3)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from infosharing.audit import log_format
from infosharing.audit.log_format import GENESIS
from infosharing.audit.models import Entry, Payload
from infosharing.audit.verification import Fault, Tip
from tests.audit.chains import SIZE, tip_now, verified, write
from tests.audit.support import NOON, unsealed


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def change(seq: int, **columns: Any) -> None:
    Entry.objects.filter(seq=seq).update(**columns)


def header(seq: int, old: bytes, new: bytes) -> bytes:
    found = bytes(Entry.objects.get(seq=seq).header)
    assert old in found
    return found.replace(old, new, 1)


def rehash(seq: int) -> None:
    """Give an entry the hash of its bytes as they are now."""
    entry = Entry.objects.get(seq=seq)
    change(
        seq,
        entry_hash=log_format.entry_hash(
            bytes(entry.prev_hash), bytes(entry.header), bytes(entry.commitment)
        ),
    )


def rechain(start: int) -> None:
    """Do as a clever owner of the database would: chain everything anew from here."""
    previous = Entry.objects.filter(seq__lt=start).order_by("seq").last()
    prev_hash = bytes(previous.entry_hash) if previous else GENESIS
    for entry in Entry.objects.filter(seq__gte=start).order_by("seq"):
        hashed = log_format.entry_hash(prev_hash, bytes(entry.header), bytes(entry.commitment))
        change(entry.seq, prev_hash=prev_hash, entry_hash=hashed)
        prev_hash = hashed


def swap(model: Any, one: int, other: int, *names: str) -> None:
    """Exchange columns of two rows, by way of values that are not taken."""
    first, second = model.objects.get(seq=one), model.objects.get(seq=other)
    for row in (first, second):
        if "prev_hash" in names:
            model.objects.filter(seq=row.seq).update(prev_hash=b"aside %d" % row.seq)
    for row, seq in ((first, other), (second, one)):
        model.objects.filter(seq=seq).update(**{name: getattr(row, name) for name in names})


def remove(*seqs: int) -> None:
    Entry.objects.filter(seq__in=seqs).delete()
    Payload.objects.filter(seq__in=seqs).delete()


def renumber(shift_from: int) -> None:
    """Close a gap by moving the later rows down by one."""
    for model in (Entry, Payload):
        for row in model.objects.filter(seq__gte=shift_from).order_by("seq"):
            model.objects.filter(seq=row.seq).update(seq=row.seq - 1)


def insert(seq: int, prev_hash: bytes, encoded: bytes) -> None:
    like = Entry.objects.order_by("seq").last()
    assert like is not None
    Entry(
        seq=seq,
        prev_hash=prev_hash,
        header=encoded,
        commitment=b"",
        entry_hash=log_format.entry_hash(prev_hash, encoded, b""),
        at=like.at,
        event=like.event,
        outcome=like.outcome,
        actor_id=like.actor_id,
        case_id=like.case_id,
        object_type=like.object_type,
        object_id=like.object_id,
    ).save(force_insert=True)


def slip_one_in() -> None:
    """Put an entry between 4 and 5, with the numbers moved up and its own hash in order."""
    for model in (Entry, Payload):
        for row in model.objects.filter(seq__gte=5).order_by("-seq"):
            model.objects.filter(seq=row.seq).update(seq=row.seq + 1)
    copied = bytes(Entry.objects.get(seq=6).header)
    prev_hash = bytes(Entry.objects.get(seq=4).entry_hash)
    change(6, prev_hash=b"aside")  # a link is taken once only
    insert(5, prev_hash, copied)


def append_a_forgery() -> None:
    last = Entry.objects.get(seq=SIZE)
    insert(SIZE + 1, b"x" * 32, header(SIZE, b'"seq":9', b'"seq":10'))
    assert last.seq == SIZE


def downgrade() -> None:
    change(3, header=header(3, b'"format":1', b'"format":0'))
    rechain(3)


def reformat() -> None:
    change(3, header=header(3, b'"case":', b'"case": '))
    rechain(3)


def flip(seq: int, name: str, model: Any = Entry) -> None:
    value = bytearray(bytes(getattr(model.objects.get(seq=seq), name)))
    value[len(value) // 2] ^= 1
    model.objects.filter(seq=seq).update(**{name: bytes(value)})


def orphan() -> None:
    Payload(seq=SIZE + 5, salt=b"x" * 32, payload=b"{}").save(force_insert=True)


def strip_everything() -> None:
    """Take the details away and say that there never were any."""
    change(4, header=header(4, b'"payload":true', b'"payload":false'), commitment=b"")
    Payload.objects.filter(seq=4).delete()


G, L, C, F = "gap", "linkage", "content", "format"
COL, P, M, U = "column", "payload", "missing", "unexpected"
MISSING = [(2, M), (4, M), (6, M), (8, M)]
# What is done to the log, and everything the verifier must say about it, in this order.
CORPUS: dict[str, tuple[Callable[[], Any], list[tuple[int, str]]]] = {
    "header, one bit": (lambda: flip(3, "header"), [(3, C), (3, F)]),
    "header, another actor": (
        lambda: change(3, header=header(3, b'"actor":"', b'"actor":"A')), [(3, C), (3, F)]),
    "header, refused instead of done": (
        lambda: change(3, header=header(3, b"done", b"refused")), [(3, C), (3, COL)]),
    "header and column alike": (
        lambda: change(3, header=header(3, b"done", b"refused"), outcome="refused"), [(3, C)]),
    "header, column and hash": (
        lambda: (change(3, header=header(3, b"done", b"seen"), outcome="seen"), rehash(3)),
        [(4, L)]),
    "the last entry rehashed": (
        lambda: (change(9, header=header(9, b"done", b"seen"), outcome="seen"), rehash(9)), []),
    "hash, one bit": (lambda: flip(3, "entry_hash"), [(3, C), (4, L)]),
    "link, one bit": (lambda: flip(3, "prev_hash"), [(3, L), (3, C)]),
    "link of the first": (lambda: flip(1, "prev_hash"), [(1, L), (1, C)]),
    "commitment, one bit": (lambda: flip(4, "commitment"), [(4, C), (4, P)]),
    "commitment, gone": (lambda: change(4, commitment=b""), [(4, C), (4, F), (4, P)]),
    "commitment, added": (lambda: change(3, commitment=b"x" * 32), [(3, C), (3, F)]),
    "payload, one bit": (lambda: flip(4, "payload", Payload), [(4, P)]),
    "payload, other text": (
        lambda: Payload.objects.filter(seq=4).update(payload=b'{"secret":"details 5"}'),
        [(4, P)]),
    "payload, written with a space": (
        lambda: Payload.objects.filter(seq=4).update(payload=b'{"secret": "details 4"}'),
        [(4, P)]),
    "payload, composed letters": (
        lambda: Payload.objects.filter(seq=4).update(payload=b'{"secret":"\\u00e9"}'), [(4, P)]),
    "salt, one bit": (lambda: flip(4, "salt", Payload), [(4, P)]),
    "salt, longer by nothing": (
        lambda: Payload.objects.filter(seq=4).update(
            salt=bytes(Payload.objects.get(seq=4).salt) + b"\0"), [(4, P)]),
    "payload removed": (lambda: Payload.objects.filter(seq=4).delete(), [(4, M)]),
    "all payloads removed": (
        lambda: Payload.objects.all().delete(), MISSING),
    "payloads exchanged": (
        lambda: swap(Payload, 4, 6, "salt", "payload"), [(4, P), (6, P)]),
    "payload added": (
        lambda: Payload(seq=3, salt=b"x" * 32, payload=b"{}").save(force_insert=True),
        [(3, U)]),
    "payload without an entry": (orphan, [(SIZE + 5, U)]),
    "details stripped from the entry": (strip_everything, [(4, C)]),
    "details stripped, rehashed": (lambda: (strip_everything(), rehash(4)), [(5, L)]),
    "first removed": (lambda: remove(1), [(1, G)]),
    "middle removed": (lambda: remove(4), [(4, G)]),
    "several removed": (lambda: remove(3, 4, 5), [(3, G)]),
    "two gaps": (lambda: remove(3, 6), [(3, G), (6, G)]),
    "middle removed, details left": (
        lambda: Entry.objects.filter(seq=4).delete(), [(4, U), (4, G)]),
    "middle removed, numbers closed up": (
        lambda: (remove(5), renumber(6)),
        [(5, L), (5, COL), (6, COL), (7, COL), (8, COL)]),
    "middle removed, chained anew": (
        lambda: (remove(5), rechain(6)), [(5, G)]),
    "one slipped in": (
        slip_one_in,
        [(5, COL), (6, L), (6, C), (6, COL), (7, COL), (8, COL), (9, COL), (10, COL)]),
    "one appended that follows nothing": (append_a_forgery, [(SIZE + 1, L)]),
    "two exchanged, rows and all": (
        lambda: swap(Entry, 3, 5, "prev_hash", "header", "commitment", "entry_hash"),
        [(3, L), (3, COL), (4, L), (5, L), (5, COL), (6, L)]),
    "two exchanged, headers": (
        lambda: swap(Entry, 3, 5, "header"), [(3, C), (3, COL), (5, C), (5, COL)]),
    "number far above": (
        lambda: sql("UPDATE audit_entry SET seq = 100 WHERE seq = 9"), [(9, G), (100, COL)]),
    "an older version claimed": (downgrade, [(3, F)]),
    "bytes in another form": (reformat, [(3, F)]),
    "column at": (lambda: change(3, at=NOON), [(3, COL)]),
    "column event": (lambda: change(3, event="x.y"), [(3, COL)]),
    "column outcome": (lambda: change(3, outcome="seen"), [(3, COL)]),
    "column actor_id": (lambda: change(3, actor_id="A" * 22), [(3, COL)]),
    "column organisation_id": (lambda: change(3, organisation_id="A" * 22), [(3, COL)]),
    "column case_id": (lambda: change(3, case_id=""), [(3, COL)]),
    "column object_type": (lambda: change(3, object_type="a.b"), [(3, COL)]),
    "column object_id": (lambda: change(3, object_id="A" * 22), [(3, COL)]),
    "column request_id": (lambda: change(3, request_id="x"), [(3, COL)]),
    "column with a space": (lambda: change(3, event="auditsample.changed "), [(3, COL)]),
}  # fmt: skip


@pytest.mark.django_db
class TestTampering:
    @pytest.mark.parametrize(("tamper", "expected"), CORPUS.values(), ids=CORPUS.keys())
    def test_is_found_named_and_placed(
        self, tamper: Callable[[], Any], expected: list[tuple[int, str]]
    ) -> None:
        write()
        assert verified() == []
        with unsealed():
            tamper()
        assert verified() == expected

    @pytest.mark.parametrize(
        ("tamper", "expected"),
        [
            (lambda: remove(9), [(9, "truncated")]),
            (lambda: remove(7, 8, 9), [(7, "truncated")]),
            (lambda: remove(*range(1, 10)), [(1, "truncated")]),
            (
                lambda: (change(9, header=header(9, b"done", b"seen"), outcome="seen"), rehash(9)),
                [(9, "rewritten")],
            ),
            (
                lambda: (change(3, header=header(3, b"done", b"seen"), outcome="seen"), rechain(3)),
                [(9, "rewritten")],
            ),
            (lambda: (strip_everything(), rechain(4)), [(9, "rewritten")]),
            (lambda: (remove(9), renumber(99)), [(9, "truncated")]),
            (
                lambda: remove(9) or Payload.objects.filter(seq=8).delete(),
                [(8, M), (9, "truncated")],
            ),
        ],
        ids=["last", "tail", "all", "last rehashed", "chained anew", "stripped", "x", "both"],
    )
    def test_what_only_a_tip_held_elsewhere_shows(
        self, tamper: Callable[[], Any], expected: list[tuple[int, str]]
    ) -> None:
        write()
        tip = tip_now()
        assert verified(tip) == []
        with unsealed():
            tamper()
        without = [found for found in expected if found[1] not in ("truncated", "rewritten")]
        assert verified() == without, "invisible without the tip"
        assert verified(tip) == expected

    def test_a_tip_from_before_stays_good_while_the_log_grows(self) -> None:
        tips = [Tip(0, GENESIS)]
        for _ in range(3):
            write(3)
            tips.append(tip_now())
        assert verified(*tips) == []

    def test_a_rewritten_middle_is_placed_by_the_tips_around_it(self) -> None:
        write(3)
        old = tip_now()
        write(6)
        new = tip_now()
        with unsealed():
            change(5, header=header(5, b"done", b"seen"), outcome="seen")
            rechain(5)
        assert verified(new, old) == [(9, "rewritten")]

    def test_another_log_of_the_same_size(self) -> None:
        write()
        tip = tip_now()
        with unsealed():
            remove(*range(1, SIZE + 1))
        write()
        assert verified() == []
        assert verified(tip) == [(SIZE, "rewritten")]

    def test_an_older_copy_put_back_and_carried_on(self) -> None:
        write()
        tip = tip_now()
        with unsealed():
            remove(8, 9)
        write(3)
        assert verified() == []
        assert verified(tip) == [(SIZE, "rewritten")]

    if connection.vendor == "sqlite":

        def test_things_sqlite_would_store(self) -> None:
            """It takes any type anywhere; nothing may make the verifier stumble."""
            write()
            with unsealed():
                sql("UPDATE audit_entry SET at = 'yesterday' WHERE seq = 2")
                sql("UPDATE audit_entry SET at = 17, event = x'ff', case_id = 5.5 WHERE seq = 3")
                sql("UPDATE audit_entry SET header = 'text' WHERE seq = 5")
                sql("UPDATE audit_entry SET entry_hash = 7 WHERE seq = 7")
            assert verified() == [(2, COL), (3, COL), (5, C), (5, F), (7, C), (8, L)]


def test_every_kind_of_fault_is_in_the_corpus() -> None:
    found = {kind for _, faults in CORPUS.values() for _, kind in faults}
    assert found | {"truncated", "rewritten"} == {fault.value for fault in Fault}
    assert len(CORPUS) >= 30
