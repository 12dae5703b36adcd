"""Formats of dates, instants, durations, numbers and money in one language and one zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Self
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers

from portal_views.words.catalogue import translate

ENGLISH_LOCALE = "en_GB"
MINUTE_SECONDS, HOUR_SECONDS, DAY_SECONDS = 60, 3600, 86400
MAX_OPTIONS = 32
CENT = Decimal("0.01")
MINUS = "\u2212"
FILE_UNITS = (("GB", 1000**3), ("MB", 1000**2), ("KB", 1000))


@dataclass(frozen=True)
class Formats:
    """The formats of one page: `now` is the API's clock, `zone` the operator's."""

    language: str
    zone: tzinfo
    now: datetime

    @classmethod
    def of(cls, language: str, zone: str, now: str) -> Self:
        return cls(language, ZoneInfo(zone), parse_instant(now))

    @property
    def locale(self) -> str:
        return ENGLISH_LOCALE if self.language == "en" else self.language

    def country(self, code: str) -> str:
        """The name of a country by its code."""
        return str(Locale.parse(self.locale).territories.get(code, code))

    def address_lines(self, party: Mapping[str, Any]) -> list[str]:
        """The lines of an invoice party's postal address, the VAT id last."""
        place = " ".join(str(party[part]) for part in ("postcode", "city") if party.get(part))
        named = [party.get("name") or party.get("legalName") or party.get("legal_name"), party.get("street"), place]
        lines = [*named, self.country(party.get("country") or ""), party.get("vatId") or party.get("vat_id")]
        return [str(line) for line in lines if line]

    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def day(self, value: str | date | None, style: str = "medium") -> str:
        """A calendar date, or the local day of an instant."""
        return "" if not value else dates.format_date(self._local_date(value), style, locale=self.locale)

    def deadline_datetime(self, value: str, style: str = "medium") -> str:
        """An exact end with its day: 30.03.2026, 18:00, or in style full Montag, 30. März 2026, 18:00 Uhr.

        An end with which a local day begins is written as the end of the day before it: 07.12.2026, 24:00.
        """
        local, last_day = parse_instant(value).astimezone(self.zone), self.last_day(value)
        is_end_of_day = last_day < local.date()
        day = dates.format_date(last_day if is_end_of_day else local, style, locale=self.locale)
        time = "24:00" if is_end_of_day else f"{local:%H:%M}"
        return f"{day}, {time}" if style == "medium" else translate(self.language, "time.exactly", day=day, time=time)

    def short_datetime(self, value: str) -> str:
        """An instant at which something happened or begins: 30.03.2026, 18:00; ends are `deadline_datetime`."""
        local = parse_instant(value).astimezone(self.zone)
        return f"{dates.format_date(local, 'medium', locale=self.locale)}, {local:%H:%M}"

    def time(self, value: str) -> str:
        """The local time of an instant: 18:00."""
        return f"{parse_instant(value).astimezone(self.zone):%H:%M}"

    def local_time(self) -> str:
        """The time of day now: 14:02."""
        return f"{self.now.astimezone(self.zone):%H:%M}"

    def datetime_field_text(self, value: str | None) -> str:
        """An instant as it is typed into a field: 31.12.2026, 18:00."""
        if not value:
            return ""
        local = parse_instant(value).astimezone(self.zone)
        return f"{self.date_field_text(local.date().isoformat())}, {local:%H:%M}"

    def date_field_text(self, value: str | None) -> str:
        """A day as it is typed into a field: 31.12.2026, in English 31/12/2026; any other text as it is."""
        try:
            day = date.fromisoformat(value or "")
        except ValueError:
            return value or ""
        return f"{day:%d/%m/%Y}" if self.language == "en" else f"{day:%d.%m.%Y}"

    def time_left(self, until: str) -> str:
        """The time left until an end, or a sentence that it is over."""
        seconds = self.seconds_left(until)
        if seconds <= 0:
            return translate(self.language, "time.over")
        return translate(self.language, "time.left", span=self.duration(timedelta(seconds=seconds)))

    def seconds_left(self, until: str) -> int:
        return int((parse_instant(until) - self.now).total_seconds())

    def is_past(self, until: str | None) -> bool:
        return bool(until) and self.seconds_left(str(until)) <= 0

    def waiting_time(self, since: str) -> str:
        """The time since an instant, in the case that follows a word like seit: 2 Tagen und 5 Stunden."""
        return self.duration(max(self.now - parse_instant(since), timedelta(0)), key_prefix="since")

    def duration(self, length: timedelta, *, key_prefix: str = "time") -> str:
        """A duration in at most two neighbouring units: 2 Tage und 5 Stunden."""
        seconds = int(length.total_seconds())
        days, hours, minutes = (
            seconds // DAY_SECONDS,
            seconds % DAY_SECONDS // HOUR_SECONDS,
            seconds % HOUR_SECONDS // MINUTE_SECONDS,
        )
        parts = [("days", days), ("hours", hours)] if days else [("hours", hours), ("minutes", minutes)]
        texts = [translate(self.language, f"{key_prefix}.{unit}", n=number) for unit, number in parts if number]
        return translate(self.language, "time.and").join(texts) or translate(
            self.language, f"{key_prefix}.less_than_a_minute"
        )

    def age(self, since: str) -> str:
        """The time since an instant in its largest unit, rounded: 3 Tage."""
        return dates.format_timedelta(max(self.now - parse_instant(since), timedelta(0)), locale=self.locale)

    def elapsed_percent(self, since: str, until: str) -> int:
        """The part of a span that is over, in percent from 0 to 100."""
        whole = (parse_instant(until) - parse_instant(since)).total_seconds()
        gone = (self.now - parse_instant(since)).total_seconds()
        return round(100 * min(max(gone / whole, 0), 1)) if whole > 0 else 100

    def last_day(self, end: str) -> date:
        """The local day in which the last second before an end lies."""
        return (parse_instant(end) - timedelta(seconds=1)).astimezone(self.zone).date()

    def daily_end_options(self, end: str, latest: str | None) -> list[dict[str, str]]:
        """The same local time one, two, ... days after `end`, up to `latest`, as options of a form."""
        local, last = parse_instant(end).astimezone(self.zone), parse_instant(latest or end)
        later = [local + timedelta(days=days) for days in range(1, MAX_OPTIONS)]
        return [
            {"value": choice.astimezone(UTC).isoformat(), "label": self.deadline_datetime(choice.isoformat(), "full")}
            for choice in later
            if choice <= last
        ]

    def money(self, value: dict[str, Any] | None) -> str:
        """An amount `{amount, currency}` as the language writes it."""
        if value is None:
            return ""
        amount, currency = Decimal(value["amount"]), value["currency"]
        if amount == amount.quantize(CENT):
            return _with_minus(numbers.format_currency(amount, currency, locale=self.locale))
        price = numbers.format_currency(amount, currency, self._price_format(), self.locale, currency_digits=False)
        return _with_minus(price)

    def number(self, value: str | int | Decimal) -> str:
        return _with_minus(numbers.format_decimal(Decimal(value), "#,##0.####", self.locale))

    def rate(self, value: str) -> str:
        """An exchange rate, with up to six decimals."""
        return numbers.format_decimal(Decimal(value), "#,##0.00####", self.locale)

    def file_size(self, size: int) -> str:
        """A number of bytes in the unit in which people say it."""
        unit, divisor = next(((name, least) for name, least in FILE_UNITS if size >= least), ("B", 1))
        number = numbers.format_decimal(size / divisor, format="#,##0.#", locale=self.locale)
        return f"{number} {unit}"

    def number_field_text(self, value: str, pattern: str = "0.####") -> str:
        """A number as it is typed into a field: without groups."""
        return numbers.format_decimal(Decimal(value), format=pattern, locale=self.locale)

    def iban(self, compact: str) -> str:
        """A bank account in groups of four, as people read it."""
        return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))

    def percent(self, value: str | Decimal) -> str:
        """A rate in percent: 19.00 is written 19 %."""
        return _with_minus(
            numbers.format_percent(Decimal(value) / 100, locale=self.locale, format=self._percent_format())
        )

    def _percent_format(self) -> str:
        return "#,##0.###%" if self.language == "en" else "#,##0.###\u00a0%"

    def _price_format(self) -> str:
        """The price of one unit, which may have parts of a cent."""
        return "¤#,##0.00##" if self.language == "en" else "#,##0.00##\u00a0¤"

    def _local_date(self, value: str | date) -> date:
        if isinstance(value, date):
            return value
        return parse_instant(value).astimezone(self.zone).date() if "T" in value else date.fromisoformat(value)


def _with_minus(text: str) -> str:
    """The text of a number with a real minus sign, which is as wide as a plus."""
    return text.replace("-", MINUS)


def parse_instant(text: str) -> datetime:
    """An aware instant from ISO 8601 text; one without an offset is UTC."""
    read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=UTC)
