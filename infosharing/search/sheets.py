"""Lists as CSV: for every spreadsheet to read, and no cell of it a formula (ASVS 1.2.10)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

BOM: Final = "\ufeff"
_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00")
_BEFORE: Final = " \u00a0\"'`"


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: such a one begins with ``'``."""
    clean = text.replace("\x00", "")
    dangerous = text.startswith(_STARTS) or clean.lstrip(_BEFORE).startswith(_STARTS)
    return f"'{clean}" if dangerous else clean


def sheet(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a CSV in UTF-8 with its mark, line by line as the rows come."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    line.write(BOM)
    writer.writerow(headers)
    yield _taken(line)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode("utf-8")
