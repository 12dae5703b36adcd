"""The people of a story, who all use the pages in the same way."""

from dataclasses import dataclass
from typing import Any

from domain.accounts.model import Account
from domain.commands import fire_due_deadlines
from domain.kernel.actors import Role
from domain.parties.model import Customer, Member
from settings import Settings
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.support.browsing.keyboard import KeyboardUser
from tests.support.browsing.visitor import Visitor
from tests.support.browsing.without_scripts import ScriptlessUser
from tests.support.inbox import Inbox
from tests.support.mailed_paths import mailed_path
from tests.support.portal_browser import Portal
from workers.notifications.dispatcher import Dispatcher


@dataclass(frozen=True)
class Cast:
    """Brings people in front of the pages, each in a browser of their own."""

    user: type[KeyboardUser] | type[ScriptlessUser]
    portal: Portal
    settings: Settings
    smtp: Inbox

    async def stranger(self, path: str = "/") -> Visitor:
        """Somebody who is not signed in."""
        page = await self.portal.page(**self._browser)
        await page.goto(path)
        return self.user(page)

    async def signed_in(self, account: Account, path: str = "/") -> Visitor:
        """Somebody whose browser still knows them."""
        page = await self.portal.signed_in(account, **self._browser)
        await page.goto(path)
        return self.user(page)

    async def member(self, member: Member, path: str = "/") -> Visitor:
        return await self.signed_in(await a_member_account(member), path)

    async def customer(self, customer: Customer, path: str = "/") -> Visitor:
        return await self.signed_in(await a_customer_account(customer), path)

    async def employee(self, role: Role = Role.STAFF, path: str = "/") -> Visitor:
        return await self.signed_in(await an_account(role), path)

    async def reader(self, address: str) -> Visitor:
        """Somebody who follows the link in the newest mail to this address, in English."""
        return await self.stranger(f"{await mailed_path(self.settings, self.smtp, address)}?lang=en")

    async def clock_strikes(self) -> None:
        """Send what waits, and let happen what is due."""
        await Dispatcher(self.settings).send_waiting()
        await fire_due_deadlines()

    @property
    def _browser(self) -> dict[str, Any]:
        return {"java_script_enabled": self.user is KeyboardUser}
