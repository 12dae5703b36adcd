"""Lines and invoices for tests, brought where they are wanted through the door."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.accounts.model import Account
from domain.billing.inputs import Composition, ManualLine, Sending
from domain.billing.model import BillableLine, Invoice, InvoiceItem, InvoiceStatus
from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor, ActorKind, Role
from domain.operator.model import OperatorSettings
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Customer, Member
from tests.makers.orders import Case, an_order, planned
from tests.makers.parties import FINANCE, a_customer, a_member
from tests.makers.time import berlin

COMPLETE: dict[str, Any] = {
    "name_de": "Werkstand eG",
    "street": "Werkhof 1",
    "postcode": "10115",
    "city": "Berlin",
    "vat_id": "DE123456789",
    "iban": "DE02120300000000202051",
    "email": "rechnung@werkstand.example",
}
WAY = {
    InvoiceStatus.READY_TO_PRINT: (),
    InvoiceStatus.READY_TO_SUBMIT: (),
    InvoiceStatus.PENDING_APPROVAL: ("submit",),
    InvoiceStatus.ON_HOLD: ("hold",),
    InvoiceStatus.PRINTED: ("print",),
    InvoiceStatus.POSTED: ("print", "recordSending", "post"),
    InvoiceStatus.CANCELED: ("cancel",),
}
WITH_WORKFLOW = frozenset({InvoiceStatus.READY_TO_SUBMIT, InvoiceStatus.PENDING_APPROVAL})


@dataclass
class Billed:
    """An invoice, and the order behind it where there is one."""

    invoice: Any
    case: Case

    async def move(self, name: str, actor: Actor = FINANCE, takes: Any = None, **more: Any) -> Outcome:
        """Make a move of the invoice and read it afresh."""
        command = Command(noun="invoice", move=name, subject_id=self.invoice.id, input=takes, **more)
        outcome = await execute(command, actor)
        await self.refresh()
        return outcome

    async def refresh(self) -> None:
        self.invoice = await Invoice.get(id=self.invoice.id)

    async def lines(self) -> list[Any]:
        return await BillableLine.filter(invoice_id=self.invoice.id).order_by("id")

    async def items(self) -> list[InvoiceItem]:
        return await InvoiceItem.filter(invoice_id=self.invoice.id).order_by("position")


async def the_operator(**settings: Any) -> None:
    """The operator with everything an invoice needs, and these settings."""
    await OperatorSettings.all().update(**COMPLETE | settings)


async def someone_in_finance(name: str = "Fay Finance", *, limit_cents: int | None = None) -> Actor:
    """An account that submits and approves, up to a limit."""
    email = f"{name.replace(' ', '.').lower()}@werkstand.example"
    account = await Account.create(
        name=name,
        email=email,
        roles=["FINANCE"],
        approval_limit_cents=limit_cents,
        created_at=berlin(2026, 1, 1),
    )
    return Actor(kind=ActorKind.FINANCE, role=Role.FINANCE, account_id=account.id, name=name, language="en")


async def lines_of(case: Case) -> list[Any]:
    return await BillableLine.filter(order_id=case.order.id).order_by("id")


async def a_manual_line(
    net: str = "100.00",
    *,
    member: Member | None = None,
    customer: Customer | None = None,
    by: Actor = FINANCE,
    **more: Any,
) -> Any:
    """A line that finance enters by hand; confirmed unless the workflow holds it."""
    member, customer = member or await a_member(), customer or await a_customer()
    entered = ManualLine(
        member_id=member.id,
        customer_id=customer.id,
        text="Beratung",
        unit_price=Decimal(net),
        service_from=date(2026, 4, 1),
        service_to=date(2026, 4, 30),
        **more,
    )
    outcome = await execute(Command(noun="line", move="create", input=entered), by)
    return await BillableLine.get(id=outcome.subject_id)


async def move_line(line: Any, name: str, actor: Actor = FINANCE, takes: Any = None) -> Any:
    """Make a move of a line and give it back afresh."""
    await execute(Command(noun="line", move=name, subject_id=line.id, input=takes), actor)
    return await BillableLine.get(id=line.id)


async def compose(*line_ids: UUID, actor: Actor = FINANCE) -> Any:
    """One invoice of these lines."""
    command = Command(noun="invoice", move="compose", input=Composition(line_ids=line_ids))
    return await Invoice.get(id=(await execute(command, actor)).subject_id)


async def print_now(invoice: Any) -> Any:
    """Issue an invoice that is ready, today."""
    await execute(Command(noun="invoice", move="print", subject_id=invoice.id), FINANCE)
    return await Invoice.get(id=invoice.id)


async def an_invoice(
    status: InvoiceStatus = InvoiceStatus.READY_TO_PRINT, *nets: str, case: Case | None = None
) -> Billed:
    """An invoice in this status of an active order with these planned amounts, all on one date."""
    plan = tuple(planned(net) for net in nets or ("500.00",))
    case = case or await an_order(OrderStatus.ACTIVE, planned_invoices=plan)
    lines = await lines_of(case)
    billed = Billed(await compose(*(line.id for line in lines)), case)
    for step in WAY[status]:
        await billed.move(step, takes=Sending(reason="by post") if step == "recordSending" else None)
    return billed


async def who_was_told(message: str) -> list[Role]:
    """The roles that a message of this name was written to, one entry per message."""
    return [each.recipient_role for each in await OutboxMessage.filter(name=message).order_by("id")]
