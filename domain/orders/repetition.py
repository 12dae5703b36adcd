"""Repeated entries of a billing plan: one entry becomes a planned invoice for each date when it is saved."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from babel.dates import format_date

from domain.kernel.errors import Refused, invalid
from domain.kernel.languages import locale_of

if TYPE_CHECKING:
    from domain.orders.inputs import PlannedInvoiceEntry

Period = tuple[date | None, date | None]
MAX_PLANNED_INVOICES = 120
MONTHS_OF_A_YEAR = 12
PLACEHOLDERS = ("month", "year", "quarter", "period", "pastPeriod", "number", "count")
ONE_DAY = timedelta(days=1)
NO_PERIOD: "Period" = (None, None)
IN_BRACES = re.compile(r"\{([^{}]*)\}")


class Repetition(StrEnum):
    """How often an entry of a billing plan comes again."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"
    EVERY_N_MONTHS = "EVERY_N_MONTHS"


MONTHS = {Repetition.MONTHLY: 1, Repetition.QUARTERLY: 3, Repetition.YEARLY: MONTHS_OF_A_YEAR}


def expand(
    entries: Sequence["PlannedInvoiceEntry"], language: str, within: Period = NO_PERIOD
) -> list["PlannedInvoiceEntry"]:
    """Every planned invoice of a billing plan, in the order of the entries; those without a repetition as they are.

    Each invoice of a repeated entry has a service period of its own, the part of it that lies `within` the order's.

    Raises `Refused` when a repetition is incomplete, its text has an unknown placeholder, or the plan is too long.
    """
    plan: list[PlannedInvoiceEntry] = []
    for position, entry in enumerate(entries):
        path = ("planned_invoices", str(position))
        plan += _expand_one(entry, path, language, within) if is_repeated(entry) else [entry]
        if len(plan) > MAX_PLANNED_INVOICES:
            raise Refused(invalid("plan_too_long", "planned_invoices", most=MAX_PLANNED_INVOICES))
    return plan


def is_repeated(entry: "PlannedInvoiceEntry") -> bool:
    """Whether any of its fields speaks of a repetition."""
    fields = (entry.repeats, entry.repeat_months, entry.repeat_count, entry.repeat_until)
    return any(value is not None for value in fields)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day: 31 January, 28 February, 31 March."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def dates(first: date, months: int, *, count: int | None, until: date | None) -> Iterator[date]:
    """The dates from the first on, each counted from the first, as many as are wanted or until a day, inclusive.

    One more date than a plan may have is the most that is returned.
    """
    for number in range(min(count or MAX_PLANNED_INVOICES + 1, MAX_PLANNED_INVOICES + 1)):
        if first.year + number * months // MONTHS_OF_A_YEAR >= date.max.year:
            return
        day = add_months(first, number * months)
        if until is not None and day > until:
            return
        yield day


def require_whole_period(entry: "PlannedInvoiceEntry", path: tuple[str, ...]) -> None:
    """Refuse a service period of one day only, and one that ends before it starts."""
    first, last = entry.service_from, entry.service_to
    if (first is None) is not (last is None):
        raise Refused(invalid("period_needs_both_days", *path, "service_to" if last is None else "service_from"))
    if first and last and last < first:
        raise Refused(invalid("period_ends_before_it_starts", *path, "service_to"))


def _expand_one(
    entry: "PlannedInvoiceEntry", path: tuple[str, ...], language: str, within: Period
) -> list["PlannedInvoiceEntry"]:
    first, months = _require_complete(entry, path)
    days = [*dates(first, months, count=entry.repeat_count, until=entry.repeat_until)]
    once = replace(entry, repeats=None, repeat_months=None, repeat_count=None, repeat_until=None)
    invoices = []
    for number, day in enumerate(days, start=1):
        first_day, last_day = _service(entry, day, months * (number - 1), months, within)
        text = _filled(entry.text, day, months, (number, len(days)), language)
        invoices.append(replace(once, invoice_on=day, text=text, service_from=first_day, service_to=last_day))
    return invoices


def _service(entry: "PlannedInvoiceEntry", day: date, passed: int, months: int, within: Period) -> Period:
    """The service period of one invoice: the given one so many months later, else the months that its text tells of.

    Those are the months up to the invoice's where the text says `{pastPeriod}`, and from it on otherwise.
    """
    if entry.service_from and entry.service_to:
        after = add_months(entry.service_to + ONE_DAY, passed)
        return add_months(entry.service_from, passed), after - ONE_DAY
    month = day.replace(day=1)
    begin = add_months(month, 1 - months) if "{pastPeriod}" in entry.text else month
    return _clipped(begin, add_months(begin, months) - ONE_DAY, within)


def _clipped(first: date, last: date, within: Period) -> Period:
    """The part of a period within another one; nothing of its own where they do not meet."""
    begin, end = max(first, within[0] or first), min(last, within[1] or last)
    return (begin, end) if begin <= end else NO_PERIOD


def _require_complete(entry: "PlannedInvoiceEntry", path: tuple[str, ...]) -> tuple[date, int]:
    """The first date and the months between two; raises `Refused` naming the field that is wrong."""
    if entry.repeats is None:
        raise Refused(invalid("repetition_not_chosen", *path, "repeats"))
    if entry.invoice_on is None:
        raise Refused(invalid("repetition_without_first_date", *path, "invoice_on"))
    if (entry.repeats is Repetition.EVERY_N_MONTHS) is not (entry.repeat_months is not None):
        raise Refused(invalid("repetition_without_months", *path, "repeat_months"))
    if (entry.repeat_count is None) is (entry.repeat_until is None):
        raise Refused(invalid("repetition_without_one_end", *path, "repeat_count"))
    if entry.repeat_until is not None and entry.repeat_until < entry.invoice_on:
        raise Refused(invalid("repetition_ends_before_it_starts", *path, "repeat_until"))
    for name in IN_BRACES.findall(entry.text):
        if name not in PLACEHOLDERS:
            raise Refused(invalid("plan_placeholder_unknown", *path, "text", placeholder=f"{{{name}}}"))
    return entry.invoice_on, MONTHS.get(entry.repeats) or entry.repeat_months or 1


def _filled(text: str, day: date, months: int, place: tuple[int, int], language: str) -> str:
    number, count = place
    values = {
        "month": _month(day, language, "LLLL"),
        "year": str(day.year),
        "quarter": str((day.month + 2) // 3),
        "period": period(day, months, language),
        "pastPeriod": period(add_months(day.replace(day=1), 1 - months), months, language),
        "number": str(number),
        "count": str(count),
    }
    return IN_BRACES.sub(lambda found: values[found[1]], text)


def period(day: date, months: int, language: str) -> str:
    """So many months from the day's month on, in words: a month, a whole year, or from one month to another."""
    first, last = day.replace(day=1), add_months(day.replace(day=1), months - 1)
    if months == 1:
        return _month(first, language, "LLLL y")
    if first.month == 1 and months == MONTHS_OF_A_YEAR:
        return str(first.year)
    begin = _month(first, language, "LLLL" if first.year == last.year else "LLLL y")
    return f"{begin} – {_month(last, language, 'LLLL y')}"


def _month(day: date, language: str, pattern: str) -> str:
    return format_date(day, pattern, locale=locale_of(language))
