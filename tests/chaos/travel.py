"""Time travel during a run: leaps of nearly three days, after which the reviews of the phase before end one by one.

A delivery that was submitted at `u` of one phase is accepted by silence three days later on the clock, which a leap of
three days less one phase makes `u` of the next.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.chaos.connection import Administrator
from tests.makers.time import BERLIN

REVIEW = timedelta(days=3)
NOW = "SELECT app_now()"
SET_SHIFT = "UPDATE clock SET shift_seconds = $1"


@dataclass
class Calendar:
    """The clock of the system, and the leaps it has made."""

    administrator: Administrator
    phase_seconds: int
    leaps: list[tuple[datetime, datetime]] = field(default_factory=list)
    shift: timedelta = timedelta()

    async def now(self) -> datetime:
        instant: datetime = await self.administrator.fetchval(NOW)
        return instant

    async def today(self) -> date:
        return (await self.now()).astimezone(BERLIN).date()

    async def leap(self) -> None:
        """Leap so that what is under review now ends in the phase to come."""
        await self._leap(REVIEW - timedelta(seconds=self.phase_seconds))

    async def leap_beyond_reviews(self) -> None:
        """Leap so far that every review has ended, an extended one as well."""
        await self._leap(3 * REVIEW)

    async def _leap(self, by: timedelta) -> None:
        """Set the whole shift, so that a leap whose commit was not confirmed can be made again."""
        self.shift += by
        seconds = int(self.shift.total_seconds())
        before = await self.now()
        await self.administrator.do(lambda connection: connection.execute(SET_SHIFT, seconds))
        self.leaps.append((before, await self.now()))
