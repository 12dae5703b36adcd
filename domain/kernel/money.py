"""Money as integer cents: rounding, shares, value added tax, and how amounts are written."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from babel import Locale
from babel.numbers import format_currency

from domain.kernel.languages import locale_of

WITH_CENTS = Decimal("1234567.89")
WHOLE = Decimal(1)
ZERO = Decimal(0)
LOWERED_FROM, LOWERED_UNTIL = date(2020, 7, 1), date(2020, 12, 31)


class Currency(StrEnum):
    """The currencies of invoices; each has two decimals."""

    EUR = "EUR"
    CHF = "CHF"
    CZK = "CZK"
    DKK = "DKK"
    GBP = "GBP"
    NOK = "NOK"
    PLN = "PLN"
    SEK = "SEK"
    USD = "USD"


class VatCategory(StrEnum):
    """How value added tax applies to a line."""

    STANDARD = "STANDARD"
    REDUCED = "REDUCED"
    EXEMPT = "EXEMPT"
    REVERSE_CHARGE = "REVERSE_CHARGE"
    INTRA_COMMUNITY = "INTRA_COMMUNITY"
    EXPORT = "EXPORT"
    ZERO_RATED = "ZERO_RATED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"

    @property
    def code(self) -> str:
        """The category code of EN 16931 (BT-151)."""
        return _CODES[self]


_CODES = {
    VatCategory.STANDARD: "S",
    VatCategory.REDUCED: "S",
    VatCategory.EXEMPT: "E",
    VatCategory.REVERSE_CHARGE: "AE",
    VatCategory.INTRA_COMMUNITY: "K",
    VatCategory.EXPORT: "G",
    VatCategory.ZERO_RATED: "Z",
    VatCategory.OUT_OF_SCOPE: "O",
}
_RATES = {VatCategory.STANDARD: Decimal(19), VatCategory.REDUCED: Decimal(7)}
_LOWERED_RATES = {VatCategory.STANDARD: Decimal(16), VatCategory.REDUCED: Decimal(5)}


@dataclass(frozen=True)
class Money:
    """An amount with its currency, as sentences take it."""

    cents: int
    currency: str


@dataclass(frozen=True)
class VatGroup:
    """Everything of one category and rate: the net sum, and the tax on that sum."""

    category: VatCategory
    rate: Decimal
    net_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Totals:
    """The sums of a document. Tax is the sum over groups, never over lines."""

    net_cents: int
    vat_cents: int
    groups: tuple[VatGroup, ...]

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents


Cents = int | Decimal
"""Cents; the price of one unit may have parts of them, which are decimals then."""
VatLine = tuple[VatCategory, Decimal, int]


def plain(value: Decimal) -> str:
    """The number as text without superfluous zeros, never with an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_half_up(amount: Decimal) -> int:
    """The nearest whole number, halves away from zero, so that a reversal mirrors its original."""
    return int(amount.quantize(WHOLE, ROUND_HALF_UP))


def net_cents(quantity: Decimal, unit_price_cents: Cents) -> int:
    """Quantity times price, which may have parts of a cent, rounded to the cent."""
    return round_half_up(quantity * unit_price_cents)


def share_cents(cents: int, rate_percent: Decimal) -> int:
    """A percentage of an amount, rounded to the cent."""
    return round_half_up(cents * rate_percent / 100)


def vat_cents(net: int, rate_percent: Decimal) -> int:
    """Value added tax on a net amount."""
    return share_cents(net, rate_percent)


def euro_cents(cents: int, rate: Decimal) -> int:
    """An amount of another currency in cents of a euro, of which one is `rate` units of the currency."""
    return round_half_up(cents / rate)


def budget_inflow_cents(nets: Iterable[int], fee_percent: Decimal) -> int:
    """What planned invoices bring the member: each net less the operator's fee, rounded per invoice."""
    return sum(net - share_cents(net, fee_percent) for net in nets)


def vat_groups(lines: Iterable[VatLine]) -> tuple[VatGroup, ...]:
    """Group (category, rate, net cents) lines, highest rate first, with the tax on each group's sum."""
    sums: defaultdict[tuple[VatCategory, Decimal], int] = defaultdict(int)
    for category, rate, net in lines:
        sums[category, rate] += net
    order = sorted(sums, key=lambda group: (-group[1], group[0]))
    return tuple(VatGroup(*group, sums[group], vat_cents(sums[group], group[1])) for group in order)


def totals(lines: Iterable[VatLine]) -> Totals:
    """The sums of a document with these (category, rate, net cents) lines."""
    groups = vat_groups(lines)
    return Totals(sum(group.net_cents for group in groups), sum(group.vat_cents for group in groups), groups)


def vat_rate(category: VatCategory, on: date) -> Decimal:
    """The rate in Germany in percent; lowered in the second half of 2020 (section 28 (1) UStG)."""
    rates = _LOWERED_RATES if LOWERED_FROM <= on <= LOWERED_UNTIL else _RATES
    return rates.get(category, ZERO)


def formatted(cents: int, currency: str, language: str) -> str:
    """How people of a language write the amount; the blank before a sign never breaks the line."""
    return _formatter(currency, language)(cents)


def formatted_price(cents: Cents, currency: str, language: str) -> str:
    """The same of the price of one unit, with its parts of a cent where it has some: 0,0125 €."""
    if cents == int(cents):
        return formatted(int(cents), currency, language)
    locale = locale_of(language)
    pattern = str(locale.currency_formats["standard"].pattern).replace("0.00", "0.00##")
    return format_currency(Decimal(cents) / 100, currency, pattern, locale, currency_digits=False)


@cache
def _formatter(currency: str, language: str) -> Callable[[int], str]:
    """Babel's pattern taken apart once, because a page of orders writes hundreds of amounts."""
    locale = locale_of(language)
    digits = format_currency(WITH_CENTS, currency, "#,##0.00", locale, currency_digits=False)
    before, found, after = format_currency(WITH_CENTS, currency, locale=locale).partition(digits)
    minus_before, same, minus_after = format_currency(-WITH_CENTS, currency, locale=locale).partition(digits)
    if not found or not same:
        return lambda cents: format_currency(Decimal(cents) / 100, currency, locale=locale)
    group, point = _separators(locale)

    def write(cents: int) -> str:
        whole, rest = divmod(abs(cents), 100)
        number = f"{f'{whole:,}'.replace(',', group)}{point}{rest:02}"
        return f"{minus_before}{number}{minus_after}" if cents < 0 else f"{before}{number}{after}"

    return write


def _separators(locale: Locale) -> tuple[str, str]:
    symbols = locale.number_symbols["latn"]
    return symbols["group"], symbols["decimal"]
