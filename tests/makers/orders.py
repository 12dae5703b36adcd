"""Orders for tests, brought where they are wanted through the door, as their people would do it."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.orders.inputs import (
    CancellationReason,
    Confirmation,
    Draft,
    OptionalComment,
    PlannedInvoiceEntry,
    RequiredReason,
)
from domain.orders.model import Order, OrderStatus
from domain.parties.model import Contact, Customer, Member
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_customer, acting_for_member, working_together

LONG_REASON = "The project has been called off by everyone."
WAY = {
    OrderStatus.DRAFT: (),
    OrderStatus.IN_REVIEW: ("submit",),
    OrderStatus.AWAITING_CUSTOMER: ("submit", "approve"),
    OrderStatus.ACTIVE: ("submit", "approve", "confirm"),
    OrderStatus.CANCELLATION_REVIEW: ("submit", "approve", "confirm", "requestCancellation"),
    OrderStatus.CANCELED: ("submit", "approve", "confirm", "requestCancellation", "approveCancellation"),
    OrderStatus.REJECTED: ("submit", "reject"),
}


@dataclass
class Case:
    """An order and the people around it."""

    order: Order
    member: Member
    customer: Customer
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def by_member(self) -> Actor:
        return acting_for_member(self.member)

    @property
    def by_customer(self) -> Actor:
        return acting_for_customer(self.customer)

    @property
    def is_known_to_operator(self) -> bool:
        """Whether it was ever submitted."""
        return self.order.offer_revision > 0

    async def move(self, name: str, actor: Actor, takes: Any = None, **more: Any) -> Outcome:
        """Make a move of the order and read it afresh."""
        outcome = await execute(Command(noun="order", move=name, subject_id=self.order.id, input=takes, **more), actor)
        await self.order.refresh_from_db()
        return outcome


def planned(
    net: str = "500.00", invoice_on: date | None = date(2026, 5, 10), text: str = "Workshop"
) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(text=text, unit_price=Decimal(net), invoice_on=invoice_on)


def a_draft(**facts: Any) -> Draft:
    """A draft that is complete but for customer and contact."""
    complete = Draft(
        project="Projekt ABC",
        service_from=date(2026, 4, 1),
        service_to=date(2026, 4, 30),
        offer_valid_until=date(2026, 5, 10),
        planned_invoices=(planned(),),
    )
    return replace(complete, **facts)


async def an_order(
    status: OrderStatus = OrderStatus.DRAFT,
    *,
    member: Member | None = None,
    customer: Customer | None = None,
    **facts: Any,
) -> Case:
    """An order in this status with everything complete; `facts` are those of the draft that matter."""
    member, customer = member or await a_member(), customer or await a_customer()
    await working_together(member, customer)
    contact = await Contact.get(customer_id=customer.id)
    draft = a_draft(**{"customer_id": customer.id, "contact_id": contact.id} | facts)
    outcome = await execute(Command(noun="order", move="create", input=draft), acting_for_member(member))
    case = Case(order=await Order.get(id=outcome.subject_id), member=member, customer=customer)
    for step in WAY[status]:
        await _take(case, step)
    return case


async def a_known_order(status: OrderStatus, **facts: Any) -> Case:
    """An order in this status that the operator sees: a draft has come back to its member."""
    return await (a_returned_draft(**facts) if status is OrderStatus.DRAFT else an_order(status, **facts))


async def a_returned_draft(**facts: Any) -> Case:
    """A draft that was submitted and withdrawn, which therefore the operator sees."""
    case = await an_order(OrderStatus.IN_REVIEW, **facts)
    await case.move("withdraw", case.by_member)
    return case


async def _take(case: Case, step: str) -> None:
    if step == "confirm" and case.order.status is OrderStatus.ACTIVE:
        return
    actor, takes = {
        "submit": (case.by_member, None),
        "approve": (STAFF, OptionalComment()),
        "reject": (STAFF, RequiredReason(reason="Not our kind of work.")),
        "confirm": (case.by_customer, Confirmation(name="Kim Kontakt", revision=case.order.offer_revision)),
        "requestCancellation": (case.by_member, CancellationReason(reason=LONG_REASON)),
        "approveCancellation": (STAFF, OptionalComment()),
    }[step]
    await case.move(step, actor, takes)
