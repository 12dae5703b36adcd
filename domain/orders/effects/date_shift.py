"""The shift of an order's dates to another first day: by months where both are the same day of one, else by days."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.kernel.calendar import Calendar
from domain.orders.repetition import MONTHS_OF_A_YEAR, ONE_DAY, add_months


@dataclass(frozen=True)
class DateShift:
    """From one first day to another; where either is missing, all shifted dates are empty."""

    first: date | None
    to_first: date | None

    def day(self, day: date | None) -> date | None:
        """The day at the same distance from the other first day; the end of a month stays one."""
        if day is None or self.first is None or self.to_first is None:
            return None
        if self.first.day != self.to_first.day:
            return day + (self.to_first - self.first)
        months = (self.to_first.year - self.first.year) * MONTHS_OF_A_YEAR + self.to_first.month - self.first.month
        ends_month = (day + ONE_DAY).day == 1
        return add_months(day + ONE_DAY, months) - ONE_DAY if ends_month else add_months(day, months)

    def instant(self, instant: datetime | None, calendar: Calendar) -> datetime | None:
        """The same time of the shifted day, in the zone of the operator."""
        local = calendar.local(instant) if instant else None
        day = self.day(local.date()) if local else None
        return calendar.at(day, local.time()) if local and day else None
