"""No cell of a CSV is a formula, and what was written comes back (W6)."""

import csv
import io

import pytest

from infosharing.search.sheets import safe, sheet


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        '"=1',
        "'=1",
        "＝1",
        "\x00=1",
        "\xa0@x",
        "\ufeff=1+1",
        "\u200b+1",
        "\u2003-1",
        "\u202e@x",
        "\x0b=1",
        "\x1f=1",
        "\u200e \u2003'\u2060=1",
        "\u3164=1",
        "\x00\ufeff=1",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_text(text):
    assert safe(text) == "'" + text.replace("\x00", "")


@pytest.mark.parametrize(
    "text",
    ["", "Share", "7K3 MQ0 ZP4T", "O’Brien", "\ufeffShare", "\u2003x=1", "a=b", "12", "Łęcka"],
)
def test_anything_else_stays_as_it_is(text):
    assert safe(text) == text


def test_rows_come_back_whole_line_by_line():
    rows = [["Łęcka, Zoë", 'said "no"\nand left'], ["=1", "محمد"]]
    lines = list(sheet(["Name", "Words"], rows))
    assert lines[0].startswith(b"\xef\xbb\xbf")
    assert len(lines) == 3
    read = list(csv.reader(io.StringIO(b"".join(lines).decode("utf-8-sig"), newline="")))
    assert read == [["Name", "Words"], rows[0], ["'=1", "محمد"]]
