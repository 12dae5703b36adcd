"""Values that a bank file holds: statements of accounts with their transactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class BankBooking:
    """One transaction of an account; `amount_cents` is above zero for money that came in.

    Of a collective entry each transaction is one. `charges_cents` are those the bank kept of it.
    """

    account_iban: str
    amount_cents: int
    currency: str
    booked_on: date
    valued_on: date
    charges_cents: int = 0
    counterparty_name: str = ""
    counterparty_iban: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the bank booked on one account, whose balances it explains."""

    account_iban: str
    currency: str
    number: str
    bookings: Sequence[BankBooking]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Bounds of what a file may state: accounts, any if there are none, and the last day of a booking, if any."""

    accounts: frozenset[str] = frozenset()
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class BankStatements:
    """All statements of a file, and the version of its format."""

    format: str
    statements: Sequence[Statement]
