"""Pages of webhooks: an administrator sets one up, reads its log, and sends a message again."""

import pytest

from domain.kernel.actors import Role
from domain.webhooks.model import WebhookAttempt, WebhookEndpoint, WebhookMessage, WebhookMessageState
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.webhooks import a_webhook_endpoint, a_webhook_message, move_endpoint
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import everyone
from tests.support.portal_browser import Portal, press, text_of
from tests.support.webhook_receiver import a_receiver
from workers.webhooks.dispatcher import WebhookDispatcher

pytestmark = pytest.mark.browser


async def test_an_administrator_sets_up_a_webhook_and_gets_its_secret(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/settings/webhooks/new")
    await page.get_by_role("textbox", name="Address").fill("https://example.com/hooks")
    await page.locator("summary").get_by_text("Orders", exact=True).click()
    await page.get_by_label("order.confirm").check()

    await press(page, "Save")

    endpoint = await WebhookEndpoint.get()
    assert endpoint.events == ["order.confirm"]
    assert "whsec_" in await text_of(page)
    assert page.url.endswith(f"/settings/webhooks/whe_{endpoint.id}")


async def test_an_address_that_cannot_be_told_is_refused_beside_its_field(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/settings/webhooks/new")
    await page.get_by_role("textbox", name="Address").fill("https://10.0.0.1/")

    await press(page, "Save")

    assert "This address is not public." in await text_of(page)
    assert not await WebhookEndpoint.exists()


async def test_the_log_shows_answers_and_sends_again(portal: Portal, settings: Settings) -> None:
    async with a_receiver() as receiver:
        receiver.answers(500, text="out of order")
        endpoint = await a_webhook_endpoint(receiver.url)
        await move_endpoint(endpoint, "sendTest")
        await WebhookDispatcher(settings.model_copy(update={"webhooks_allow_loopback": True})).send_waiting()
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto(f"/settings/webhooks/whe_{endpoint.id}/log?tab=failed")

    await page.get_by_text("HTTP 500").first.click()
    assert "out of order" in await text_of(page)
    await press(page, "Send again")

    assert (await WebhookMessage.get()).state is WebhookMessageState.PENDING
    assert await WebhookAttempt.all().count() == 1


@pytest.mark.parametrize("who", ["member", "customer", "staff", "finance"])
async def test_nobody_else_finds_webhooks(portal: Portal, who: str) -> None:
    people = await everyone()
    endpoint = await a_webhook_endpoint()
    page = await portal.sign_in(getattr(people, who))
    places = ("/settings/webhooks", "/settings/webhooks/new", f"/settings/webhooks/whe_{endpoint.id}")

    assert {(await page.goto(path)).status for path in places} == {404}  # type: ignore[union-attr]


@PHONE_FIRST
async def test_everybody_can_use_the_pages(portal: Portal, size: dict[str, int], colors: str) -> None:
    message = await a_webhook_message()
    page = await portal.sign_in(await an_account(Role.ADMIN), size=size, color_scheme=colors)
    own = f"/settings/webhooks/whe_{message.endpoint_id}"

    paths = ("/settings/webhooks", "/settings/webhooks/new", own, f"{own}/log")

    assert [flaw for path in paths for flaw in await flaws_of(page, path)] == []
