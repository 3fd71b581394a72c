"""The pages of one part of an export: looked up where they were kept, made where they were not.

What a page says decides what it looks like, so pages are found again by the SHA-256 of what they
are made of. A signed version never changes: its pages are found without making its text first.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from decisions.models import Decision, SignedVersion
from infosharing.casefile.domain.pages import keep_pages, kept_pages
from infosharing.casefile.pdf import document
from infosharing.casefile.pdf.fonts import FOLDER, all_printable
from infosharing.casefile.pdf.portable import Portable, portable, unpacked
from infosharing.casefile.pdf.rendering import write_pdf

# Raise it when the kept form itself changes: everything is then made anew.
_FORM: Final = "1"


@dataclass(frozen=True)
class Part:
    """One part of an export: how links and bookmarks name it, and where its pages are found."""

    key: str
    title: str
    made_of: str
    pages: int
    below: bool = False


@lru_cache(maxsize=1)
def layout() -> str:
    """Return the SHA-256 of all that decides how pages look, beside what they say."""
    found = hashlib.sha256(f"{_FORM} {weasyprint.__version__}".encode())
    dirs: Any = settings.TEMPLATES[0]["DIRS"]
    folders = [Path(folder) / "pdf" for folder in dirs]
    files = [path for folder in folders for path in sorted(folder.glob("*.html"))]
    for path in [*files, FOLDER / "print.css"]:
        found.update(path.read_bytes())
    return found.hexdigest()


def _made_of(*what: str) -> str:
    """Return the SHA-256 of all of it; each piece with its length, so that none runs on."""
    whole = "".join(f"{len(one)}:{one}" for one in (layout(), *what))
    return hashlib.sha256(whole.encode()).hexdigest()


def _nothing() -> None:
    """Say nothing before pages are made."""


def _found(made_of: str, make: Callable[[], str], at: datetime, begin: Callable[[], None]) -> int:
    """Return how many pages are kept under this; they are made of ``make()`` where none are.

    ``begin`` is called before pages are made, and not where they are kept.
    """
    on = localdate(at)
    known = kept_pages(made_of, on=on)
    if known is not None:
        return known[1]
    begin()
    made = portable(write_pdf(make()))
    keep_pages(made_of, made.packed(), pages=len(made.pages), at=at, on=on)
    return len(made.pages)


def html_of(template: str, data: dict[str, Any]) -> str:
    """Return a template filled with data, every text of it printable."""
    return render_to_string(template, all_printable(data))


def part_of(
    template: str,
    data: dict[str, Any],
    at: datetime,
    *,
    key: str,
    title: str,
    begin: Callable[[], None] = _nothing,
) -> Part:
    """Return a part whose text is made first, as it may have changed since."""
    html = html_of(template, data)
    made_of = _made_of(html)
    return Part(key, title, made_of, _found(made_of, lambda: html, at, begin))


def version_part(
    version: SignedVersion,
    before: SignedVersion | None,
    reference: str,
    at: datetime,
    begin: Callable[[], None] = _nothing,
) -> Part:
    """Return the pages of a signed version, made once and for all."""
    made_of = _made_of(
        "version",
        version.public_id,
        version.digest,
        before.digest if before else "",
        str(settings.DEMONSTRATION),
    )

    def make() -> str:
        data = document.version_data(version, before) | {"reference": reference}
        return html_of("pdf/part_version.html", data)

    pages = _found(made_of, make, at, begin)
    in_force = version.pk == version.decision.version_id
    words = f"Version {version.number}{' (in force)' if in_force else ''}"
    return Part(f"v{version.public_id}", words, made_of, pages, below=True)


def version_pages(version: SignedVersion, at: datetime) -> None:
    """Make the pages of a signed version, unless they are kept."""
    before = version.decision.versions.filter(number=version.number - 1).first()
    version_part(version, before, version.decision.spoken_reference, at)


def decision_parts(
    decision: Decision, at: datetime, *, title: str, begin: Callable[[], None] = _nothing
) -> list[Part]:
    """Return where a decision stands, and each of its signed versions, the one in force first.

    ``begin`` is called before pages are made, and not where all are kept.
    """
    rows = document.versions_with_reviews(decision)
    short = [document.in_short(row) for row in rows]
    data = document.standing_data(decision, rows, at) | {
        "in_force": next(
            one for row, one in zip(rows, short, strict=True) if row.pk == decision.version_id
        ),
        "replaced": [
            {
                "number": one["number"],
                "review": one["review"],
                "by": later["number"],
                "at": later["at"],
                "reason": later["reason"],
            }
            for later, one in pairwise(short)
        ],
    }
    key = f"d{decision.public_id}"
    parts = [part_of("pdf/part_decision.html", data, at, key=key, title=title, begin=begin)]
    for place, row in enumerate(rows):
        row.decision = decision
        before = rows[place + 1] if place + 1 < len(rows) else None
        parts.append(version_part(row, before, decision.spoken_reference, at, begin))
    return parts


class PagesGone(Exception):
    """Pages that were kept a moment ago are not there any more."""


def pages_of(part: Part, at: datetime) -> Portable:
    """Return the pages of a part.

    :raises PagesGone: when somebody has taken them away meanwhile.
    """
    known = kept_pages(part.made_of, on=localdate(at))
    if known is None:
        raise PagesGone(part.made_of)
    return unpacked(known[0])
