"""The period of an export: days of documents, and the instants between which its events lie."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST_YEARS = 12


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first day to the last one, both included, in the operator's zone."""

    first_day: date
    last_day: date
    zone: str

    @property
    def is_sensible(self) -> bool:
        """Whether it has at least one day, and at most so many years that all of them may still be kept."""
        return self.first_day <= self.last_day and self.last_day.year - self.first_day.year <= LONGEST_YEARS

    @property
    def begins_at(self) -> datetime:
        return self._midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it."""
        return self._midnight(self.last_day + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, datetime.min.time(), ZoneInfo(self.zone))
