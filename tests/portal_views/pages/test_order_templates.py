"""Order templates as staff keeps them and members begin with them, and the rules for client statuses."""

import pytest

from domain.client_status.model import StatusRules, Visibility
from domain.kernel.actors import Role
from domain.order_templates.model import OrderTemplate
from domain.orders.model import Order
from tests.makers.accounts import an_account
from tests.makers.templates import an_order_template, move_order_template
from tests.support.people import everyone
from tests.support.portal_browser import Portal, choose, press, text_of

pytestmark = pytest.mark.browser


async def test_an_order_template_keeps_its_billing_plan(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/order-templates/new")

    await page.get_by_label("Name", exact=True).first.fill("Website")
    await page.locator("[name=tags]").fill("web, design")
    await page.locator("[name=invoices-1-text]").fill("Design")
    await page.locator("[name=invoices-1-unitPrice]").fill("1,250.50")
    await page.locator("[name=invoices-1-invoiceDays]").fill("14")
    await press(page, "Save")

    template = await OrderTemplate.get(name="Website")
    assert template.tags == ["web", "design"]
    assert await page.locator("[name=invoices-0-unitPrice]").input_value() == "1250.50"
    assert await page.locator("[name=tags]").input_value() == "web, design"


async def test_what_is_shown_without_a_template_is_told_beside_its_field(portal: Portal) -> None:
    template = await an_order_template()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/order-templates/ort_{template.id}")

    await page.locator("[name=statusVisibility]").select_option(Visibility.SHOWN.value)
    await press(page, "Save")

    assert await page.locator("[aria-invalid=true]").count() == 1
    assert (await OrderTemplate.get(id=template.id)).version == template.version


async def test_a_member_begins_an_order_from_a_template(portal: Portal) -> None:
    template = await an_order_template(name="Website", project="New website")
    people = await everyone()
    page = await portal.signed_in(people.member)
    await page.goto("/orders/new")

    await page.get_by_role("link", name="Website").click()
    await choose(page, "Customer and contact", people.case.customer.legal_name)
    await page.locator("[name=startsOn]").fill("2026-12-01")
    await press(page, "Begin the order")

    order = await Order.get(order_template_id=template.id)
    assert (order.project, order.customer_id) == ("New website", people.case.customer.id)
    assert page.url.split("?")[0].endswith(f"/orders/ord_{order.id}")


async def test_a_member_finds_no_retired_template(portal: Portal) -> None:
    template = await an_order_template()
    await move_order_template(template.id, "retire")
    page = await portal.signed_in((await everyone()).member)

    answer = await page.goto(f"/orders/new/ort_{template.id}")

    assert answer is not None
    assert answer.status == 404


async def test_administrators_change_the_rules_and_staff_reads_them(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/setup/rules")
    await page.locator("[name=quietMinutes]").fill("15")
    await press(page, "Change the rules")
    as_staff = await portal.signed_in(await an_account(Role.STAFF))
    await as_staff.goto("/setup/rules")

    assert (await StatusRules.get()).quiet_minutes == 15
    assert "15 minutes" in await text_of(as_staff)
    assert await as_staff.locator("main form").count() == 0


async def test_a_rule_out_of_bounds_is_told_beside_its_field(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/setup/rules")

    await page.locator("[name=digestHour]").evaluate("field => field.removeAttribute('max')")
    await page.locator("[name=digestHour]").fill("24")
    await press(page, "Change the rules")

    assert await page.locator("[name=digestHour]").get_attribute("aria-invalid") == "true"
