"""The working-day clock: when something is due, and how much working time is left or over.

A day is a date in London; a moment is aware. A whole day counts, as schools and services keep
different hours: what is due at the end of a day is due at 23:59 of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from infosharing.workdays.holidays import SATURDAY, is_bank_holiday

LONDON: Final = ZoneInfo("Europe/London")
# The last minute of a day stands for the whole of it.
END_OF_DAY: Final = time(23, 59)
# Nothing is closed for longer; a calendar that says so is a mistake, and nothing waits for ever.
FURTHEST: Final = 366


@dataclass(frozen=True)
class Closure:
    """Days on which nobody is at work at one place, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class WorkingDays:
    """The working days of one place: weekdays without bank holidays and its own closures."""

    closures: tuple[Closure, ...] = ()

    @classmethod
    def closed_on(cls, spans: Iterable[tuple[date, date]]) -> "WorkingDays":
        """Return the working days of a place that is closed in these spans of days."""
        return cls(tuple(Closure(first, last) for first, last in spans))

    def is_working(self, day: date) -> bool:
        """Return whether somebody is at work on a day."""
        return (
            day.weekday() < SATURDAY
            and not is_bank_holiday(day)
            and not any(closure.first <= day <= closure.last for closure in self.closures)
        )

    def after(self, day: date) -> date:
        """Return the next working day after a day; where all of a year is closed, the next weekday.

        So a mistaken closure never puts off for ever what protects somebody.
        """
        for ahead in range(1, FURTHEST + 1):
            found = day + timedelta(days=ahead)
            if self.is_working(found):
                return found
        return WorkingDays().after(day)

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after the first and up to the last day."""
        days = (last - first).days
        return sum(self.is_working(first + timedelta(days=ahead)) for ahead in range(1, days + 1))

    def write_up_due(self, signed_at: datetime) -> datetime:
        """Return the end of the next working day after a moment (guide.md section 5)."""
        return end_of(self.after(day_of(signed_at)))


def day_of(moment: datetime) -> date:
    """Return the day in London of a moment."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """Return the last minute of a day in London."""
    return datetime.combine(day, END_OF_DAY, tzinfo=LONDON)


@dataclass(frozen=True)
class WorkingTime:
    """How far a moment is from when something is due, in the working time of one place.

    ``days`` are the working days after the earlier and up to the later of the two days; ``clock``
    is the time on the clock between them, for the same day.
    """

    late: bool
    days: int
    clock: timedelta
    same_day: bool

    @property
    def words(self) -> str:
        """How much is left or over, for people: "2 working days left", "1 working day late"."""
        if self.same_day:
            amount = _clock_words(self.clock)
            return f"{amount} late" if self.late else f"{amount} left today"
        if not self.days:
            return "less than a working day late" if self.late else "before the next working day"
        unit = "working day" if self.days == 1 else "working days"
        return f"{self.days} {unit} {'late' if self.late else 'left'}"


def _clock_words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return "1 hour" if minutes < 120 else f"{minutes // 60} hours"


def working_time(due: datetime, now: datetime, days: WorkingDays) -> WorkingTime:
    """Return how much working time is left until something is due, or over since.

    ``due`` in the last minute of a day means until that day has ended.
    """
    due_day, today = day_of(due), day_of(now)
    whole_day = due.astimezone(LONDON).time().replace(second=0, microsecond=0) == END_OF_DAY
    late = today > due_day if whole_day else now > due
    first, last = sorted((due_day, today))
    return WorkingTime(
        late=late,
        days=days.between(first, last),
        clock=abs(now - due),
        same_day=due_day == today,
    )
