"""What is somebody's to do, each line one step from done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from decisions.enums import VersionKind
from decisions.presenters.requests import due_on, due_words
from infosharing.casefile import queries
from infosharing.casefile.queries import ToDo
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_date, british_datetime


@dataclass(frozen=True)
class Line:
    """A line of the list: the step, what it is about, and where it stands."""

    title: str
    url: str
    hint: str
    status: str
    colour: str = ""


def _joined(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _by_when(moment: datetime | None, now: datetime) -> tuple[str, str]:
    """Return the words and the colour of the time by which something is to be decided."""
    if moment is None:
        return "To be decided", ""
    if now > moment:
        return f"Overdue: {due_words(moment, now)}", "red"
    return f"By {due_on(moment)}", "yellow"


def _overdue(one: ToDo, about: str, now: datetime) -> Line:
    status, colour = _by_when(one.moment, now)
    url = reverse("decisions:request", args=[one.ident])
    return Line(f"Decide on request {spoken(one.reference)}", url, about, status, colour)


def _draft(one: ToDo, about: str, now: datetime) -> Line:
    amending = one.words != VersionKind.DECISION
    status, colour = ("New version", "") if amending else _by_when(one.moment, now)
    url = reverse("decisions:draft", args=[one.ident])
    return Line(f"Go on with decision {spoken(one.reference)}", url, about, status, colour)


def _advice(one: ToDo, about: str, now: datetime) -> Line:
    asked = f"Asked on {british_datetime(one.moment)}"
    url = reverse("decisions:advice-answer", args=[one.ident])
    return Line(f"Answer {one.words}’s question", url, asked, "Advice asked of you", "yellow")


def _review(one: ToDo, about: str, now: datetime) -> Line:
    hint = _joined(about, f"Signed by {one.words} on {british_date(one.moment)}")
    url = reverse("decisions:review", args=[one.ident])
    title = f"Review decision {spoken(one.reference)}"
    return Line(title, url, hint, "Waiting for review", "yellow")


def _returned(one: ToDo, about: str, now: datetime) -> Line:
    url = reverse("decisions:amend", args=[one.ident])
    title = f"Make the changes to decision {spoken(one.reference)}"
    return Line(title, url, about, "Returned to you", "red")


def _send(one: ToDo, about: str, now: datetime) -> Line:
    hint = _joined(about, f"Signed on {british_date(one.moment)}")
    url = reverse("decisions:disclosure-new", args=[one.ident])
    title = f"Record what was sent under decision {spoken(one.reference)}"
    return Line(title, url, hint, "Nothing sent yet")


def _receipt(one: ToDo, about: str, now: datetime) -> Line:
    hint = _joined(about, f"Sent on {british_date(one.day)}")
    url = reverse("decisions:receipt-new", args=[one.ident])
    return Line(f"Ask {one.words} whether it arrived", url, hint, "Receipt not confirmed", "yellow")


def _tell(one: ToDo, about: str, now: datetime) -> Line:
    hint = f"Decision {spoken(one.reference)}. To be looked at again on {british_date(one.day)}"
    url = reverse("decisions:telling-new", args=[one.ident])
    return Line(f"Can {one.words} be told now?", url, hint, "Not told yet", "yellow")


_LINES = {
    queries.OVERDUE: _overdue,
    queries.DRAFT: _draft,
    queries.ADVICE: _advice,
    queries.REVIEW: _review,
    queries.RETURNED: _returned,
    queries.SEND: _send,
    queries.RECEIPT: _receipt,
    queries.TELL: _tell,
}


def lines(found: Iterable[ToDo], names: Mapping[int, str], now: datetime) -> list[Line]:
    """Return what to do as lines; ``names`` are those of ``cases.queries.names_in``."""
    return [_LINES[one.kind](one, names.get(one.case, ""), now) for one in found]
