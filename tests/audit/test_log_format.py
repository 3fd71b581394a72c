"""The bytes of the log, which must stay what they are for 25 years (L9).

The vectors are those of docs/decisions/0004-log-entry.md; a test holds the two together.
"""

import hashlib
import hmac
import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infosharing.audit.log_format import (
    GENESIS,
    NO_COMMITMENT,
    Header,
    Malformed,
    canonical,
    commitment,
    entry_hash,
    utc,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "decisions" / "0004-log-entry.md"

ID = st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True)
FIRST: dict[str, Any] = {
    "seq": 1,
    "at": "2026-11-22T12:00:00.000000Z",
    "event": "access.signed_in",
    "outcome": "seen",
    "actor": "AAAAAAAAAAAAAAAAAAAAAA",
    "organisation": "",
    "case": "",
    "object_type": "",
    "object_id": "",
    "request_id": "",
    "payload": False,
}
SECOND: dict[str, Any] = {
    **FIRST,
    "seq": 2,
    "at": "2026-11-22T12:00:01.000250Z",
    "event": "decisions.signed",
    "outcome": "done",
    "organisation": "BBBBBBBBBBBBBBBBBBBBBB",
    "case": "CCCCCCCCCCCCCCCCCCCCCC",
    "object_type": "decisions.decision",
    "object_id": "DDDDDDDDDDDDDDDDDDDDDD",
    "request_id": "req-7",
    "payload": True,
}
SALT = bytes(range(32))
PAYLOAD = {"who": "Zoë O’Brien", "on": date(2026, 11, 22), "items": [1, True, None]}

# Written once, by hand from the document; never computed by the code they check.
FIRST_BYTES = (
    b'{"actor":"AAAAAAAAAAAAAAAAAAAAAA","at":"2026-11-22T12:00:00.000000Z","case":"",'
    b'"event":"access.signed_in","format":1,"object_id":"","object_type":"","organisation":"",'
    b'"outcome":"seen","payload":false,"request_id":"","seq":1}'
)
SECOND_BYTES = (
    b'{"actor":"AAAAAAAAAAAAAAAAAAAAAA","at":"2026-11-22T12:00:01.000250Z",'
    b'"case":"CCCCCCCCCCCCCCCCCCCCCC","event":"decisions.signed","format":1,'
    b'"object_id":"DDDDDDDDDDDDDDDDDDDDDD","object_type":"decisions.decision",'
    b'"organisation":"BBBBBBBBBBBBBBBBBBBBBB","outcome":"done","payload":true,'
    b'"request_id":"req-7","seq":2}'
)
PAYLOAD_BYTES = b'{"items":[1,true,null],"on":"2026-11-22","who":"Zo\\u00eb O\\u2019Brien"}'
FIRST_HASH = "e1a8b0847f91f11873993c24e915a1095d2b9902d9d2b1af2bed291452d8421e"
COMMITMENT = "cfddabbaca2cd8341619e1137144f76b80bef6c2c8f7d71253bf0ffc2c16942f"
SECOND_HASH = "053d069215d0ee5435c6eb80e09bb26078c99c9b70fa33eddcf1a284bff5ce09"


class TestVectors:
    def test_bytes(self) -> None:
        assert Header(**FIRST).encode() == FIRST_BYTES
        assert Header(**SECOND).encode() == SECOND_BYTES
        assert canonical(PAYLOAD) == PAYLOAD_BYTES

    def test_hashes(self) -> None:
        first = entry_hash(GENESIS, FIRST_BYTES, NO_COMMITMENT)
        committed = commitment(SALT, PAYLOAD_BYTES)
        assert first.hex() == FIRST_HASH
        assert committed.hex() == COMMITMENT
        assert entry_hash(first, SECOND_BYTES, committed).hex() == SECOND_HASH

    def test_the_document_says_the_same(self) -> None:
        text = DOCUMENT.read_text(encoding="utf-8")
        for wanted in (FIRST_BYTES, SECOND_BYTES, PAYLOAD_BYTES):
            assert wanted.decode() in text
        for digest in (FIRST_HASH, COMMITMENT, SECOND_HASH):
            assert digest in text

    def test_a_second_reading_of_the_document_agrees(self) -> None:
        """The formula spelled out again, without our functions."""
        hashed = b"infosharing/entry/v1"
        for field in (bytes(32), FIRST_BYTES, b""):
            hashed += len(field).to_bytes(8, "big") + field
        first = hashlib.sha256(hashed).digest()
        assert first.hex() == FIRST_HASH
        committed = hmac.new(SALT, PAYLOAD_BYTES, "sha256").digest()
        assert committed.hex() == COMMITMENT

    def test_bytes_are_read_back(self) -> None:
        assert Header.decode(FIRST_BYTES) == Header(**FIRST)
        assert Header.decode(SECOND_BYTES) == Header(**SECOND)


