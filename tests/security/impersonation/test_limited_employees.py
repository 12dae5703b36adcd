"""Impersonation by employees with assigned orders only: they never see other orders as the customer does."""

import pytest

from domain.accounts.model import Account, OrderAccess
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from tests.makers.accounts import a_session, an_account
from tests.makers.billing import Billed, a_manual_line, compose, the_operator
from tests.makers.orders import Case, a_known_order, an_order
from tests.makers.parties import FINANCE, STAFF
from tests.support.impersonation import an_impersonation, audited, is_impersonating, the_actor_of, visit
from tests.support.people import FAR
from tests.support.site import Site

pytestmark = pytest.mark.database


async def a_limited_employee() -> Account:
    return await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)


async def an_active_order(customer: Customer | None = None) -> Case:
    return await an_order(OrderStatus.ACTIVE, customer=customer, offer_valid_until=FAR, service_to=FAR)


async def assigned(case: Case, *accounts: Account) -> Case:
    await case.move("assign", STAFF, Assignees(account_ids=tuple(account.id for account in accounts)))
    return case


async def test_who_sees_assigned_orders_only_looks_when_all_are_assigned(database: str) -> None:
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)

    session = await an_impersonation(case.customer, account)

    assert (await the_actor_of(session)).customer_ids == (case.customer.id,)


@pytest.mark.parametrize("status", [OrderStatus.DRAFT, OrderStatus.ACTIVE])
async def test_one_order_of_others_is_enough_to_refuse_them(database: str, status: OrderStatus) -> None:
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)
    await a_known_order(status, customer=case.customer, offer_valid_until=FAR)

    with pytest.raises(Refused, match="not_all_orders_assigned"):
        await an_impersonation(case.customer, account)


async def test_a_draft_that_the_operator_does_not_know_refuses_nothing(database: str) -> None:
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)
    await an_order(OrderStatus.DRAFT, customer=case.customer, offer_valid_until=FAR)

    session = await an_impersonation(case.customer, account)

    assert (await the_actor_of(session)).customer_ids == (case.customer.id,)


async def test_an_issued_invoice_beyond_their_orders_refuses_them(database: str) -> None:
    await the_operator()
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)
    line = await a_manual_line(member=case.member, customer=case.customer)
    await Billed(await compose(line.id), case).move("print", FINANCE)

    with pytest.raises(Refused, match="not_all_orders_assigned"):
        await an_impersonation(case.customer, account)


async def test_a_customer_without_their_orders_is_not_there_for_them(database: str) -> None:
    case = await an_active_order()

    with pytest.raises(Refused, match="NOT_FOUND"):
        await an_impersonation(case.customer, await a_limited_employee())


async def test_an_order_that_comes_meanwhile_ends_their_view_for_good(site: Site) -> None:
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)
    session = await an_impersonation(case.customer, account)
    other = await an_active_order(case.customer)

    assert (await visit(site, session, f"/orders/ord_{other.order.id}")).status_code == 404

    await assigned(other, account)
    assert not await is_impersonating(session)
    assert ("customer.leaveView", str(case.customer.id)) in await audited(account.id)


async def test_order_access_that_is_taken_away_ends_the_view(database: str) -> None:
    account = await an_account(Role.STAFF)
    case = await an_active_order()
    session = await an_impersonation(case.customer, account)

    account.order_access = OrderAccess.ASSIGNED
    await account.save()

    assert not await is_impersonating(session)


async def test_the_menu_says_why_it_is_not_possible(site: Site) -> None:
    account = await a_limited_employee()
    case = await assigned(await an_active_order(), account)
    await an_active_order(case.customer)

    page = (await visit(site, await a_session(account), f"/customers/cus_{case.customer.id}")).text

    assert "Not all orders and invoices of this customer are assigned to you" in page
