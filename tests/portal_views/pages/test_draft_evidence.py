"""Evidence in the form of a draft: several files, uploaded before the draft was ever saved."""

import pytest
from playwright.async_api import FilePayload, expect

from domain.orders.model import Evidence, Order
from tests.makers.accounts import a_member_account
from tests.makers.parties import a_member
from tests.portal_views.pages.test_uploads import all_composed
from tests.support.portal_browser import Portal, press

pytestmark = pytest.mark.browser
MAIL: FilePayload = {"name": "mail.txt", "mimeType": "text/plain", "buffer": b"Agreed."}
SIGNED: FilePayload = {"name": "signed.txt", "mimeType": "text/plain", "buffer": b"Signed."}


async def test_evidence_is_uploaded_with_a_new_order(portal: Portal) -> None:
    page = await portal.sign_in(await a_member_account(await a_member()))
    await page.goto("/orders/new")
    await page.get_by_label("Project", exact=True).fill("Agreed before")

    await page.set_input_files("#draft-evidence", files=[MAIL, SIGNED])
    await all_composed(2)
    for name in ("mail.txt", "signed.txt"):
        await expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    await page.get_by_label("What the evidence shows").fill("Order form")
    await press(page, "Save draft")

    order = await Order.get(project="Agreed before")
    found = await Evidence.filter(order_id=order.id).prefetch_related("file")
    assert {(each.title, each.file.name) for each in found if each.file} == {
        ("Order form", "mail.txt"),
        ("Order form", "signed.txt"),
    }
