"""Somebody whose browser runs no scripts."""

from typing import Self

from playwright.async_api import FilePayload, Locator, Page

from tests.support.browsing.visitor import begins, button_of, choice_of, labelled, list_of, part_of
from tests.support.portal_browser import press


class ScriptlessUser:
    """Clicks and types; every answer is a page."""

    def __init__(self, page: Page, part: Locator | None = None) -> None:
        self.page = page
        self.part = part or page.locator("body")

    def within(self, words: str) -> Self:
        return type(self)(self.page, part_of(self.page, words))

    async def follow(self, name: str) -> None:
        async with self.page.expect_navigation():
            await self._seen(self.part.get_by_role("link", name=begins(name))).click()

    async def search(self, text: str) -> None:
        await self.follow("Search")
        await self.fill("What are you looking for?", text)
        await self.press("Search")

    async def download(self, name: str) -> str:
        async with self.page.expect_download() as started:
            await self._seen(self.part.get_by_role("link", name=begins(name))).click()
        return (await started.value).suggested_filename

    async def press(self, name: str) -> None:
        async with self.page.expect_navigation():
            await self._seen(button_of(self.part, name)).click()

    async def unfold(self, name: str) -> None:
        folded = self.part.locator("summary", has_text=begins(name))
        await self._seen(folded.or_(self.part.get_by_role("button", name=begins(name)))).click()

    async def fill(self, label: str, text: str) -> None:
        await self._seen(self.part.get_by_label(labelled(label))).fill(text)

    async def pick(self, label: str, text: str) -> None:
        await self.fill(label, text)
        await press(self.page, "Search")
        await self._seen(choice_of(self.page.locator(".found"), text)).check()

    async def choose(self, label: str, option: str) -> None:
        options = self._seen(list_of(self.part, label))
        wanted = options.locator("option", has_text=begins(option)).first
        await options.select_option(value=await wanted.get_attribute("value"))

    async def tick(self, label: str) -> None:
        await self._seen(choice_of(self.part, label)).check()

    async def untick(self, label: str) -> None:
        await self._seen(choice_of(self.part, label)).uncheck()

    async def give(self, label: str, file: FilePayload) -> None:
        await self._seen(self.part.get_by_label(labelled(label))).set_input_files(files=[file])

    async def attach(self, label: str, file: FilePayload) -> None:
        await self.give(label, file)
        await press(self.page, "Upload")

    def _seen(self, control: Locator) -> Locator:
        return control.locator("visible=true").first
