"""Lists as CSV: for every spreadsheet to read, and no cell of it a formula (ASVS 1.2.10)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from typing import Final

from infosharing.search.folding import unseen

BOM: Final = "\ufeff"
_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00")
_QUOTES: Final = "\"'`"


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: such a one begins with ``'``."""
    clean = text.replace("\x00", "")
    first = "".join(dropwhile(_passed_over, clean))
    dangerous = text.startswith(_STARTS) or first.startswith(_STARTS)
    return f"'{clean}" if dangerous else clean


def _passed_over(letter: str) -> bool:
    """Whether a spreadsheet may not count what stands there: spaces, the unseen, quotes."""
    return letter.isspace() or letter in _QUOTES or unseen(letter)


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
