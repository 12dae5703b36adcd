"""A contact without an account follows the work by the link in the mail, and chooses to get no more of them."""

import pytest

from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import FAR
from tests.support.portal_browser import text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
KIM = "kim@kunde.example"


async def test_a_contact_reads_the_status_behind_the_mailed_link(cast: Cast) -> None:
    case = await an_order(OrderStatus.ACTIVE, project="Cupboard", offer_valid_until=FAR, service_to=FAR)
    staff = await cast.employee(path=f"/orders/ord_{case.order.id}")

    await tells(staff, "Planned", "Show")
    contact = await cast.reader(KIM)
    assert "Planned" in await text_of(contact.page)
    await tells(staff, "In progress")
    await reads_the_history(await cast.reader(KIM))
    await wants_no_more_mails(contact)
    await cast.clock_strikes()
    mails = len(cast.smtp.mails_to(KIM))
    await tells(staff, "Done")
    await cast.clock_strikes()
    assert len(cast.smtp.mails_to(KIM)) == mails


async def tells(staff: Visitor, template: str, button: str = "Update") -> None:
    await staff.tick(template)
    await staff.unfold("Mail, duration and colour")
    await staff.choose("Mail to the client", "At once")
    await staff.press(button)


async def reads_the_history(contact: Visitor) -> None:
    assert "In progress" in await text_of(contact.page)
    await contact.follow("Cupboard")
    assert "Planned" in await text_of(contact.page)
    await contact.follow("← Work in progress")


async def wants_no_more_mails(contact: Visitor) -> None:
    await contact.page.reload()
    await contact.follow("Choose when we write to you")
    await contact.press("Do not write to me any more")
