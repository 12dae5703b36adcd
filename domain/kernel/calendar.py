"""The operator's calendar: local days, working days, and distances in time that survive clock changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

# Loading it takes long enough to be felt, so that it is loaded with this module and not within a transaction.
from holidays.countries.germany import Germany

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class FederalState(StrEnum):
    """A federal state by its official abbreviation."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"


@dataclass(frozen=True)
class Calendar:
    """Days in one zone, working days in one federal state. Instants come and go aware; results are in UTC.

    A wall-clock time that a clock change skips becomes the one an hour later (03:30 for 02:30); one that
    happens twice means the first.
    """

    zone: str
    federal_state: str

    def local(self, instant: datetime) -> datetime:
        """The same instant as the clock on the wall shows it."""
        return instant.astimezone(ZoneInfo(self.zone))

    def at(self, day: date, clock_time: time) -> datetime:
        """The instant when the clock on the wall shows this time."""
        return datetime.combine(day, clock_time, ZoneInfo(self.zone)).astimezone(UTC)

    def start_of(self, day: date) -> datetime:
        """Local midnight, with which the day begins."""
        return self.at(day, time.min)

    def end_of(self, day: date) -> datetime:
        """The first instant that no longer belongs to the day."""
        return self.start_of(day + ONE_DAY)

    def same_time_later(self, instant: datetime, days: int) -> datetime:
        """The same wall-clock time so many calendar days later, or earlier when `days` is negative."""
        local = self.local(instant)
        return self.at(local.date() + timedelta(days=days), local.time())

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no public holiday of the federal state."""
        return day.weekday() < SATURDAY and day not in _holidays(self.federal_state)

    def plus_working_days(self, instant: datetime, days: int) -> datetime:
        """The same wall-clock time on the nth working day after the day of `instant`."""
        local = self.local(instant)
        day = local.date()
        for _ in range(days):
            day = next(self._working_days_from(day + ONE_DAY))
        return self.at(day, local.time())

    def minus_working_days(self, instant: datetime, days: int) -> datetime:
        """The same wall-clock time on the nth working day before the day of `instant`."""
        local = self.local(instant)
        day = local.date()
        for _ in range(days):
            day -= ONE_DAY
            while not self.is_working_day(day):
                day -= ONE_DAY
        return self.at(day, local.time())

    def plus_working_hours(self, instant: datetime, hours: int) -> datetime:
        """So many hours of working time later; a working day has 24 of them, every other day has none."""
        local = self.local(instant).replace(tzinfo=None)
        days = self._working_days_from(local.date())
        day = next(days)
        begin = max(local, datetime.combine(day, time.min))
        left = timedelta(hours=hours) + (begin - datetime.combine(day, time.min))
        while left > ONE_DAY:
            left -= ONE_DAY
            day = next(days)
        reached = datetime.combine(day, time.min) + left
        return self.at(reached.date(), reached.time())

    def halfway(self, start: datetime, end: datetime) -> datetime:
        """The instant in the middle of two."""
        return start + (end - start) / 2

    def _working_days_from(self, day: date) -> Iterator[date]:
        days = (day + timedelta(days=distance) for distance in count())
        return (each for each in days if self.is_working_day(each))


@cache
def _holidays(federal_state: str) -> Germany:
    """Public holidays of a state of Germany; years are added as they are asked for."""
    return Germany(subdiv=federal_state)
