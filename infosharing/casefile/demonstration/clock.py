"""Moments and birthdays counted from now, so that the stories never grow old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Clock:
    """Everything is counted from ``now``, an aware time."""

    now: datetime

    @property
    def today(self) -> date:
        """The date in London."""
        return timezone.localdate(self.now)

    def at(self, days_ago: int, clock: str) -> datetime:
        """Return a time of an earlier day on London's clock, for example ``at(3, "14:20")``."""
        return self._moment(self.day(days_ago), clock)

    def by(self, days_ahead: int, clock: str) -> datetime:
        """Return a time of a later day, or of an earlier one where the number is negative."""
        return self._moment(self.day(-days_ahead), clock)

    def minutes_ago(self, minutes: int) -> datetime:
        """Return a time shortly before now."""
        return self.now - timedelta(minutes=minutes)

    def day(self, days_ago: int) -> date:
        """Return the date that many days ago, in London."""
        return self.today - timedelta(days=days_ago)

    def born(self, years: int, days: int = 100) -> date:
        """Return the birthday of somebody who turned that many years old some days ago."""
        birthday = self.today - timedelta(days=days)
        if (birthday.month, birthday.day) == (2, 29):
            birthday = date(birthday.year, 2, 28)
        return birthday.replace(year=birthday.year - years)

    @staticmethod
    def _moment(day: date, clock: str) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
