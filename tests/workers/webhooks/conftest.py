"""A receiver and a dispatcher that may reach it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from settings import Settings
from tests.support.webhook_receiver import Receiver, a_receiver
from workers.webhooks.dispatcher import WebhookDispatcher


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with a_receiver() as found:
        yield found


@pytest.fixture
def webhooks(settings: Settings, pools: None) -> WebhookDispatcher:
    return WebhookDispatcher(settings.model_copy(update={"webhooks_allow_loopback": True}))
