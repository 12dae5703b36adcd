"""Copies of orders on their pages, and the limit of approvals: what a field that stays empty says."""

from datetime import date

from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from tests.makers.accounts import a_member_account, a_session, an_account
from tests.makers.orders import an_order
from tests.makers.parties import a_member
from tests.support.impersonation import send
from tests.support.site import Site


async def test_a_copy_is_dated_from_the_first_day_that_the_form_names(site: Site) -> None:
    member = await a_member()
    session = await a_session(await a_member_account(member))
    case = await an_order(member=member, service_from=date(2026, 4, 1), service_to=date(2026, 6, 30))
    key = external("ord", case.order.id)
    form = {"subject": key, "mutation": "orderDuplicate", "startsOn": "01.10.2026"}

    for number, given in enumerate((form, form | {"startsOn": ""})):
        await send(site, session, f"/orders/{key}?lang=de", **given, key=f"copy-{number}")

    copies = await Order.filter(duplicated_from_id=case.order.id, status=OrderStatus.DRAFT).order_by("number")
    assert [(copy.service_from, copy.service_to) for copy in copies] == [
        (date(2026, 10, 1), date(2026, 12, 31)),
        (None, None),
    ]


async def test_an_empty_limit_of_approvals_takes_it_away(site: Site) -> None:
    session, employee = await a_session(await an_account(Role.ADMIN)), await an_account(Role.FINANCE)
    path, key = f"/accounts/{external('acc', employee.id)}?lang=en", external("acc", employee.id)
    limits = []

    for number, limit in enumerate(("99.50", "")):
        form = {"subject": key, "mutation": "accountSetApprovalLimit", "approvalLimit": limit}
        await send(site, session, path, **form, key=f"limit-{number}")
        limits.append((await Account.get(id=employee.id)).approval_limit_cents)

    assert limits == [99_50, None]
