"""Somebody whose browser runs no scripts."""

from playwright.async_api import FilePayload, Locator, Page

from tests.support.browsing.visitor import begins, button_of, choice_of, labelled
from tests.support.portal_browser import press


class ScriptlessUser:
    """Clicks and types; every answer is a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def follow(self, name: str) -> None:
        async with self.page.expect_navigation():
            await self._seen(self.page.get_by_role("link", name=begins(name))).click()

    async def press(self, name: str) -> None:
        async with self.page.expect_navigation():
            await self._seen(button_of(self.page, name)).click()

    async def unfold(self, name: str) -> None:
        folded = self.page.locator("summary", has_text=begins(name))
        await self._seen(folded.or_(self.page.get_by_role("button", name=begins(name)))).click()

    async def fill(self, label: str, text: str) -> None:
        await self._seen(self.page.get_by_label(labelled(label))).fill(text)

    async def pick(self, label: str, text: str) -> None:
        await self.fill(label, text)
        await press(self.page, "Search")
        await self._seen(self.page.locator(".found").get_by_role("radio", name=text)).check()

    async def tick(self, label: str) -> None:
        await self._seen(choice_of(self.page, label)).check()

    async def attach(self, label: str, file: FilePayload) -> None:
        await self._seen(self.page.get_by_label(labelled(label))).set_input_files(files=[file])
        await press(self.page, "Upload")

    def _seen(self, control: Locator) -> Locator:
        return control.locator("visible=true").first
