"""A customer's world with unmistakable words in everything that is not for them."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.accounts.model import Account
from domain.billing.inputs import Composition, LineChanges
from domain.billing.model import Invoice, InvoiceStatus
from domain.commands import execute
from domain.database.pools import read_sessions
from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.commands import Command
from domain.engine.model import Deadline
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.operator.model import CustomerAccess, FeeRate, OperatorSettings
from domain.orders.inputs import (
    Assignees,
    CommentText,
    EvidenceEntry,
    OptionalReason,
    PlannedInvoiceEntry,
    RequiredReason,
)
from domain.orders.model import CommentVisibility, Order, OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact, Customer, Member
from schema.operations.nodes import NODES as OPERATIONS_NODES
from schema.portal.nodes import NODES as PORTAL_NODES
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, lines_of, move_line, the_operator
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order, planned
from tests.makers.parties import FINANCE, STAFF, a_customer, a_member
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_queries import Known
from tests.support.secret_statuses import (
    SECRET,
    UNTOLD,
    a_secret_board,
    a_told_status,
    hidden_before_the_digest,
    statuses_out_of_sight,
)

FEE = "45.67"
PEOPLE = replace(STAFF, name=f"{SECRET} Sam")


@dataclass
class World:
    """One customer's rows, open and secret, and those who look at them."""

    customer: Customer
    member: Member
    open: list[Case]
    hidden: list[Order]
    by_customer: Actor
    by_offer_link: Actor
    by_review_link: Actor
    by_status_link: Actor
    by_reply_link: Actor


