"""The end of the month: what the product says of open items, budgets and postings, beside the test's own books."""

import csv
import io
from datetime import date
from typing import Any

from tests.support.running_system import eventually
from tests.system.firm_month.amounts import MEMBERS, PAUSED, TABLE, Billed, cents, euros
from tests.system.firm_month.bank import Bank
from tests.system.firm_month.books import Books
from tests.system.firm_month.claims import CLAIMED, RETURNED
from tests.system.firm_month.firm import Firm

SUMS = ("amount", "canceled", "charges", "paid", "writtenOff", "remaining", "overpaid")
ITEM = f"invoice {{ items {{ text }} }} status {' '.join(f'{name} {{ amount }}' for name in SUMS)}"
FIGURES = ("planned", "invoiced", "received", "reserved", "paid", "available")
BUDGET = f"""member {{ name }} {" ".join(f"{name} {{ amount }}" for name in FIGURES)}
    entries(first: 1) {{ nodes {{ id }} }}"""


def require_open_items(firm: Firm, books: Books) -> None:
    """Each open item has the sums of its postings, and all together what the list sums up."""
    found = {row["invoice"]["items"][0]["text"]: row for row in firm.rows("fiona", "receivables", ITEM)}
    assert len(found) == len(TABLE)
    for billed in TABLE:
        row = found[billed.text]
        assert {name: cents(row[name]["amount"]) for name in SUMS} == _sums(books, billed), billed
        assert row["status"] == _status(books, billed)
    sums = "{ receivables(first: 1) { sums { count amount { amount } remaining { amount } } } }"
    (total,) = firm.ask("fiona", sums)["receivables"]["sums"]
    assert total["count"] == len(TABLE)
    assert cents(total["remaining"]["amount"]) == sum(books.remaining(billed) for billed in TABLE)


def _sums(books: Books, billed: Billed) -> dict[str, int]:
    remaining = books.remaining(billed)
    return {
        "amount": billed.gross,
        "canceled": -books.sum(billed, {"CANCELLATION"}),
        "charges": books.charges(billed),
        "paid": books.paid(billed),
        "writtenOff": -books.sum(billed, {"WRITE_OFF"}),
        "remaining": max(remaining, 0),
        "overpaid": max(-remaining, 0),
    }


def _status(books: Books, billed: Billed) -> str:
    paid = books.paid(billed)
    if not paid:
        return "OPEN"
    return "PAID" if paid >= books.asked(billed) + books.charges(billed) else "PARTLY_PAID"


def require_budgets(firm: Firm, books: Books) -> None:
    """Each budget is what came in of its member's shares, less what was claimed; its entries add up to that."""
    found = {row["member"]["name"].split()[0].lower(): row for row in firm.rows("fiona", "memberBudgets", BUDGET)}
    for member in MEMBERS:
        own = [billed for billed in TABLE if billed.member == member]
        received = sum(books.received(billed) for billed in own)
        reserved = RETURNED if member == "noah" else 0
        assert {name: cents(found[member][name]["amount"]) for name in FIGURES} == {
            "planned": 0,
            "invoiced": sum(books.expected(billed) for billed in own),
            "received": received,
            "reserved": reserved,
            "paid": CLAIMED[member],
            "available": received - reserved - CLAIMED[member],
        }
        _require_entries(firm, member, received - reserved - CLAIMED[member])


def _require_entries(firm: Firm, member: str, available: int) -> None:
    """The ledger as its member reads it."""
    document = """query ($after: String) { memberBudgets { nodes { entries(first: 100, after: $after) {
        nodes { amount { amount } } pageInfo { hasNextPage endCursor } } } } }"""
    total, after = 0, None
    while True:
        ((budget,),) = (firm.ask(member, document, after=after)["memberBudgets"]["nodes"],)
        total += sum(cents(entry["amount"]["amount"]) for entry in budget["entries"]["nodes"])
        if not budget["entries"]["pageInfo"]["hasNextPage"]:
            break
        after = budget["entries"]["pageInfo"]["endCursor"]
    assert total == available


def require_claims(firm: Firm) -> None:
    """Three are paid, and the one that came back waits for another file."""
    rows = firm.rows("fiona", "claims", "status amount { amount } decisionReason")
    assert sorted(row["status"] for row in rows) == ["APPROVED", "PAID", "PAID", "PAID"]
    (back,) = (row for row in rows if row["status"] == "APPROVED")
    assert (back["amount"]["amount"], back["decisionReason"]) == (euros(RETURNED), "Konto erloschen")


def require_exports(firm: Firm, bank: Bank, books: Books, first: date, last: date) -> None:
    """Both files hold each posting once; together they leave what customers owe."""
    firm.move(
        "ada",
        "operatorSetLedger",
        "operator",
        id=firm.operator_id(),
        ledgerConsultant=29_098,
        ledgerClient=55_003,
        fiscalYearMonth=first.month,
    )
    eventually(lambda: _cancellations_posted(firm))
    period = f"from={first}&until={last}"
    plain = firm.file("fiona", f"/files/ledger-export?format=csv&{period}").content.decode()
    text_of = {bank.number(billed): billed.text for billed in TABLE}
    rows = [*csv.DictReader(io.StringIO(plain))]
    assert sorted((row["kind"], text_of[row["number"]], cents(row["amount_eur"])) for row in rows) == (
        books.all_postings()
    )
    batch = firm.file("fiona", f"/files/ledger-export?format=datev&{period}").content.decode("cp1252")
    lines = [line.split(";") for line in batch.splitlines()[2:]]
    signs = {'"S"': 1, '"H"': -1}
    amounts = [signs[line[1]] * cents(line[0]) for line in lines]
    assert sorted(amounts) == sorted(amount for _, _, amount in books.all_postings())
    assert sum(amounts) == sum(books.remaining(billed) for billed in TABLE)


def _cancellations_posted(firm: Firm) -> Any:
    rows = firm.rows("fiona", "invoices", "status", "{ kind: { eq: CANCELLATION } }")
    return {row["status"] for row in rows} == {"POSTED"}


def require_that_the_paused_one_waits(firm: Firm, bank: Bank) -> None:
    document = "query ($id: ID!) { receivable(id: $id) { reminderStep reminderReasons { reason } } }"
    found = firm.ask("fiona", document, id=bank.issued[PAUSED]["receivable"]["id"])["receivable"]
    assert found["reminderStep"] is None
    assert "reminders_are_paused" in {each["reason"] for each in found["reminderReasons"]}
