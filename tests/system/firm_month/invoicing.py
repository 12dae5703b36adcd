"""The month's invoices: from orders and by hand, confirmed and approved in bulk, and issued by one run."""

from datetime import date, timedelta
from typing import Any

from tests.support.running_system import eventually
from tests.system.firm_month.amounts import CUSTOMERS, FEE_OF_LINES, MEMBERS, TABLE, VAT_CATEGORIES, Billed, euros
from tests.system.firm_month.firm import Firm

DAYS_TO_FIRST = 9
# Each invoice is checked by the official rules, rendered twice and mailed, which takes minutes on a busy machine.
SECONDS_TO_ISSUE = 900
ISSUED = "id number gross { amount } items { id text } receivable { id }"


def orders_are_agreed(firm: Firm, customers: list[dict[str, Any]], today: date) -> None:
    """Each customer has an order of three planned invoices, agreed beforehand."""
    for member in MEMBERS:
        of_member = [number for number in range(CUSTOMERS) if _member_of(number) == member]
        drafts = [_draft(number, customers[number], today) for number in of_member]
        made = firm.moves(member, "orderCreate", "order", drafts)
        firm.moves(member, "orderSubmit", "order", [{"id": order["id"]} for order in made])
    firm.in_bulk("stefan", "orderBulkApprove", CUSTOMERS, where={"status": {"eq": "IN_REVIEW"}})


def lines_are_entered(firm: Firm, customers: list[dict[str, Any]], today: date) -> None:
    """Finance enters two more for each customer, and another person in finance confirms all of them at once."""
    firm.move("ada", "operatorSetApprovalWorkflow", "operator", id=firm.operator_id(), approvalWorkflow=True)
    given = {"percent": str(FEE_OF_LINES), "holdsFrom": str(today)}
    firm.move("ada", "operatorSetFee", "operator", id=firm.operator_id(), **given)
    by_hand = [billed for billed in TABLE if not billed.is_planned]
    entered = [
        _line(billed, today) | {"memberId": firm.members[billed.member], "customerId": customers[billed.customer]["id"]}
        for billed in by_hand
    ]
    firm.moves("fiona", "lineCreate", "line", entered)
    firm.in_bulk("felix", "lineBulkConfirm", len(by_hand), where={"status": {"eq": "ON_HOLD"}})


def invoices_are_issued(firm: Firm, today: date) -> dict[Billed, dict[str, Any]]:
    """One run composes, submits, approves and prints everything; the clock posts what was sent."""
    run = firm.move("fiona", "invoiceRunCreate", "invoiceRun", invoiceOnUntil=str(today + timedelta(days=60)))["id"]
    firm.move("fiona", "invoiceRunCompose", "invoiceRun", id=run)
    _all_are(firm, run, "total")
    firm.in_bulk("fiona", "invoiceBulkSubmit", len(TABLE), where={"status": {"eq": "READY_TO_SUBMIT"}})
    firm.in_bulk("felix", "invoiceBulkApprove", len(TABLE), where={"status": {"eq": "PENDING_APPROVAL"}})
    firm.move("fiona", "invoiceRunPrint", "invoiceRun", id=run)
    _all_are(firm, run, "posted")
    issued = {invoice["items"][0]["text"]: invoice for invoice in firm.rows("fiona", "invoices", ISSUED)}
    return {billed: issued[billed.text] for billed in TABLE}


def customers_are_known(firm: Firm) -> list[dict[str, Any]]:
    """Members enter their customers, in the order of the table."""
    found: dict[int, dict[str, Any]] = {}
    for member in MEMBERS:
        numbers = [number for number in range(CUSTOMERS) if _member_of(number) == member]
        made = firm.moves(
            member, "customerCreate", "customer", [_customer(each) for each in numbers], "id contacts { id }"
        )
        found |= dict(zip(numbers, made, strict=True))
    return [found[number] for number in range(CUSTOMERS)]


def name_of(customer: int) -> str:
    """The name that the bank states as payer, too."""
    return f"Auftraggeberin{customer:02} GmbH"


def _member_of(customer: int) -> str:
    return Billed(customer, 0).member


def _customer(number: int) -> dict[str, Any]:
    return {
        "legalName": name_of(number),
        "street": f"Allee {number + 1}",
        "postcode": f"{10_115 + number}",
        "city": "Berlin",
        "invoiceEmail": f"rechnung{number:02}@customers.example",
        "contact": {"name": f"Kim {number:02}", "email": f"kim{number:02}@customers.example"},
    }


def _draft(number: int, customer: dict[str, Any], today: date) -> dict[str, Any]:
    return {
        "project": f"Auftrag {number:02}",
        "customerId": customer["id"],
        "contactId": customer["contacts"][0]["id"],
        "serviceFrom": str(today),
        "serviceTo": str(today),
        "offerValidUntil": str(today + timedelta(days=9)),
        "skipConfirmation": True,
        "plannedInvoices": [_planned(each, today) for each in TABLE if each.customer == number and each.is_planned],
    }


def _planned(billed: Billed, today: date) -> dict[str, Any]:
    return {
        "text": billed.text,
        "unitPrice": euros(billed.net),
        "vatCategory": VAT_CATEGORIES[billed.vat_rate],
        "invoiceOn": str(today + timedelta(days=DAYS_TO_FIRST + billed.place)),
    }


def _line(billed: Billed, today: date) -> dict[str, Any]:
    return _planned(billed, today) | {"serviceFrom": str(today), "serviceTo": str(today)}


def _all_are(firm: Firm, run: str, name: str) -> None:
    eventually(lambda: _count(firm, run, name) == len(TABLE), seconds=SECONDS_TO_ISSUE)


def _count(firm: Firm, run: str, name: str) -> int:
    document = f"query ($id: ID!) {{ invoiceRun(id: $id) {{ counts {{ {name} }} }} }}"
    return int(firm.ask("fiona", document, id=run)["invoiceRun"]["counts"][name])
