"""What differs from one copy of a story to the next, wherever it stands in a text."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import MONTHS, british_date
from infosharing.search.folding import searchable
from infosharing.workdays.clock import LONDON

_MOMENT: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?"
_DAY: Final = r"\d{4}-\d\d-\d\d"
_BRITISH: Final = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"


@dataclass(frozen=True)
class Copy:
    """What one copy goes by: a value for every known text, and how far back it happened.

    ``digests`` are the values of what is only known when the signed text is there.
    """

    values: Mapping[str, str]
    weeks: int
    digests: dict[str, str]


Token = Callable[[Copy], str]
# A text with places to fill, and which tokens fill them.
Pattern = tuple[str, list[int]]


class Tokens:
    """The tokens of one mould; texts are read once and then only filled."""

    def __init__(self, known: Iterable[str], digests: Iterable[str]) -> None:
        self._digests = set(digests)
        self._forms = {form: (text, make) for text in known for form, make in _forms_of(text)}
        self._forms |= {text: (text, str) for text in self._digests}
        longest = sorted(self._forms, key=len, reverse=True)
        exact = "|".join(_exactly(form) for form in longest) or "(?!)"
        self._found = re.compile(
            rf"(?P<exact>{exact})|(?P<moment>{_MOMENT})|(?P<day>{_DAY})|(?P<british>{_BRITISH})"
        )
        self._numbers: dict[tuple[str, str], int] = {}
        self.makers: list[Token] = []
        self.late: set[int] = set()

    def pattern(self, text: str) -> Pattern | None:
        """Return how a text is filled anew for each copy; None where it stays as it is."""
        pieces: list[str] = []
        used: list[int] = []
        end = 0
        for match in self._found.finditer(text):
            number = self._number(match.lastgroup or "", match[0])
            if number is not None:
                pieces += [text[end : match.start()].replace("%", "%%"), "%s"]
                used.append(number)
                end = match.end()
        if not used:
            return None
        return "".join([*pieces, text[end:].replace("%", "%%")]), used

    def _number(self, kind: str, found: str) -> int | None:
        if kind != "exact" and not _is_time(found, kind):
            return None
        if (kind, found) not in self._numbers:
            self._numbers[kind, found] = len(self.makers)
            if found in self._digests:
                self.late.add(len(self.makers))
            self.makers.append(self._maker(kind, found))
        return self._numbers[kind, found]

    def _maker(self, kind: str, found: str) -> Token:
        if found in self._digests:
            return lambda copy: copy.digests.get(found, "")
        if kind == "exact":
            text, make = self._forms[found]
            return lambda copy: make(copy.values[text])
        if kind == "moment":
            return lambda copy: _later_moment(found, copy.weeks)
        if kind == "day":
            return lambda copy: later_day(date.fromisoformat(found), copy.weeks).isoformat()
        return lambda copy: british_date(later_day(_read(found), copy.weeks))


def _forms_of(text: str) -> list[tuple[str, Callable[[str], str]]]:
    """Return how a known text may stand somewhere, and what makes that of its new value."""
    forms: list[tuple[str, Callable[[str], str]]] = [(text, str)]
    if re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{10}", text):
        forms.append((spoken(text), spoken))
    elif " " in text:
        forms.append((searchable(text), searchable))
    return forms


def _exactly(form: str) -> str:
    """Names stand alone; an id may follow or precede anything."""
    escaped = re.escape(form)
    return escaped if len(form) == 22 and " " not in form else rf"(?<!\w){escaped}(?!\w)"


def _is_time(found: str, kind: str) -> bool:
    try:
        _read(found) if kind == "british" else datetime.fromisoformat(found)
    except ValueError:
        return False
    return True


def _read(british: str) -> date:
    day, month, year = british.split(" ")
    return date(int(year), MONTHS.index(month) + 1, int(day))


@lru_cache(100_000)
def later_day(day: date, weeks: int) -> date:
    """Return the same day of the week that many weeks on."""
    return day + timedelta(weeks=weeks)


@lru_cache(100_000)
def later(moment: datetime, weeks: int) -> datetime:
    """Return the same time by London's clock that many weeks on, in UTC."""
    local = moment.astimezone(LONDON).replace(tzinfo=None) + timedelta(weeks=weeks)
    return local.replace(tzinfo=LONDON).astimezone(UTC)


@lru_cache(100_000)
def _later_moment(text: str, weeks: int) -> str:
    """Return a moment in ISO form later on, in the form it had."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        found = moment + timedelta(weeks=weeks)
    else:
        found = later(moment, weeks).astimezone(moment.tzinfo)
    told = found.isoformat(sep=text[10], timespec=_precision(text))
    return told.replace("+00:00", "Z") if text.endswith("Z") else told


def _precision(text: str) -> str:
    clock = re.split(r"Z|[+-]", text[11:])[0]
    return "microseconds" if "." in clock else "seconds" if clock.count(":") == 2 else "minutes"
