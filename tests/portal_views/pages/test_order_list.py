"""The list of orders: its tabs with counts, its columns, its order, and what survives a change of tab and a sign-in."""

import re
from typing import Any

from domain.client_status.model import ClientStatus
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from domain.status_templates.model import StatusTemplate
from tests.makers.accounts import PASSWORD, a_member_account, a_session, an_account
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import a_customer, a_member
from tests.support.impersonation import send
from tests.support.people import FAR
from tests.support.site import Site, cookie_of

TAB = re.compile(r'<a href="\?([^"]*)"(?: aria-current="page")?>([^<]+) <span class="count">([^<]+)</span>')
HEAD = re.compile(r"<th scope=\"col\"[^>]*>(.*?)</th>")
NUMBER = re.compile(r'class="number"[^>]*><a href="/orders/[^"]+">([^<]+)<')


async def some_orders(*statuses: OrderStatus, **facts: Any) -> list[Case]:
    """Orders of one member and one customer."""
    member, customer = await a_member(), await a_customer()
    given: dict[str, Any] = {
        "member": member,
        "customer": customer,
        "offer_valid_until": FAR,
        "service_to": FAR,
    } | facts
    return [await an_order(status, project=f"Work {place}", **given) for place, status in enumerate(statuses)]


async def shown(site: Site, session: str, path: str) -> str:
    return (await site.client.get(path, headers=cookie_of(session))).text


def heads(page: str) -> list[str]:
    """The words at the heads of the columns."""
    return [re.sub(r"<[^>]*>|[↓↑]", "", each).strip() for each in HEAD.findall(page)]


async def test_every_tab_counts_what_the_search_finds_in_it(site: Site) -> None:
    await some_orders(OrderStatus.ACTIVE, OrderStatus.ACTIVE, OrderStatus.IN_REVIEW, OrderStatus.REJECTED)
    session = await a_session(await an_account(Role.STAFF))

    counts = {name: count for _, name, count in TAB.findall(await shown(site, session, "/orders"))}
    found = TAB.findall(await shown(site, session, "/orders?search=Work+2&year=2026&sort=-net"))

    assert {name: count for name, count in counts.items() if count != "0"} == {
        "Active": "2",
        "In review": "1",
        "Rejected": "1",
        "All": "4",
    }
    assert [name for _, name, count in found if count != "0"] == ["In review", "All"]
    assert all("search=Work+2&amp;year=2026&amp;sort=-net" in query for query, _, _ in found)


async def test_staff_reads_everything_and_the_status_only_where_it_differs(site: Site) -> None:
    (case,) = await some_orders(OrderStatus.ACTIVE)
    await a_client_status(case)
    session = await a_session(await an_account(Role.STAFF))

    page = await shown(site, session, "/orders")
    every = await shown(site, session, "/orders?tab=all")

    columns = ["Date", "Order number", "Project", "Customer", "Member", "Gross amount", "Net amount", "Budget inflow"]
    assert heads(page)[1:] == [*columns, "Due", "Status for client"]
    assert heads(every)[1:] == [*columns, "Due", "Status for client", "Status"]
    assert case.member.name in page
    assert '<span class="told-label">' in page
    assert "In progress" in page
    assert "The client sees this status." in page


async def test_members_read_neither_themselves_nor_what_is_due(site: Site) -> None:
    (case,) = await some_orders(OrderStatus.ACTIVE)
    session = await a_session(await a_member_account(case.member))

    page = await shown(site, session, "/orders")

    assert {"Budget inflow", "Status for client"} <= {*heads(page)}
    assert {"Member", "Due", "Status"}.isdisjoint(heads(page))


async def test_columns_sort_in_both_directions(site: Site) -> None:
    first, second, third = await some_orders(*[OrderStatus.ACTIVE] * 3)
    for case, cents in ((first, 200), (second, 300), (third, 100)):
        await Order.filter(id=case.order.id).update(net_cents=cents)
    session = await a_session(await an_account(Role.STAFF))
    numbers = [case.order.number for case in (second, first, third)]

    falling = await shown(site, session, "/orders?sort=-net")
    rising = await shown(site, session, "/orders?sort=net")

    assert (NUMBER.findall(falling), NUMBER.findall(rising)) == (numbers, numbers[::-1])
    assert 'aria-sort="descending"><a href="?sort=net">' in falling
    assert 'aria-sort="ascending"><a href="?sort=-net">' in rising


async def test_a_search_without_result_is_offered_for_all_orders(site: Site) -> None:
    await some_orders(OrderStatus.REJECTED)
    session = await a_session(await an_account(Role.STAFF))

    page = await shown(site, session, "/orders?search=Work")

    assert 'href="?tab=all&search=Work">Search in all orders (1 match)</a>' in page


async def test_a_search_survives_the_sign_in(site: Site) -> None:
    account = await an_account(Role.STAFF)
    asked = "/orders?tab=completed&search=Work&year=2026"

    away = await site.client.get(asked)
    form = await site.client.get(away.headers["location"])
    following = re.findall(r'name="next" value="([^"]*)"', form.text)[0].replace("&amp;", "&")
    back = await site.client.post("/sign-in", data={"email": account.email, "password": PASSWORD, "next": following})

    assert back.headers["location"] == asked


async def test_a_status_is_set_from_its_row_and_the_list_stands_again(site: Site) -> None:
    (case,) = await some_orders(OrderStatus.ACTIVE)
    session = await a_session(await an_account(Role.STAFF))
    template = await StatusTemplate.get(label_en="In progress")
    status = external("cst", case.order.id)
    form = {"subject": status, "mutation": "clientStatusShow", "way": "template", "key": "once"}

    done = await send(
        site,
        session,
        f"/orders/{external('ord', case.order.id)}?back=%2Forders%3Fsearch%3DWork",
        templateId=external("stt", template.id),
        name="",
        **form,
    )

    assert done.headers["location"] == "/orders?search=Work"
    assert (await ClientStatus.get(id=case.order.id)).label_en == "In progress"


async def test_no_form_leads_to_another_site(site: Site) -> None:
    (case,) = await some_orders(OrderStatus.ACTIVE)
    session = await a_session(await an_account(Role.STAFF))
    path = f"/orders/{external('ord', case.order.id)}"

    done = await send(
        site,
        session,
        f"{path}?back=//elsewhere.example/orders",
        subject=external("ord", case.order.id),
        mutation="orderArchive",
        version="",
        key="once",
    )

    assert done.headers["location"] == path
