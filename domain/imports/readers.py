"""Readers of cells: a text becomes a value, or `UnreadableCell` says why it cannot."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from domain.engine.inputs import MAX_YEAR, MIN_YEAR
from domain.kernel.calendar import Calendar

# A spreadsheet would run such a cell: cells of text that begin like one and call something.
FORMULA = re.compile(r"\s*(=|[+\-@].*[(|!])", re.DOTALL)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
DECIMAL = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,10})?")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
YES, NO = frozenset({"yes", "true", "ja", "1", "x"}), frozenset({"no", "false", "nein", "0"})


class UnreadableCell(Exception):
    """The text of a cell is no value of its column; `reason` is the key of the sentence that says so."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


def text(cell: str, calendar: Calendar) -> str:
    """A text without outer blanks."""
    if FORMULA.match(cell):
        raise UnreadableCell("import_formula")
    return cell.strip().replace("\r\n", "\n")


def words(cell: str, calendar: Calendar) -> tuple[str, ...]:
    """Several words, with a vertical bar between them."""
    return tuple(word.strip() for word in text(cell, calendar).split("|") if word.strip())


def whole_number(cell: str, calendar: Calendar) -> int:
    if not WHOLE_NUMBER.fullmatch(cell.strip()):
        raise UnreadableCell("import_no_whole_number")
    return int(cell)


def decimal(cell: str, calendar: Calendar) -> Decimal:
    """A number with a comma or a point before its decimals, and nothing between its thousands."""
    if not DECIMAL.fullmatch(cell.strip()):
        raise UnreadableCell("import_no_decimal")
    return Decimal(cell.strip().replace(",", "."))


def day(cell: str, calendar: Calendar) -> date:
    """A day, written 2026-05-10 or 10.05.2026."""
    german = GERMAN_DAY.fullmatch(cell.strip())
    try:
        read = date(*map(int, german.group(3, 2, 1))) if german else date.fromisoformat(cell.strip())
    except ValueError:
        raise UnreadableCell("import_no_day") from None
    if not MIN_YEAR <= read.year <= MAX_YEAR:
        raise UnreadableCell("date_out_of_range", earliest=str(MIN_YEAR), latest=str(MAX_YEAR))
    return read


def instant(cell: str, calendar: Calendar) -> datetime:
    """A day, or a day and a time of the operator's zone (2026-05-10 18:00); a day alone ends at its midnight."""
    written_day, _, written_time = cell.strip().partition(" ")
    read = day(written_day, calendar)
    if not written_time:
        return calendar.end_of(read)
    try:
        return calendar.at(read, datetime.strptime(written_time.strip(), "%H:%M").time())
    except ValueError:
        raise UnreadableCell("import_no_instant") from None


def yes_or_no(cell: str, calendar: Calendar) -> bool:
    word = cell.strip().lower()
    if word not in YES | NO:
        raise UnreadableCell("import_no_yes_or_no")
    return word in YES


def one_of(choices: Mapping[str, Enum]) -> Callable[[str, Calendar], Enum]:
    """The reader of one of these words, in small or capital letters."""

    def read(cell: str, calendar: Calendar) -> Enum:
        try:
            return choices[cell.strip().upper()]
        except KeyError:
            raise UnreadableCell("import_no_choice", choices=", ".join(choices)) from None

    return read
