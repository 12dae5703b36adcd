"""Lookups: however many rows there are, one is found by typing, with a keyboard and without a script."""

import pytest
from playwright.async_api import Page, expect
from tortoise import connections

from domain.billing.model import BillableLine
from domain.database import clock
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from domain.parties.model import Collaboration, Contact, Customer, CustomerKind, Member
from tests.makers.accounts import a_member_account, a_session, an_account
from tests.makers.billing import a_manual_line, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import a_customer, a_member, working_together
from tests.makers.pipelines import a_pipeline
from tests.support.people import FAR, everyone
from tests.support.portal_browser import PHONE, Portal, choose, press, text_of
from tests.support.site import Site, cookie_of

MANY = 230
ADDRESS = {"street": "Musterweg 1", "postcode": "10115", "city": "Berlin", "country": "DE"}
CUSTOMER = "Customer (optional)"


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


async def chosen_in(page: Page, field: str) -> list[str]:
    return [await each.input_value() for each in await page.locator(f"input[type=hidden][name={field}]").all()]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "label", "field"), [("/board", "Customer", "customer"), ("/setup/automations/new", CUSTOMER, "customerId")]
)
async def test_staff_find_the_last_of_many_customers(portal: Portal, path: str, label: str, field: str) -> None:
    people = await everyone()
    await a_pipeline("Planned")
    await many_customers()
    page = await portal.signed_in(people.staff)
    await page.goto(path)
    await page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")

    await choose(page, label, "Zoe")

    zoe = await Customer.get(legal_name="Zoe")
    assert await chosen_in(page, field) == [external("cus", zoe.id)]


@pytest.mark.browser
async def test_a_keyboard_is_enough(portal: Portal) -> None:
    people = await everyone()
    await many_customers(of=people.case.member)
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")
    field = page.get_by_role("combobox", name="Customer and contact")

    await field.press("ArrowDown")
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press("Escape")
    await expect(field).to_have_attribute("aria-expanded", "false")
    await field.press_sequentially("Kunde 22")
    await expect(page.locator(".offered [role=option]")).to_have_count(9)
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    second = page.locator(".offered [role=option]").nth(1)
    assert await field.get_attribute("aria-activedescendant") == await second.get_attribute("id")
    await field.press("Enter")

    assert "Kunde 221 – Kim Kontakt" in await page.locator(".chips").inner_text()
    await page.get_by_role("button", name="Remove Kunde 221").press("Enter")
    assert await chosen_in(page, "contact") == []


@pytest.mark.browser
async def test_what_was_chosen_stands_in_a_refused_form_by_name(portal: Portal) -> None:
    await a_member("Mia Muster")
    await a_customer("Bäckerei Blume")
    page = await portal.signed_in(await an_account(Role.FINANCE), size=PHONE)
    await page.goto("/lines/new")
    await choose(page, "Member", "Mia")
    await choose(page, "Customer", "Blume")
    await page.get_by_label("Text").fill("Workshop")
    await page.get_by_label("Net unit price").fill("no number")
    await page.get_by_label("Service from").fill("2026-04-01")
    await page.get_by_label("Service until").fill("2026-04-30")

    await press(page, "Add line")

    assert "Please enter a number" in await text_of(page)
    assert "Bäckerei Blume" in await page.locator(".chips").nth(1).inner_text()
    assert await chosen_in(page, "customerId") == [external("cus", (await Customer.get()).id)]


async def test_without_a_script_a_search_offers_what_it_finds(site: Site) -> None:
    member, customer = await a_member(), await a_customer("Bäckerei Blume")
    await working_together(member, customer)
    session = await a_session(await a_member_account(member))
    typed = {"find": "contact", "contact-search": "blu", "mutation": "orderCreate", "project": "Projekt"}

    answer = await site.client.post("/orders/new", data=typed, headers=cookie_of(session))

    contact = await Contact.get()
    value = f"{external('cus', customer.id)}|{external('con', contact.id)}"
    assert answer.status_code == 200
    assert f'<input type="radio" name="contact" value="{value}">' in answer.text
    assert 'value="Projekt"' in answer.text


async def test_orders_are_found_by_typing_however_many_there_are(site: Site) -> None:
    people = await everyone()
    ended = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR, project="Completed work")
    await Order.filter(id=ended.order.id).update(status=OrderStatus.COMPLETED)
    member, finance = await a_session(people.member), await a_session(people.finance)
    number, draft = (
        people.case.order.number,
        {"kind": "PAYOUT", "find": "orderId", "orderId-search": people.case.order.number},
    )

    forms = {
        path: (await site.client.post(path, data=draft, headers=cookie_of(session))).text
        for path, session in (("/invoices/propose", member), ("/claims/new", member), ("/lines/new", finance))
    }
    offered = await site.client.get("/choices/active_order?q=Completed", headers=cookie_of(finance))
    every = await site.client.get("/choices/order?q=Completed", headers=cookie_of(finance))

    for path, text in forms.items():
        assert f'<input type="radio" name="orderId" value="{external("ord", people.case.order.id)}">' in text, path
        assert number in text
    assert offered.json()["options"] == []
    assert [each["value"] for each in every.json()["options"]] == [external("ord", ended.order.id)]


async def test_members_find_their_own_customers_alone(site: Site) -> None:
    member, stranger = await a_member(), await a_customer("Fremde Firma")
    own = await a_customer("Eigene Firma")
    await working_together(member, own)
    session = await a_session(await a_member_account(member))

    answer = await site.client.get("/choices/customer?q=firma", headers=cookie_of(session))

    found = [each["value"] for each in answer.json()["options"]]
    assert found == [external("cus", own.id)]
    assert external("cus", stranger.id) not in answer.text


async def test_there_are_no_choices_of_unknown_kinds_or_for_customers(site: Site) -> None:
    people = await everyone()
    staff, customer = await a_session(people.staff), await a_session(people.customer)

    unknown = await site.client.get("/choices/nothing?q=a", headers=cookie_of(staff))
    forbidden = await site.client.get("/choices/customer?q=a", headers=cookie_of(customer))

    assert (unknown.status_code, forbidden.status_code) == (404, 404)


async def test_finance_composes_of_the_lines_of_one_customer(site: Site) -> None:
    await the_operator()
    line = await a_manual_line()
    others = [BillableLine() for _ in range(MANY - 1)]
    for other in others:
        other.update_from_dict({name: getattr(line, name) for name in line._meta.db_fields - {"id"}})
    await BillableLine.bulk_create(others)
    rare = await a_manual_line(customer=await a_customer("Seltene Firma"))
    session = await a_session(await an_account(Role.FINANCE))

    every = await site.client.get("/invoices/new", headers=cookie_of(session))
    customer = external("cus", rare.customer_id)
    narrowed = await site.client.get(f"/invoices/new?customer={customer}", headers=cookie_of(session))

    assert (every.text.count('name="lineIds" value="lin_'), "The first 100 lines" in every.text) == (100, True)
    assert narrowed.text.count('name="lineIds" value="lin_') == 1
    assert external("lin", rare.id) in narrowed.text
