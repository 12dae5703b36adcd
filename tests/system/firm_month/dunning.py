"""What finance does with those who do not pay: refunds, disputes, reminders by the clock, and what is given up."""

from datetime import date
from typing import Any

from tests.support.running_system import eventually
from tests.system.firm_month.amounts import (
    BASE_RATE,
    CHARGED_BY_BANK,
    DUE,
    FEES,
    FIRST,
    FORMAL,
    FRIENDLY,
    GIVEN_UP,
    KEPT_BY_BANK,
    PARTLY,
    PARTLY_REVERSED,
    PAUSED,
    PAYS_ALL,
    PAYS_LATE,
    PAYS_WITHOUT_CHARGES,
    REVERSED,
    SILENT,
    TWICE,
    Billed,
    euros,
    interest,
)
from tests.system.firm_month.bank import Bank
from tests.system.firm_month.books import Books
from tests.system.firm_month.firm import Firm

REMINDED_ONCE = (PAYS_ALL, PAYS_WITHOUT_CHARGES, PARTLY_REVERSED)
REMINDED_TO_THE_END = (*PARTLY, GIVEN_UP, PAYS_LATE, *SILENT)


def reminders_are_set_up(firm: Firm, today: date) -> None:
    """Fees of each step, and statutory interest by a base rate that holds from the first day."""
    fees = {f"{name}ReminderFee": euros(FEES[day]) for name, day in _steps().items()}
    operator = firm.operator_id()
    firm.move("ada", "operatorSetReminders", "operator", id=operator, interestIsCharged=True, **fees)
    firm.move("ada", "operatorSetBaseRate", "operator", id=operator, percent=str(BASE_RATE), holdsFrom=str(today))


def differences_are_settled(bank: Bank, books: Books, day: date) -> None:
    """What came twice goes back, what the bank kept is given up, one invoice is disputed, another one may wait."""
    firm = bank.firm
    for billed in TWICE:
        _move(bank, billed, "Refund", amount=euros(billed.gross), refundedOn=str(day))
        books.post("REFUND", billed, billed.gross)
    _move(bank, CHARGED_BY_BANK, "WriteOff", reason="Gebühr der Bank.")
    books.post("WRITE_OFF", CHARGED_BY_BANK, -KEPT_BY_BANK)
    _move(bank, REVERSED, "Dispute", reason="Nicht bestellt.")
    until = date.fromordinal(day.toordinal() + 90)
    _move(bank, PAUSED, "PauseReminders", reason="Vereinbart.", until=str(until))
    assert firm.refusals("fiona", "receivableRefund", id=_id(bank, TWICE[0]), amount="0.01", refundedOn=str(day)) == [
        "receivable_not_overpaid"
    ]


def friendly_reminders_go(bank: Bank, books: Books) -> None:
    _remind(bank, books, FRIENDLY, FRIENDLY - DUE, (*REMINDED_ONCE, *REMINDED_TO_THE_END))


def some_pay_after_it(bank: Bank, books: Books, day: date) -> None:
    """The second file: one pays all, one without the charges, which are waived, and one what a cancellation left."""
    half = PARTLY_REVERSED.net // 2
    _reverse(bank, PARTLY_REVERSED, half)
    _reverse(bank, REVERSED, REVERSED.net)
    books.reverse(PARTLY_REVERSED, half)
    books.reverse(REVERSED, REVERSED.net)
    amounts = {billed: books.remaining(billed) for billed in (PAYS_ALL, PARTLY_REVERSED)}
    amounts[PAYS_WITHOUT_CHARGES] = PAYS_WITHOUT_CHARGES.gross
    file = bank.states(day, *(bank.pays(billed, amount) for billed, amount in amounts.items()))
    (unsure,) = bank.book_sure(file)
    bank.book(unsure, PAYS_WITHOUT_CHARGES)
    for billed, amount in amounts.items():
        books.post("PAYMENT", billed, -amount)
    _move(bank, PAYS_WITHOUT_CHARGES, "WaiveCharges", reason="Aus Kulanz.")
    books.post("CHARGE_WAIVER", PAYS_WITHOUT_CHARGES, -books.remaining(PAYS_WITHOUT_CHARGES))


def first_reminders_go(bank: Bank, books: Books) -> None:
    _remind(bank, books, FIRST, FIRST - FRIENDLY, REMINDED_TO_THE_END)


def members_are_told(bank: Bank) -> None:
    """Three days before the formal reminder."""
    eventually(lambda: _count(bank, "formalAnnouncedOn") == len(REMINDED_TO_THE_END))


def formal_reminders_go(bank: Bank, books: Books) -> None:
    _remind(bank, books, FORMAL, FORMAL - FIRST, REMINDED_TO_THE_END)


def one_is_given_up(bank: Bank, books: Books) -> None:
    """Above the limit two people agree, and the one who proposes is not the other one."""
    _move(bank, GIVEN_UP, "ProposeWriteOff", reason="Insolvent.")
    own = bank.firm.refusals("fiona", "receivableApproveWriteOff", id=_id(bank, GIVEN_UP))
    assert own == ["proposer_cannot_approve_write_off"]
    bank.firm.move("felix", "receivableApproveWriteOff", "receivable", id=_id(bank, GIVEN_UP))
    charges = books.charges(GIVEN_UP)
    books.post("WRITE_OFF", GIVEN_UP, charges - books.remaining(GIVEN_UP))
    books.post("WRITE_OFF", GIVEN_UP, -charges)


def _remind(bank: Bank, books: Books, step: int, days: int, expected: tuple[Billed, ...]) -> None:
    """The clock has reminded exactly these; each owes the fee, and interest for the days since the last one."""
    for billed in expected:
        principal = books.asked(billed) - books.paid(billed)
        books.post("REMINDER_FEE", billed, FEES[step])
        books.post("INTEREST", billed, interest(principal, days))
    name = next(name for name, day in _steps().items() if day == step).upper()
    where = f"{{ reminderStep: {{ eq: {name} }} }}"
    select = "invoice { items { text } }"
    eventually(lambda: len(bank.firm.rows("fiona", "receivables", select, where)) == len(expected))
    found = {row["invoice"]["items"][0]["text"] for row in bank.firm.rows("fiona", "receivables", select, where)}
    assert found == {billed.text for billed in expected}


def _steps() -> dict[str, int]:
    return {"friendly": FRIENDLY, "first": FIRST, "formal": FORMAL}


def _reverse(bank: Bank, billed: Billed, net: int) -> None:
    items = [{"itemId": bank.issued[billed]["items"][0]["id"], "net": euros(net)}]
    bank.firm.move(
        "fiona", "invoiceReverse", "invoice", id=bank.issued[billed]["id"], reason="Nicht geleistet.", items=items
    )


def _count(bank: Bank, field: str) -> int:
    return sum(bool(row[field]) for row in bank.firm.rows("fiona", "receivables", field))


def _move(bank: Bank, billed: Billed, name: str, **given: Any) -> None:
    bank.firm.move("fiona", f"receivable{name}", "receivable", id=_id(bank, billed), **given)


def _id(bank: Bank, billed: Billed) -> str:
    return str(bank.issued[billed]["receivable"]["id"])