class TestGrammar:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("seq", 0),
            ("seq", -1),
            ("seq", True),
            ("seq", "1"),
            ("seq", 1.0),
            ("format", 2),
            ("format", 0),
            ("format", True),
            ("payload", 0),
            ("payload", None),
            ("seq", 2**63),
            ("at", "2026-11-22T12:00:00Z"),
            ("at", "２０２６-11-22T12:00:00.000000Z"),
            ("at", "2026-11-22T12:00:00.000000+00:00"),
            ("at", "2026-11-22T12:00:00.000000Z\n"),
            ("event", "signed"),
            ("event", "decision signed"),
            ("event", "Decision.signed"),
            ("event", "a." + "b" * 63),
            ("outcome", "maybe"),
            ("actor", ""),
            ("actor", "Jane Doe"),
            ("actor", "A" * 21),
            ("actor", "A" * 23),
            ("actor", "Ä" * 22),
            ("organisation", "A" * 21),
            ("case", "case 1"),
            ("case", None),
            ("object_type", "decision"),
            ("object_type", "a.b c"),
            ("object_id", "x" * 65),
            ("object_id", "with space"),
            ("request_id", "x\ny"),
        ],
    )
    def test_refuses(self, name: str, value: Any) -> None:
        with pytest.raises(Malformed):
            Header(**{**SECOND, name: value})

    @pytest.mark.parametrize("name", ["object_type", "object_id"])
    def test_an_object_is_a_type_and_an_id(self, name: str) -> None:
        with pytest.raises(Malformed):
            Header(**{**SECOND, name: ""})


class TestDecoding:
    @pytest.mark.parametrize(
        "stored",
        [
            b"",
            b"null",
            b"[]",
            b"\xff",
            FIRST_BYTES + b" ",
            FIRST_BYTES.replace(b":", b": ", 1),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":1.0'),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":1,"seq":1'),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":01'),
            FIRST_BYTES.replace(b"signed_in", b"signed\\u005fin"),
            FIRST_BYTES.replace(b'"format":1', b'"format":2'),
            FIRST_BYTES.replace(b',"seq":1', b""),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":1,"x":1'),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":' + b"9" * 5000),
            FIRST_BYTES.replace(b'"seq":1', b'"seq":9999999999999999999'),
            FIRST_BYTES.replace(b'"object_id":""', b'"object_id":"x"'),
            FIRST_BYTES.replace(b"access.signed_in", b"a." + b"b" * 63),
            FIRST_BYTES.replace(b"2026", "２０２６".encode()),
            b"[" * 100_000,
        ],
    )
    def test_takes_only_what_it_would_write(self, stored: bytes) -> None:
        with pytest.raises(Malformed):
            Header.decode(stored)

    @given(
        st.builds(
            Header,
            seq=st.integers(1, 2**63 - 1),
            at=st.datetimes().map(lambda at: utc(at.replace(tzinfo=UTC))),
            event=st.from_regex(r"[a-z][a-z0-9_]{0,20}\.[a-z][a-z0-9_]{0,20}", fullmatch=True),
            outcome=st.sampled_from(["done", "refused", "seen"]),
            actor=ID | st.just("system"),
            organisation=ID | st.just(""),
            case=ID | st.just(""),
            object_type=st.just("a.b"),
            object_id=ID,
            request_id=ID | st.just(""),
            payload=st.booleans(),
        )
    )
    def test_whatever_was_written_comes_back(self, header: Header) -> None:
        assert Header.decode(header.encode()) == header
        assert header.encode() == canonical(asdict(header))

    @given(st.binary(max_size=300))
    def test_never_fails_in_another_way(self, stored: bytes) -> None:
        with pytest.raises(Malformed):
            Header.decode(stored)

    @given(st.integers(0, len(SECOND_BYTES) * 8 - 1))
    def test_each_changed_bit_changes_the_hash(self, at: int) -> None:
        changed = bytearray(SECOND_BYTES)
        changed[at // 8] ^= 1 << at % 8
        assert entry_hash(GENESIS, bytes(changed), b"") != entry_hash(GENESIS, SECOND_BYTES, b"")


class TestHashing:
    def test_bytes_cannot_move_from_one_field_to_the_next(self) -> None:
        assert entry_hash(b"ab", b"c", b"") != entry_hash(b"a", b"bc", b"")
        assert entry_hash(b"a", b"b", b"c") != entry_hash(b"a", b"bc", b"")

    def test_a_commitment_needs_its_salt(self) -> None:
        assert commitment(SALT, b"yes") != commitment(bytes(32), b"yes")


class TestCanonical:
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        )
    )
    def test_comes_back_equal_and_in_one_form(self, value: Any) -> None:
        written = canonical(value)
        assert json.loads(written) == value
        assert canonical(json.loads(written)) == written
        assert re.fullmatch(rb"[\x20-\x7e]*", written)

    def test_text_is_kept_as_typed(self) -> None:
        """Composed and decomposed letters stay apart; half a surrogate pair survives."""
        for text in ("é", "e\u0301", "\ud800", "\x00", "\u202e"):
            assert json.loads(canonical(text)) == text
        assert canonical("é") != canonical("e\u0301")

    def test_times(self) -> None:
        summer = datetime(2026, 7, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))
        assert utc(summer) == "2026-07-01T12:00:00.000000Z"
        assert canonical({"at": summer}) == b'{"at":"2026-07-01T12:00:00.000000Z"}'
        assert utc(datetime(99, 1, 1, tzinfo=UTC)) == "0099-01-01T00:00:00.000000Z"
        with pytest.raises(ValueError, match="aware"):
            utc(summer.replace(tzinfo=None))

    @pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1: 2}, {"a": {1, 2}}, object()])
    def test_refuses_what_has_no_one_form(self, value: Any) -> None:
        with pytest.raises(TypeError):
            canonical(value)
