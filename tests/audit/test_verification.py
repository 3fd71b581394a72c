"""Honest logs raise no alarm; tips; the command (L3)."""

import random
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from infosharing.audit import log_format, stored, verification
from infosharing.audit.log_format import GENESIS, Header
from infosharing.audit.models import Entry
from infosharing.audit.verification import (
    StoredEntry,
    StoredPayload,
    Tip,
    Verification,
)
from tests.audit.chains import tip_now, verified, write
from tests.audit.support import unsealed


class TestHonestLogs:
    """0 false alarms: whatever is written by the writer's own functions verifies."""

    def chain(self, seed: int) -> tuple[list[StoredEntry], list[StoredPayload]]:
        chance = random.Random(seed)  # noqa: S311 - a repeatable log, no secret
        entries, payloads, prev_hash = [], [], GENESIS
        for seq in range(1, chance.randint(1, 20)):
            payload = log_format.canonical({"n": chance.random().hex()})
            salt = chance.randbytes(32)
            has = chance.random() < 0.5
            committed = log_format.commitment(salt, payload) if has else b""
            written = Header(
                seq=seq, at=f"2026-11-22T12:00:00.{chance.randrange(10**6):06}Z", event="a.b",
                outcome="done", actor="system", organisation="", case="", object_type="",
                object_id="", request_id="", payload=has,
            )  # fmt: skip
            hashed = log_format.entry_hash(prev_hash, written.encode(), committed)
            columns = verification._columns(written)
            entries.append(
                StoredEntry(seq, prev_hash, written.encode(), committed, hashed, columns)
            )
            if has:
                payloads.append(StoredPayload(seq, salt, payload))
            prev_hash = hashed
        return entries, payloads

    def test_a_thousand(self) -> None:
        for seed in range(1000):
            entries, payloads = self.chain(seed)
            check = Verification([Tip(e.seq, e.entry_hash) for e in entries])
            assert list(check.findings(entries, payloads)) == []
            assert check.tip.size == len(entries)

    def test_memory_does_not_grow_with_the_log(self) -> None:
        """Rows are taken one at a time: no row is asked for before the one before was judged."""
        entries, payloads = self.chain(3)
        judged = 0

        def slowly(rows: list[StoredEntry]) -> Iterator[StoredEntry]:
            for number, row in enumerate(rows):
                assert judged >= number - 1
                yield row

        spoiled = [
            StoredEntry(e.seq, e.prev_hash, e.header, e.commitment, b"x" * 32, e.columns)
            for e in entries
        ]
        for finding in Verification().findings(slowly(spoiled), payloads):
            judged = finding.seq


class TestTips:
    def test_are_written_and_read(self) -> None:
        tip = Tip(12, bytes(range(32)))
        assert Tip.parse(str(tip)) == tip
        assert Tip.parse(f" {str(tip).upper()}\n") == tip

    @pytest.mark.parametrize(
        "text",
        ["", "1", "1:ab", ":" + "0" * 64, "-1:" + "1" * 64, "1:" + "g" * 64, "0:" + "1" * 64,
         "5:" + "0" * 64],
    )  # fmt: skip
    def test_refuses(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"end of the log|empty"):
            Tip.parse(text)


@pytest.mark.django_db
class TestTheCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("verify_log", *arguments, stdout=out)
        return out.getvalue()

    def test_an_empty_log(self) -> None:
        assert self.run() == (
            f"end of the log (SIZE:HASH): 0:{GENESIS.hex()}\n0 entries, nothing wrong\n"
        )

    def test_a_whole_log(self) -> None:
        write()
        end = str(tip_now())
        assert self.run("--expect", end) == (
            f"end of the log (SIZE:HASH): {end}\n9 entries, nothing wrong\n"
        )

    def test_a_tampered_log_names_what_and_where_and_exits_with_1(self) -> None:
        write()
        tip = tip_now()
        with unsealed():
            Entry.objects.filter(seq=3).update(outcome="seen")
            Entry.objects.filter(seq=9).delete()
        out = StringIO()
        with pytest.raises(CommandError, match="2 found") as refused:
            call_command("verify_log", "--expect", str(tip), stdout=out)
        assert refused.value.returncode == 1
        assert "entry 3: column: not as written: outcome" in out.getvalue()
        assert "entry 9: truncated: once 9:" in out.getvalue()

    def test_many_findings_are_counted_and_not_all_shown(self) -> None:
        write(250)
        with unsealed():
            Entry.objects.update(outcome="seen")
        out = StringIO()
        with pytest.raises(CommandError, match="250 found"):
            call_command("verify_log", stdout=out)
        assert out.getvalue().count("column") == 100

    def test_a_tip_that_is_none(self) -> None:
        with pytest.raises(CommandError, match="SIZE:HASH"):
            self.run("--expect", "latest")

    def test_a_log_of_several_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stored, "ROWS_AT_A_TIME", 4)
        for size in (3, 1, 4, 5):  # ends inside a piece and between two
            write(size)
            assert verified() == []
        with unsealed():
            Entry.objects.filter(seq__in=[5, 7]).delete()
        assert verified() == [(5, "gap"), (7, "gap")]
