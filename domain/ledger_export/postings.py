"""Postings of a period: of each document one for each rate of tax, of each payment one, and write-offs by rate."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import asyncpg

from domain.kernel.money import VatCategory, euro_cents
from domain.ledger_export.shares import write_off_shares
from domain.ledger_export.statements import POSTINGS

PORTION = 500


class PostingKind(StrEnum):
    """The kinds of postings, those of one day in this order."""

    INVOICE = "INVOICE"
    CANCELLATION = "CANCELLATION"
    PAYMENT = "PAYMENT"
    PAYMENT_REVERSAL = "PAYMENT_REVERSAL"
    REFUND = "REFUND"
    WRITE_OFF = "WRITE_OFF"
    REMINDER_FEE = "REMINDER_FEE"
    INTEREST = "INTEREST"
    CHARGE_WAIVER = "CHARGE_WAIVER"
    WRITE_OFF_REVERSAL = "WRITE_OFF_REVERSAL"


@dataclass(frozen=True, kw_only=True)
class LedgerPosting:
    """One posting on the account of a customer; what the customer owes more is above zero.

    `number` is that of the invoice, `document` that of the document that is posted. `amount_cents` is gross, in the
    currency of the invoice, and `euro_cents` the same in euros by the rate of the invoice. `tax` is none for money.
    """

    kind: PostingKind
    booked_on: date
    number: str
    document: str
    due_on: date | None
    customer_number: int
    customer: str
    customer_vat_id: str
    amount_cents: int
    euro_cents: int
    currency: str
    exchange_rate: Decimal | None
    tax: "PostingTax | None"
    note: str


@dataclass(frozen=True, kw_only=True)
class PostingTax:
    """How value added tax applies to a posting; `is_small_business` when the seller shows none."""

    category: VatCategory
    rate: Decimal
    is_small_business: bool = False


async def postings(connection: asyncpg.Connection, first_day: date, last_day: date) -> AsyncIterator[LedgerPosting]:
    """All postings of a period by day; the caller is in a transaction that sees one state of everything."""
    async for row in connection.cursor(POSTINGS, first_day, last_day, prefetch=PORTION):
        for posting in _postings_of(row):
            if posting.amount_cents:
                yield posting


def _postings_of(row: Mapping[str, Any]) -> Iterator[LedgerPosting]:
    kind = PostingKind(row["kind"])
    for group, amount in _amounts_of(row):
        yield _posting(row, kind, amount, _tax(group, row["is_small_business"]))


def _amounts_of(row: Mapping[str, Any]) -> Sequence[tuple[Mapping[str, Any] | None, int]]:
    """The amount of a row by group of tax; in whole, and without tax, where money was paid or charged."""
    if row["tax_groups"]:
        return [(group, group["gross_cents"]) for group in json.loads(row["tax_groups"])]
    return write_off_shares(**json.loads(row["written_off"])) if row["written_off"] else [(None, row["amount_cents"])]


def _posting(row: Mapping[str, Any], kind: PostingKind, amount: int, tax: PostingTax | None) -> LedgerPosting:
    rate = row["exchange_rate"]
    return LedgerPosting(
        kind=kind,
        booked_on=row["booked_on"],
        number=row["number"],
        document=row["document"],
        due_on=row["due_on"],
        customer_number=row["customer_number"],
        customer=row["customer"],
        customer_vat_id=row["customer_vat_id"] or "",
        amount_cents=amount,
        euro_cents=amount if rate is None else euro_cents(amount, rate),
        currency=row["currency"],
        exchange_rate=rate,
        tax=tax,
        note=row["note"],
    )


def _tax(group: Mapping[str, Any] | None, is_small_business: bool) -> PostingTax | None:
    if group is None:
        return None
    category = VatCategory(group["category"])
    return PostingTax(
        category=category,
        rate=Decimal(group["rate"]),
        is_small_business=is_small_business and category is VatCategory.EXEMPT,
    )
