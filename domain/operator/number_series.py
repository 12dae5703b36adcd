"""Series of document numbers, and the number with which one continues that another system has begun."""

from dataclasses import dataclass

from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, invalid
from domain.kernel.number_format import NumberFormat

HAS_BEGUN = "SELECT last_sequence FROM number_series WHERE key = $1"
SET_START = """INSERT INTO series_starts (series, first_number, set_at, set_by) VALUES ($1, $2, $3, $4)
    ON CONFLICT (series) DO UPDATE SET first_number = excluded.first_number, set_at = excluded.set_at,
        set_by = excluded.set_by"""


@dataclass(frozen=True)
class Series:
    """The series of one format in the year of a document's date: `RE-2026`, `ST-2026`."""

    format: NumberFormat
    year: int

    @property
    def name(self) -> str:
        return self.format.series(self.year)

    def number(self, sequence: int) -> str:
        """The document number at this place."""
        return self.format.number(self.year, sequence)


def parsed_format(text: str) -> NumberFormat:
    """The format of a text of the settings, which take valid ones only."""
    number_format = NumberFormat.parse(text)
    assert number_format is not None
    return number_format


async def continue_series(move: TransitionContext, series: Series, first: int, field: str) -> None:
    """Let a series begin with this number; refused at `field` once it has allocated one, for then it only counts on."""
    begun = await move.connection.execute_query_dict(HAS_BEGUN, [series.name])
    if begun:
        raise Refused(invalid("series_has_begun", field, last=series.number(begun[0]["last_sequence"])))
    values = [series.name, first, move.now, move.context.actor.name]
    await move.connection.execute_query(SET_START, values)
