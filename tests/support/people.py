"""People who sign in, with the orders between them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.accounts import unsubscribe
from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from settings import Settings
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member, working_together
from tests.support.links import a_status_token, issue_link

FAR = date(2035, 1, 31)


@dataclass
class Everyone:
    """One of each, all of whom know each other."""

    case: Case
    member: Account
    customer: Account
    staff: Account
    finance: Account
    admin: Account


async def everyone(status: OrderStatus = OrderStatus.ACTIVE, **facts: Any) -> Everyone:
    """People around an order in this status."""
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)
    accounts = {"member": await a_member_account(member), "customer": await a_customer_account(customer)}
    complete = {"offer_valid_until": FAR, "service_to": FAR} | facts
    return Everyone(
        case=await an_order(status, member=member, customer=customer, **complete),
        staff=await an_account(Role.STAFF),
        finance=await an_account(Role.FINANCE),
        admin=await an_account(Role.ADMIN),
        **accounts,
    )


async def a_delivered_order() -> tuple[Everyone, DeliveryCase]:
    """An active order whose delivery waits for the customer."""
    people = await everyone()
    return people, await a_delivery(around=people.case)


async def an_offer_link(case: Case, settings: Settings) -> str:
    """The path of a fresh link to an order's offer."""
    link = await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    return f"/l/{token(link, LinkPurpose.OFFER, settings.key(KEY_PURPOSE))}"


async def a_review_link(delivery: DeliveryCase, settings: Settings) -> str:
    """The path of a fresh link to a delivery."""
    link = await issue_link(
        purpose=LinkPurpose.REVIEW,
        order_id=delivery.around.order.id,
        delivery_id=delivery.id,
    )
    return f"/l/{token(link, LinkPurpose.REVIEW, settings.key(KEY_PURPOSE))}"


async def a_status_link(case: Case, settings: Settings) -> str:
    """The path of the status link of an order's contact."""
    return f"/l/{await a_status_token(case, settings)}"


async def an_unsubscribe_address(case: Case, settings: Settings) -> str:
    """The path in mails to an order's contact that ends those about client statuses."""
    contact = await Contact.get(customer_id=case.customer.id)
    return f"/u/{unsubscribe.token(contact.id, settings.key(unsubscribe.KEY_PURPOSE))}"
