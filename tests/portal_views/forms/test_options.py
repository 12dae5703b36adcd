"""Options: a choice is offered completely, however long the list."""

import pytest
from playwright.async_api import Page
from tortoise import connections

from domain.billing.model import BillableLine
from domain.database import clock
from domain.kernel.actors import Role
from domain.parties.model import Collaboration, Contact, Customer, CustomerKind, Member
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line, the_operator
from tests.makers.pipelines import a_pipeline
from tests.support.people import everyone
from tests.support.portal_browser import Portal

pytestmark = pytest.mark.browser

MANY = 230
ADDRESS = {"street": "Musterweg 1", "postcode": "10115", "city": "Berlin", "country": "DE"}


async def many_customers(*, of: Member | None = None) -> None:
    """More than two pages of customers, the last of whom is Zoe."""
    facts = ADDRESS | {"kind": CustomerKind.BUSINESS, "invoice_email": "rechnung@kunde.example"}
    now = await clock.now(connections.get("default"))
    names = [f"Kunde {number:03}" for number in range(MANY - 1)] + ["Zoe"]
    customers = [Customer(legal_name=name, created_at=now, **facts) for name in names]
    await Customer.bulk_create(customers)
    await Contact.bulk_create([Contact(customer_id=each.id, name="Kim Kontakt", language="de") for each in customers])
    if of:
        await Collaboration.bulk_create([Collaboration(member_id=of.id, customer_id=each.id) for each in customers])


async def offered(page: Page, field: str) -> list[str]:
    return await page.locator(f"select[name='{field}'] option").all_text_contents()


@pytest.mark.parametrize(("path", "field"), [("/board", "customer"), ("/setup/automations/new", "customerId")])
async def test_staff_choose_among_all_customers(portal: Portal, path: str, field: str) -> None:
    people = await everyone()
    await a_pipeline("Planned")
    await many_customers()
    page = await portal.sign_in(people.staff)

    await page.goto(path)

    names = [name.strip() for name in await offered(page, field)]
    assert names[-1] == "Zoe"
    assert len([name for name in names if name.startswith(("Kunde 0", "Kunde 1"))]) == 200


async def test_members_begin_orders_for_any_of_theirs(portal: Portal) -> None:
    people = await everyone()
    await many_customers(of=people.case.member)
    page = await portal.sign_in(people.member)

    await page.goto("/orders/new")

    names = await offered(page, "contact")
    assert names[-1].startswith("Zoe")
    assert len(names) > MANY


async def test_finance_composes_of_all_lines_that_can_be(portal: Portal) -> None:
    await the_operator()
    line = await a_manual_line()
    others = [BillableLine() for _ in range(MANY - 1)]
    for other in others:
        other.update_from_dict({name: getattr(line, name) for name in line._meta.db_fields - {"id"}})
    await BillableLine.bulk_create(others)
    page = await portal.sign_in(await an_account(Role.FINANCE))

    await page.goto("/invoices/new")

    assert await page.locator("[name='lineIds'][type='checkbox']").count() == MANY
