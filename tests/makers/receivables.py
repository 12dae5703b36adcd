"""Receivables for tests, brought where they are wanted by moves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.billing.model import InvoiceStatus
from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.kernel.ids import external
from domain.receivables.inputs import Payment
from domain.receivables.model import Receivable, ReceivableEntry
from tests.makers.billing import Billed, an_invoice, the_operator
from tests.makers.orders import Case
from tests.makers.parties import FINANCE
from tests.support.graphql.schema_client import SchemaClient


@dataclass
class Owed:
    """A receivable, and the invoice behind it."""

    row: Any
    billed: Billed

    async def move(self, name: str, takes: Any = None, actor: Actor = FINANCE) -> Outcome:
        """Make a move of the receivable and read it afresh."""
        command = Command(noun="receivable", move=name, subject_id=self.row.id, input=takes)
        outcome = await execute(command, actor)
        await self.refresh()
        return outcome

    async def pay(self, amount: str, on: date = date(2026, 4, 1)) -> None:
        """Finance records a payment."""
        await self.move("recordPayment", Payment(amount=Decimal(amount), received_on=on))

    async def refresh(self) -> None:
        self.row = await Receivable.get(id=self.row.id)

    async def entries(self) -> list[Any]:
        return await ReceivableEntry.filter(receivable_id=self.row.id).order_by("id")


async def a_receivable(*payments: str, net: str = "500.00", case: Case | None = None) -> Owed:
    """The receivable of a posted invoice of this net amount, with these payments."""
    await the_operator()
    billed = await an_invoice(InvoiceStatus.POSTED, net, case=case)
    owed = Owed(await Receivable.get(invoice_id=billed.invoice.id), billed)
    for payment in payments:
        await owed.pay(payment)
    return owed


async def move_in(client: SchemaClient, owed: Owed, name: str, actor: Actor = FINANCE, **given: Any) -> list[str]:
    """Make a move of the receivable by its mutation; the reasons why not."""
    payload = await client.move(f"receivable{name}", actor, {"id": external("rcv", owed.row.id), **given})
    return [error["reason"] for error in payload["errors"]]


async def pay_in(client: SchemaClient, owed: Owed, amount: str, on: str) -> None:
    """Finance records a payment by its mutation."""
    assert await move_in(client, owed, "RecordPayment", amount=amount, receivedOn=on) == []
