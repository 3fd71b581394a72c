"""The cover of an export and its contents: who asked, for what, and what is not in it (R57)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from infosharing.accounts import roles
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.casefile.enums import ExportKind
from infosharing.casefile.models import Export
from infosharing.casefile.pdf.parts import Part, html_of
from infosharing.casefile.pdf.portable import Portable, portable
from infosharing.casefile.pdf.rendering import write_pdf
from infosharing.journeys.templatetags.british import british_datetime

LINES: Final = 40  # of the contents on a page
MOST_LINES_BELOW: Final = 100  # records up to which the contents list what is below them


@dataclass
class Gathered:
    """What goes into the document, and what could not."""

    parts: list[Part] = field(default_factory=list)
    included: int = 0
    failed: list[str] = field(default_factory=list)


def whose_of(export: Export) -> str:
    """Return what an export is about, in few words; who sees it, sees what is in it."""
    if export.kind == ExportKind.CASE and export.case:
        return f"Case {export.case.spoken_reference}"
    if export.kind == ExportKind.PERSON and export.person:
        return export.person.name
    return "History of decisions"


def front(export: Export, found: Gathered, at: datetime) -> tuple[Portable, int]:
    """Return cover and contents, and how many pages there are in all.

    On which page each part begins depends on how many pages the contents take: it is tried with
    what they should take, and once more with what they took.
    """
    behind = sum(part.pages for part in found.parts)
    many = found.included > MOST_LINES_BELOW
    lines = [part for part in found.parts if not (many and part.below)]
    pages = 1 + max(1, -(-len(lines) // LINES))
    while True:
        made = portable(write_pdf(_front_html(export, found, pages, many, at)))
        if len(made.pages) == pages:
            return made, pages + behind
        pages = len(made.pages)


def _front_html(export: Export, found: Gathered, pages: int, many: bool, at: datetime) -> str:
    page, lines = pages + 1, []
    for part in found.parts:
        if not (many and part.below):
            line = {"key": part.key, "title": part.title, "page": page, "below": part.below}
            lines.append(line)
        page += part.pages
    data = {
        "title": title_of(export),
        "heading": ExportKind(export.kind).label,
        "reference": export.spoken_reference,
        "organisation": export.organisation.name if export.organisation else "",
        "demonstration": settings.DEMONSTRATION,
        "lede": LEDES[ExportKind(export.kind)],
        "rows": _cover(export, found, at),
        "contents": [lines[start : start + LINES] for start in range(0, len(lines), LINES)],
    }
    return html_of("pdf/export.html", data)


LEDES: Final = {
    ExportKind.CASE: "Everything recorded about one case: the people, what is known, everything "
    "that happened in its order, and each decision with all its signed versions.",
    ExportKind.PERSON: "Everything that happened in the cases this person has a part in, in its "
    "order. Only cases that whoever asked may take away are in it.",
    ExportKind.DECISIONS: "Decisions about sharing information, in the order they were signed: "
    "where each stands, what followed, and all its signed versions as they were signed.",
}


def title_of(export: Export) -> str:
    """Return the title of an export; no name of a person is in it (R56)."""
    return f"{ExportKind(export.kind).label}, export {export.spoken_reference}"


def _cover(export: Export, found: Gathered, at: datetime) -> list[dict[str, Any]]:
    """Return who asked, when, for what; how many are in, how many are left out, and why."""
    asker = export.asked_by
    held = [roles.words(role) for role in _roles(asker, export)]
    rows = [_row("About", _about(export))]
    rows.append(
        _row("Asked for by", [asker.name], [*held, f"on {british_datetime(export.asked_at)}"])
    )
    made = "Everything stands as it was then. What was signed stands as it was signed."
    rows.append(_row("Made", [british_datetime(at)], [made]))
    if export.kind == ExportKind.DECISIONS:
        rows.append(_row("Filter", export.told or ["None: every signed decision"]))
    rows.append(_row("In this document", [_counted(export, found)]))
    left_out = []
    if export.kept_back:
        noun = "decision matches" if export.kept_back == 1 else "decisions match"
        left_out.append(
            f"{export.kept_back} {noun} that {asker.name} can see but may not take away as PDF"
        )
    if found.failed:
        left_out.append(f"{len(found.failed)} whose pages could not be made:")
        left_out += found.failed
    rows.append(_row("Matches, but is left out", left_out or ["Nothing"], [UNSEEN]))
    return rows


UNSEEN: Final = (
    "What whoever asked may not see is neither in this document nor counted: from here it cannot "
    "be told whether there is any."
)


def _row(key: str, lines: list[str], notes: list[str] | None = None) -> dict[str, Any]:
    return {"key": key, "lines": lines, "notes": notes or []}


def _counted(export: Export, found: Gathered) -> str:
    number = found.included
    if export.kind == ExportKind.DECISIONS:
        return "1 decision" if number == 1 else f"{number} decisions"
    if export.kind == ExportKind.PERSON:
        return "1 case" if number == 1 else f"{number} cases"
    signed = sum(1 for part in found.parts if part.key.startswith("d"))
    return (
        f"The case, and its {'1 signed decision' if signed == 1 else f'{signed} signed decisions'}"
    )


def _about(export: Export) -> list[str]:
    if export.kind == ExportKind.CASE and export.case:
        return [f"Case {export.case.spoken_reference}"]
    if export.kind == ExportKind.PERSON and export.person:
        return [export.person.name]
    return [export.organisation.name] if export.organisation else ["Several organisations"]


def _roles(user: User, export: Export) -> list[Any]:
    if export.organisation_id:
        return list(standing(user).roles_in(export.organisation_id))
    return roles.in_order(one.role for one in standing(user).memberships)
