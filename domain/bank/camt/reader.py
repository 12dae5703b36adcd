"""Reader of statements: accounts, balances and booked entries, checked against the totals that the bank states."""

import re
from collections.abc import Iterator
from typing import Any

from domain.bank.camt.archive import documents_of
from domain.bank.camt.bookings import amount_of, bookings_of, check_entry, is_booked
from domain.bank.camt.elements import cents, children, content_of, format_of, parsed, required, sign
from domain.bank.camt.faults import BrokenBankFile
from domain.bank.camt.values import BankStatements, Bounds, Statement

IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
CODE = "Tp/CdOrPrtry/Cd"
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
EVERYTHING = Bounds()


def read_bank_file(content: bytes, bounds: Bounds = EVERYTHING) -> BankStatements:
    """Read all statements of a file. Raises `BrokenBankFile` for the first fault, so that nothing of it is used."""
    roots = [parsed(document) for document in documents_of(content)]
    formats = [format_of(root) for root in roots]
    statements = [*_statements(roots, bounds)]
    if not statements:
        raise BrokenBankFile("bank_file_without_statements", roots[0].sourceline)
    return BankStatements(format=formats[0], statements=statements)


def _statements(roots: list[Any], bounds: Bounds) -> Iterator[Statement]:
    """The statements of all documents; the same one twice would book everything in it twice."""
    known: set[tuple[str, str]] = set()
    for element in (each for root in roots for each in children(root, "BkToCstmrStmt/Stmt")):
        statement = _statement(element, bounds)
        key = (statement.account_iban, statement.number)
        if key in known:
            raise BrokenBankFile("bank_statement_twice", element.sourceline, number=statement.number)
        known.add(key)
        yield statement


def _statement(element: Any, bounds: Bounds) -> Statement:
    iban = _iban(required(element, "bank_account_missing", "Acct/Id/IBAN"), bounds)
    number = content_of(required(element, "bank_statement_number_missing", "Id"))
    currency, difference = _balances(element)
    entries = [each for each in children(element, "Ntry") if is_booked(each)]
    references: set[str] = set()
    for entry in entries:
        check_entry(entry, references, bounds)
    booked = sum(sign(entry) * cents(amount_of(entry, currency)) for entry in entries)
    if booked != difference:
        raise BrokenBankFile("bank_totals_wrong", element.sourceline, number=number)
    bookings = [booking for entry in entries for booking in bookings_of(entry, iban, currency)]
    return Statement(account_iban=iban, currency=currency, number=number, bookings=bookings)


def _iban(element: Any, bounds: Bounds) -> str:
    """The account's number. Raises `BrokenBankFile` when its check digits are wrong, or it is not the operator's."""
    iban = (element.text or "").replace(" ", "").upper()
    if not IBAN.fullmatch(iban):
        raise BrokenBankFile("bank_account_missing", element.sourceline)
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    if int(digits) % 97 != 1:
        raise BrokenBankFile("bank_account_missing", element.sourceline)
    if bounds.accounts and iban not in bounds.accounts:
        raise BrokenBankFile("bank_account_unknown", element.sourceline, found=iban)
    return iban


def _balances(element: Any) -> tuple[str, int]:
    """The currency of the account, and the closing balance less the opening one in cents."""
    found = {content_of(each): balance for balance in children(element, "Bal") for each in children(balance, CODE)}
    opening = next((found[code] for code in OPENING if code in found), None)
    closing = next((found[code] for code in CLOSING if code in found), None)
    if opening is None or closing is None:
        raise BrokenBankFile("bank_balances_missing", element.sourceline)
    currency = required(opening, "bank_amount_missing", "Amt").get("Ccy", "")
    amounts = [sign(each) * cents(amount_of(each, currency)) for each in (opening, closing)]
    return currency, amounts[1] - amounts[0]
