"""The firm's bank: files made of the invoices' numbers and sums, and what finance does with what is not sure."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.makers.bank_files import Entry, camt, zipped
from tests.system.firm_month.amounts import (
    BATCHED,
    CHARGED_BY_BANK,
    COLLECTED,
    KEPT_BY_BANK,
    PARTLY,
    TABLE,
    TWICE,
    UNPAID,
    WRONGLY_NAMED,
    Billed,
    euros,
    part_of,
)
from tests.system.firm_month.books import Books
from tests.system.firm_month.firm import Firm
from tests.system.firm_month.invoicing import name_of

BANK_CODE, COUNTRY = "10050000", "1314"
SPECIAL = frozenset((*COLLECTED, *BATCHED, *PARTLY, *WRONGLY_NAMED, CHARGED_BY_BANK, *UNPAID))
Issued = dict[Billed, dict[str, Any]]


class Bank:
    """What the bank states; each statement goes on where the last one ended."""

    def __init__(self, firm: Firm, issued: Issued) -> None:
        self.firm, self.issued = firm, issued
        self.balance = 1_000_00
        self.statements = 0

    def states(self, day: date, *entries: Entry, packed: bool = False) -> str:
        """A file of these entries is imported."""
        self.statements += 1
        dated = [replace(entry, day=str(day)) for entry in entries]
        content = camt(*dated, number=str(self.statements), opening=euros(self.balance))
        self.balance += sum(_cents(entry) for entry in dated)
        encoded = base64.b64encode(zipped(content) if packed else content).decode()
        given = {"fileName": "statement.zip" if packed else "statement.xml", "content": encoded}
        made: dict[str, Any] = self.firm.move("fiona", "bankFileImport", "bankFile", "id transactionCount", **given)
        return str(made["id"])

    def pays(self, billed: Billed, amount: int, reference: str = "", **more: str) -> Entry:
        """The customer of an invoice transfers an amount."""
        return Entry(
            amount=euros(amount),
            name=name_of(billed.customer),
            iban=_iban(billed.customer),
            reference=reference or f"Rechnung {self.number(billed)}, vielen Dank",
            **more,  # type: ignore[arg-type]
        )

    def number(self, billed: Billed) -> str:
        return str(self.issued[billed]["number"])

    def book_sure(self, file_id: str) -> list[dict[str, Any]]:
        """Book all that is sure; what stays open, in the order of the file."""
        self.firm.move("fiona", "bankFileBookSuggestions", "bankFile", id=file_id)
        select = "id reference amount { amount } counterpartyName"
        where = f'{{ file: {{ eq: "{file_id}" }}, status: {{ eq: OPEN }} }}'
        return self.firm.rows("fiona", "bankTransactions", select, where)

    def book(self, transaction: dict[str, Any], billed: Billed) -> None:
        """Finance says which invoice a transaction pays."""
        share = {"receivableId": self.issued[billed]["receivable"]["id"], "amount": transaction["amount"]["amount"]}
        self.firm.move("fiona", "bankTransactionBook", "bankTransaction", id=transaction["id"], shares=[share])

    def set_aside(self, transaction: dict[str, Any]) -> None:
        self.firm.move("fiona", "bankTransactionSetAside", "bankTransaction", id=transaction["id"], note="Zinsen")


def most_invoices_are_paid(bank: Bank, books: Books, day: date) -> None:
    """The first file: what is sure is booked at once, and finance decides the rest."""
    plain = [billed for billed in TABLE if billed not in SPECIAL]
    entries = [
        *(bank.pays(billed, billed.gross) for billed in (*plain, *TWICE)),
        _batch(bank, BATCHED),
        bank.pays(COLLECTED[0], _gross(COLLECTED), " ".join(map(bank.number, COLLECTED))),
        *(bank.pays(billed, part_of(billed)) for billed in PARTLY),
        *(bank.pays(billed, billed.gross, "Rechnung R99999") for billed in WRONGLY_NAMED),
        bank.pays(CHARGED_BY_BANK, CHARGED_BY_BANK.gross - KEPT_BY_BANK, charges=euros(KEPT_BY_BANK)),
        Entry(amount="12.90", direction="DBIT", name="Hausbank", reference="Kontoführung"),
        Entry(amount="0.37", name="Hausbank", iban=_iban(99), reference="Habenzinsen"),
    ]
    waiting = bank.book_sure(bank.states(day, *entries, packed=True))
    for billed in (*plain, *BATCHED, *COLLECTED):
        books.post("PAYMENT", billed, -billed.gross)
    _the_rest_is_decided(bank, books, waiting)


def _the_rest_is_decided(bank: Bank, books: Books, waiting: list[dict[str, Any]]) -> None:
    """What came twice, in part, under a wrong number or less what the bank kept; interest of the bank is no payment."""
    expected = (*TWICE, *PARTLY, *WRONGLY_NAMED, CHARGED_BY_BANK)
    by_payer = {(each["counterpartyName"], each["amount"]["amount"]): each for each in waiting}
    assert len(by_payer) == len(waiting) == len(expected) + 1
    for billed in expected:
        amount = part_of(billed) if billed in PARTLY else billed.gross - KEPT_BY_BANK * (billed == CHARGED_BY_BANK)
        bank.book(by_payer.pop((name_of(billed.customer), euros(amount))), billed)
        books.post("PAYMENT", billed, -amount)
    (interest,) = by_payer.values()
    bank.set_aside(interest)


def _batch(bank: Bank, batched: Sequence[Billed]) -> Entry:
    """One entry of the bank for the payments of several."""
    details = tuple((euros(billed.gross), bank.number(billed)) for billed in batched)
    return Entry(amount=euros(_gross(batched)), name="Sammler", details=details, batch_count=len(details))


def _gross(listed: Sequence[Billed]) -> int:
    return sum(billed.gross for billed in listed)


def _cents(entry: Entry) -> int:
    amount = int(entry.amount.replace(".", ""))
    return amount if entry.direction == "CRDT" else -amount


def _iban(customer: int) -> str:
    """An account of the customer with its check digits."""
    account = f"{BANK_CODE}{customer:010}"
    return f"DE{98 - int(f'{account}{COUNTRY}00') % 97:02}{account}"