async def a_world() -> World:
    """Everything that can be hidden from a customer, beside something of each kind that they see."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    await the_operator()
    await FeeRate.all().update(percent=Decimal(FEE))
    customer, member = await a_customer(), await a_member()
    offered = await _an_open_order(OrderStatus.AWAITING_CUSTOMER, member, customer)
    active = await _an_open_order(OrderStatus.ACTIVE, member, customer)
    delivery = await a_delivery(DeliveryStatus.REVISION_REQUESTED, around=active)
    await delivery.move("describe", DeliveryDraft(description=f"{SECRET} draft", link="https://geheim.example/GEHEIM"))
    drafting = await a_delivery(DeliveryStatus.DRAFT, around=await _an_open_order(OrderStatus.ACTIVE, member, customer))
    await drafting.move("describe", DeliveryDraft(description=f"{SECRET} draft"))
    invoiced = await _an_invoiced_order(member, customer)
    hidden = await _hidden_orders(member, customer)
    await _of_another_customer(member)
    await make_people_secret(member)
    await OperatorSettings.all().update(contact_name=SECRET, phone=SECRET, bank_name=SECRET, tax_number=SECRET)
    return World(
        customer=customer,
        member=member,
        open=[offered, active, invoiced],
        hidden=hidden,
        by_customer=offered.by_customer,
        by_offer_link=await _by_link(offered),
        by_review_link=replace(await _by_link(active), delivery_id=delivery.id),
        by_status_link=replace(await _by_link(active), kind=ActorKind.STATUS_LINK, order_id=None),
        by_reply_link=replace(await _by_link(active), kind=ActorKind.REPLY_LINK),
    )


async def everything_known() -> Known:
    """The identifiers and numbers of every row there is, of any customer."""
    orders, invoices = await Order.all(), await Invoice.all()
    return Known(
        identifiers=[
            *(external("ord", each.id) for each in orders),
            *(external("del", each.id) for each in await Delivery.all()),
            *(external("inv", each.id) for each in invoices),
            *(external("cus", each.id) for each in await Customer.all()),
            *(external("con", each.id) for each in await Contact.all()),
            *(external("mem", each.id) for each in await Member.all()),
            *(external("acc", each.id) for each in await Account.all()),
            *(external("msg", each.id) for each in await OutboxMessage.all()),
            *(external("dln", each.id) for each in await Deadline.all()),
            *await _further_identifiers(),
        ],
        numbers=[*(each.number for each in orders), *(each.number for each in invoices if each.number)],
    )


async def _further_identifiers() -> list[str]:
    """The identifiers of all rows of which there are others than those of orders, people and their like."""
    return [
        external(prefix, row["id"])
        for prefix, source in {**OPERATIONS_NODES, **PORTAL_NODES}.items()
        if prefix not in ("ord", "del", "inv", "cus", "con", "mem", "acc", "msg", "dln")
        for row in await read_sessions().fetch(f"SELECT id FROM {source.table.table}")
    ]


async def _an_open_order(status: OrderStatus, member: Member, customer: Customer) -> Case:
    """An order that the customer sees, with secrets all around it."""
    case = await an_order(
        status,
        member=member,
        customer=customer,
        project="Sichtbar Projekt",
        internal_notes=f"{SECRET} notes",
        tags=(f"{SECRET} tag",),
    )
    employee = await an_account(Role.STAFF)
    await Account.filter(id=employee.id).update(
        name=f"{SECRET} employee", email=f"geheim{employee.id}@werkstand.example"
    )
    await case.move("assign", PEOPLE, Assignees(account_ids=(employee.id,)))
    for visibility in (CommentVisibility.INTERNAL, CommentVisibility.MEMBER):
        await case.move("comment", PEOPLE, CommentText(text=f"{SECRET} comment", visibility=visibility))
    await case.move("comment", PEOPLE, CommentText(text="Sichtbar comment", visibility=CommentVisibility.CUSTOMER))
    if status is OrderStatus.ACTIVE:
        await case.move(
            "attachEvidence", case.by_member, EvidenceEntry(title=f"{SECRET} proof", link="https://a.example")
        )
        await hidden_before_the_digest(case, PEOPLE)
        await a_client_status(case, **UNTOLD)
        await move_client_status(case, "hide", actor=PEOPLE)
    return case


async def _an_invoiced_order(member: Member, customer: Customer) -> Case:
    """Issued and unissued invoices, and a client status that is shown."""
    plan = (planned("500.00"), planned("70.00", date(2026, 6, 1), "Sichtbar later"))
    case = await an_order(
        OrderStatus.ACTIVE, member=member, customer=customer, project="Sichtbar Projekt", planned_invoices=plan
    )
    first, second = await lines_of(case)
    issued = await execute(_compose(first.id), FINANCE)
    await execute(Command(noun="invoice", move="print", subject_id=issued.subject_id), FINANCE)
    await move_line(second, "amend", takes=LineChanges(text=f"{SECRET} line"))
    await execute(_compose(second.id), FINANCE)
    await a_told_status(case, PEOPLE)
    return case


def _compose(line_id: UUID) -> Command:
    return Command(noun="invoice", move="compose", input=Composition(line_ids=(line_id,)))


async def _hidden_orders(member: Member, customer: Customer) -> list[Order]:
    """Orders of the same customer that they may not see, or of which they see the status alone."""
    facts: dict[str, Any] = {
        "member": member,
        "customer": customer,
        "project": f"{SECRET} project",
        "description": f"{SECRET} work",
        "planned_invoices": (
            PlannedInvoiceEntry(text=f"{SECRET} plan", unit_price=planned().unit_price, invoice_on=date(2026, 5, 10)),
        ),
    }
    review = await an_order(OrderStatus.IN_REVIEW, **facts)
    rejected = await an_order(OrderStatus.IN_REVIEW, **facts)
    await rejected.move("reject", PEOPLE, RequiredReason(reason=f"{SECRET} reason"))
    withdrawn = await an_order(OrderStatus.AWAITING_CUSTOMER, **facts)
    await withdrawn.move("withdraw", withdrawn.by_member, OptionalReason(reason=f"{SECRET} reason"))
    untold = await statuses_out_of_sight(PEOPLE, **facts)
    only_status = await an_order(OrderStatus.ACTIVE, customer_access=CustomerAccess.STATUS_ONLY, **facts)
    await only_status.move("comment", PEOPLE, CommentText(text=f"{SECRET} comment"))
    await a_client_status(only_status, name="Sichtbar Status", label="Sichtbar", description="Sichtbar")
    accepted = await a_delivery(DeliveryStatus.ACCEPTED, around=only_status)
    assert accepted.delivery.status is DeliveryStatus.ACCEPTED
    await a_secret_board(only_status, by=PEOPLE)
    return [each.order for each in (review, rejected, withdrawn, only_status, *untold)]


async def make_people_secret(member: Member) -> None:
    """Details that the member has and proposes, and an account of theirs with a limit, none for other people."""
    facts = {"street": SECRET, "city": SECRET, "iban": SECRET}
    account = await an_account(Role.MEMBER, email=f"geheim{member.number}@werkstand.example")
    await Account.filter(id=account.id).update(name=f"{SECRET} member", approval_limit_cents=4567)
    proposed = {f"proposed_{name}": value for name, value in facts.items()}
    await Member.filter(id=member.id).update(**facts, **proposed, account_id=account.id, proposed_at=account.created_at)


async def _of_another_customer(member: Member) -> None:
    other = await a_customer(f"{SECRET} GmbH")
    await Contact.filter(customer_id=other.id).update(name=f"{SECRET} contact", email="geheim@kunde.example")
    case = await an_order(
        OrderStatus.ACTIVE,
        member=member,
        customer=other,
        project=f"{SECRET} project",
        planned_invoices=(planned("33.00", text=f"{SECRET} plan"),),
    )
    await a_client_status(case, name=f"{SECRET} name", label=f"{SECRET} label")
    await a_delivery(DeliveryStatus.DELIVERED, around=case)
    await an_invoice(InvoiceStatus.PRINTED, case=case)


async def _by_link(case: Case) -> Actor:
    contact = await Contact.get(customer_id=case.customer.id)
    return Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        customer_ids=(case.customer.id,),
        contact_id=contact.id,
        order_id=case.order.id,
        link_id=contact.id,
        name=contact.name,
    )
