"""Administration of accounts: deactivation ends everything at once, and one administrator always remains."""

import asyncio
from decimal import Decimal

import pytest

from domain.access.model import Link, LinkPurpose
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.inputs import ApprovalLimitAmendment, OrderAccessInput, RolesInput
from domain.accounts.model import Account, AccountStatus, ApiToken, OrderAccess, Session
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.errors import Refused
from domain.parties.model import Contact
from tests.makers.accounts import (
    a_customer_account,
    a_session,
    actor_of_session,
    actor_of_token,
    an_account,
    the_audit_of,
)
from tests.makers.invitations import an_invitation, by_link, by_themself, move_account
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, a_customer
from tests.support.links import issue_link

pytestmark = pytest.mark.database
NO_ADMIN = RolesInput(roles=(Role.STAFF,))


def as_admin(account: Account) -> Actor:
    return Actor(kind=ActorKind.ADMIN, role=Role.ADMIN, account_id=account.id, name=account.name)


async def test_deactivation_ends_sessions_tokens_and_links_at_once() -> None:
    case = await an_order()
    account = await a_customer_account(case.customer)
    session, bearer = await a_session(account), await issue_token(account.email)
    await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    await move_account(account, "requestPasswordReset", by_themself(account))
    holder = await by_link(account, LinkPurpose.RESET)

    await move_account(account, "deactivate")

    assert (await actor_of_session(session), await actor_of_token(bearer)) == (None, None)
    assert (await Session.all().count(), await ApiToken.all().count()) == (0, 0)
    assert await Link.filter(ended_at=None).count() == 0
    with pytest.raises(Refused):
        await move_account(account, "requestPasswordReset", holder)


async def test_a_reactivated_account_signs_in_again() -> None:
    account = await an_account(is_active=False)

    assert (await move_account(account, "reactivate")).status is AccountStatus.ACTIVE


async def test_an_invitation_that_was_withdrawn_waits_again_once_reactivated() -> None:
    account = await an_invitation()
    await move_account(account, "deactivate")

    account = await move_account(account, "reactivate")

    assert (account.status, account.invitation_ends_at) == (AccountStatus.INVITED, None)


async def test_nobody_does_it_to_their_own_account() -> None:
    own, _ = await an_account(Role.ADMIN), await an_account(Role.ADMIN)

    for move, takes in (
        ("deactivate", None),
        ("setRoles", NO_ADMIN),
        ("setOrderAccess", OrderAccessInput(order_access=OrderAccess.ALL)),
        ("setApprovalLimit", ApprovalLimitAmendment()),
    ):
        with pytest.raises(Refused, match="not_on_oneself"):
            await move_account(own, move, as_admin(own), takes)


@pytest.mark.parametrize(("move", "takes"), [("deactivate", None), ("setRoles", NO_ADMIN)])
async def test_the_last_administrator_stays(move: str, takes: object) -> None:
    last = await an_account(Role.ADMIN, Role.STAFF)
    await an_account(Role.ADMIN, is_active=False)

    with pytest.raises(Refused, match="last_administrator"):
        await move_account(last, move, ADMIN, takes)


async def test_two_administrators_who_demote_each_other_leave_one() -> None:
    first, second = await an_account(Role.ADMIN), await an_account(Role.ADMIN)

    outcomes = await asyncio.gather(
        move_account(second, "setRoles", as_admin(first), NO_ADMIN),
        move_account(first, "deactivate", as_admin(second)),
        return_exceptions=True,
    )

    assert [str(each) for each in outcomes if isinstance(each, Refused)] == ["GUARD_FAILED:last_administrator"]
    assert await Account.filter(status=AccountStatus.ACTIVE, roles__contains=["ADMIN"]).count() == 1


async def test_roles_of_members_and_customers_need_somebody_to_act_for() -> None:
    employee, customer = await an_account(), await a_customer()
    both = RolesInput(roles=(Role.STAFF, Role.CUSTOMER))

    with pytest.raises(Refused, match="role_needs_person"):
        await move_account(employee, "setRoles", ADMIN, both)
    await Contact.filter(customer_id=customer.id).update(account_id=employee.id)

    assert (await move_account(employee, "setRoles", ADMIN, both)).roles == ["STAFF", "CUSTOMER"]
    with pytest.raises(Refused, match="role_not_assignable"):
        await move_account(employee, "setRoles", ADMIN, RolesInput(roles=(Role.CLOCK,)))


async def test_access_and_limits_are_set_and_audited() -> None:
    admin, employee = await an_account(Role.ADMIN), await an_account(Role.FINANCE)
    limit, access = (
        ApprovalLimitAmendment(approval_limit=Decimal("99.50")),
        OrderAccessInput(order_access=OrderAccess.ASSIGNED),
    )

    await move_account(employee, "setOrderAccess", as_admin(admin), access)
    employee = await move_account(employee, "setApprovalLimit", as_admin(admin), limit)

    assert (employee.order_access, employee.approval_limit_cents) == (OrderAccess.ASSIGNED, 9950)
    assert await the_audit_of(admin.id) == ["account.setOrderAccess", "account.setApprovalLimit"]


@pytest.mark.parametrize("amount", ["-1", "1.234", "NaN", "10000001"])
async def test_a_limit_is_an_amount(amount: str) -> None:
    with pytest.raises(Refused, match="approval_limit_out_of_range"):
        await move_account(
            await an_account(), "setApprovalLimit", ADMIN, ApprovalLimitAmendment(approval_limit=Decimal(amount))
        )
