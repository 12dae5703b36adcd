"""Somebody who has a keyboard and no mouse."""

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.support.browsing.visitor import begins, button_of, choice_of, labelled

FARTHEST = 300
# Where the focus is, seen from the target: "here", or the key that leads on.
DIRECTION = """target => {
    const focused = document.activeElement;
    if (focused === target) return "here";
    return focused.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
}"""
# What is wrong with how the focused element is shown. The ring may stand around its label or what follows it.
FLAW = """focused => {
    const ringed = [focused, focused.closest("label"), focused.nextElementSibling].find(each => {
        const style = each && getComputedStyle(each);
        return style && parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
    });
    if (!ringed) return "has no ring";
    const box = ringed.getClientRects()[0];
    if (!box?.width || !box.height) return "has no size";
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "is out of the window";
    const seen = document.elementFromPoint(x, y);
    return ringed.contains(seen) || seen?.contains(ringed) ? "" : `is covered by ${seen?.outerHTML.slice(0, 80)}`;
}"""


class KeyboardUser:
    """Tabs to a control and fails where it cannot be reached, or where the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def follow(self, name: str) -> None:
        await self._reach(self.page.get_by_role("link", name=begins(name)))
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def press(self, name: str) -> None:
        await self._reach(button_of(self.page, name))
        async with self.page.expect_navigation(wait_until="domcontentloaded"):
            await self.page.keyboard.press("Enter")
        message = self.page.locator("main [autofocus]").first
        if await message.count():
            await expect(message).to_be_focused()

    async def unfold(self, name: str) -> None:
        folded = self.page.locator("summary").filter(has_text=begins(name))
        await self._reach(folded.or_(self.page.get_by_role("button", name=begins(name))))
        await self.page.keyboard.press("Enter")

    async def fill(self, label: str, text: str) -> None:
        await self._reach(self.page.get_by_label(labelled(label)))
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def pick(self, label: str, text: str) -> None:
        await self._reach(self.page.get_by_role("combobox", name=label, exact=True))
        await self.page.keyboard.type(text)
        await expect(self.page.get_by_role("option", name=text)).to_have_count(1)
        await self.page.keyboard.press("ArrowDown")
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".chosen li")).to_have_count(1)

    async def tick(self, label: str) -> None:
        box = choice_of(self.page, label).locator("visible=true").first
        if await box.get_attribute("type") == "radio":
            await self._walk_to(box)
        else:
            await self._reach(box)
            if not await box.is_checked():
                await self.page.keyboard.press("Space")
        await expect(box).to_be_checked()

    async def attach(self, label: str, file: FilePayload) -> None:
        await self._reach(self.page.get_by_label(labelled(label)))
        async with self.page.expect_file_chooser() as choosing:
            await self.page.keyboard.press("Enter")
        await (await choosing.value).set_files(file)

    async def _walk_to(self, choice: Locator) -> None:
        """Reach the group of a radio button by Tab, and the button by arrow keys."""
        name = await choice.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        checked = group.and_(self.page.locator(":checked"))
        await self._reach(checked if await checked.count() else group)
        for _ in range(await group.count()):
            if await choice.is_checked():
                break
            await self.page.keyboard.press("ArrowDown" if await checked.count() else "Space")

    async def _reach(self, control: Locator) -> None:
        target = control.locator("visible=true").first
        await target.wait_for()
        for _ in range(FARTHEST):
            key = await target.evaluate(DIRECTION)
            if key == "here":
                break
            await self.page.keyboard.press(key)
        await expect(target, f"{target} is reached by Tab").to_be_focused()
        assert await target.evaluate(FLAW) == "", f"{target} {await target.evaluate(FLAW)}"
