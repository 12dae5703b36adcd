"""Booked entries of a statement: one booking each, or one for each transaction of a collective entry."""

from collections.abc import Iterator
from typing import Any

from domain.bank.camt.elements import cents, child, children, content_of, day, required, sign, text
from domain.bank.camt.faults import BrokenBankFile
from domain.bank.camt.values import BankBooking, Bounds

BOOKED = "BOOK"
DETAILS = "NtryDtls/TxDtls"
UNKNOWN = "NOTPROVIDED"
PLACEHOLDERS = frozenset({UNKNOWN, "NONREF"})
MAX_TEXT = 500


def is_booked(entry: Any) -> bool:
    """Whether the bank has booked it; what is only announced comes again in a later file."""
    return BOOKED in (text(entry, "Sts"), text(entry, "Sts/Cd"))


def check_entry(entry: Any, references: set[str], bounds: Bounds) -> None:
    """Check what an entry says of itself. Raises `BrokenBankFile` when its reference was there, or its day is to come.

    `references` are those of the entries before, to which its own is added.
    """
    reference = text(entry, "NtryRef")
    if reference in references:
        raise BrokenBankFile("bank_entry_twice", entry.sourceline, reference=reference)
    if reference and reference not in PLACEHOLDERS:
        references.add(reference)
    if bounds.last_day and day(entry, "bank_day_missing", "BookgDt") > bounds.last_day:
        raise BrokenBankFile("bank_day_to_come", entry.sourceline)


def amount_of(element: Any, currency: str) -> Any:
    """The element with the amount. Raises `BrokenBankFile` when it is in another currency than its account."""
    amount = required(element, "bank_amount_missing", "Amt")
    if not currency or amount.get("Ccy") != currency:
        raise BrokenBankFile("bank_currency_wrong", amount.sourceline, found=amount.get("Ccy") or "–")
    return amount


def bookings_of(entry: Any, account_iban: str, currency: str) -> Iterator[BankBooking]:
    """The bookings of one entry, whose amounts add up to the entry's. Raises `BrokenBankFile` when they do not."""
    total, details = sign(entry) * cents(amount_of(entry, currency)), children(entry, DETAILS)
    stated = child(entry, "NtryDtls/Btch/NbOfTxs")
    if stated is not None and details and content_of(stated) != str(len(details)):
        raise BrokenBankFile("bank_batch_count_wrong", stated.sourceline, stated=content_of(stated), found=len(details))
    if len(details) < 2:
        yield _booking(entry, details[0] if details else entry, total, account_iban, currency)
        return
    amounts = [_detail_cents(entry, each, currency) for each in details]
    if sum(amounts) != total:
        raise BrokenBankFile("bank_batch_total_wrong", entry.sourceline)
    for detail, amount in zip(details, amounts, strict=True):
        yield _booking(entry, detail, amount, account_iban, currency)


def _detail_cents(entry: Any, detail: Any, currency: str) -> int:
    """The signed amount of one transaction of a collective entry; version 02 gives it below `AmtDtls`."""
    holder = detail if child(detail, "Amt") is not None else child(detail, "AmtDtls/TxAmt")
    if holder is None:
        raise BrokenBankFile("bank_amount_missing", detail.sourceline)
    direction = sign(detail) if child(detail, "CdtDbtInd") is not None else sign(entry)
    return direction * cents(amount_of(holder, currency))


def _booking(entry: Any, detail: Any, amount: int, account_iban: str, currency: str) -> BankBooking:
    side = "Dbtr" if amount > 0 else "Cdtr"
    booked_on = day(entry, "bank_day_missing", "BookgDt")
    end_to_end_id = text(detail, "Refs/EndToEndId")
    return BankBooking(
        account_iban=account_iban,
        amount_cents=amount,
        currency=currency,
        booked_on=booked_on,
        valued_on=day(entry, "bank_day_missing", "ValDt") if child(entry, "ValDt") is not None else booked_on,
        charges_cents=_charges(detail, currency) or (0 if detail is entry else _charges(entry, currency)),
        counterparty_name=text(detail, f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")[:MAX_TEXT],
        counterparty_iban=text(detail, f"RltdPties/{side}Acct/Id/IBAN").replace(" ", "").upper()[:34],
        reference=_reference(entry, detail)[:MAX_TEXT],
        end_to_end_id="" if end_to_end_id == UNKNOWN else end_to_end_id[:MAX_TEXT],
        bank_reference=text(entry, "AcctSvcrRef")[:MAX_TEXT],
    )


def _reference(entry: Any, detail: Any) -> str:
    """What the payer wrote, structured or not; without it, what the bank wrote about the entry."""
    written = [content_of(each) for each in children(detail, "RmtInf/Ustrd")]
    structured = [content_of(each) for each in children(detail, "RmtInf/Strd/CdtrRefInf/Ref")]
    return " ".join([*written, *structured]) or text(entry, "AddtlNtryInf")


def _charges(element: Any, currency: str) -> int:
    """The charges that the bank kept, in cents: a total in version 08 or records, single amounts in version 02."""
    total = child(element, "Chrgs/TtlChrgsAndTax")
    amounts = [total] if total is not None else children(element, "Chrgs/Rcrd/Amt") + children(element, "Chrgs/Amt")
    return sum(cents(each) for each in amounts if each.get("Ccy") == currency)
