"""Mails that are really sent, and the paths of the links in them."""

import re

from settings import Settings
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

LINK = re.compile(r"https?://[^/\s]+(/l/[\w.-]+)")


async def mailed_path(settings: Settings, smtp: Inbox, address: str) -> str:
    """Send what waits; return the path of the link in the newest mail to this address."""
    await Dispatcher(settings).send_waiting()
    plain = smtp.mails_to(address)[-1].get_body(("plain",))
    assert plain is not None
    found = LINK.search(plain.get_content())
    assert found is not None
    return found[1]
