"""A webhook: an administrator sets it up, tries it, reads its log and sends a message again."""

import pytest

from domain.kernel.actors import Role
from domain.webhooks.model import WebhookMessage, WebhookMessageState
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import text_of
from workers.webhooks.dispatcher import WebhookDispatcher

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_webhook_is_set_up_and_its_log_read(cast: Cast) -> None:
    admin = await cast.employee(Role.ADMIN)
    await sets_up(admin)
    await sends_a_test(admin)
    await WebhookDispatcher(cast.settings).send_waiting()
    await sends_again(admin)


async def sets_up(admin: Visitor) -> None:
    await admin.unfold("Operations")
    await admin.follow("Webhooks")
    await admin.follow("+ New webhook")
    await admin.fill("Address", "https://hooks.invalid/werkstand")
    await admin.unfold("Orders")
    await admin.tick("Offer confirmed")
    await admin.press("Save")
    assert "whsec_" in await text_of(admin.page)


async def sends_a_test(admin: Visitor) -> None:
    await admin.press("Send a test")


async def sends_again(admin: Visitor) -> None:
    await admin.follow("The whole log")
    await admin.press("Send again")
    assert (await WebhookMessage.get()).state is WebhookMessageState.PENDING
