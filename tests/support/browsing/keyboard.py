"""Somebody who has a keyboard and no mouse."""

from typing import Self

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.support.browsing.visitor import begins, button_of, choice_of, labelled, list_of, part_of

FARTHEST = 60
# The key that leads from the focus to the target, and about how often it is pressed; "" once the focus is there.
WAY = """target => {
    const focused = document.activeElement;
    if (focused === target) return ["", 0];
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter(each => !each.disabled && each.checkVisibility() && each.tabIndex >= 0);
    const lies = (one, other) => one.compareDocumentPosition(other);
    const back = lies(focused, target) & Node.DOCUMENT_POSITION_PRECEDING;
    const [first, last] = back ? [target, focused] : [focused, target];
    const between = stops.filter(each => each !== focused && each !== target
        && lies(first, each) & Node.DOCUMENT_POSITION_FOLLOWING && lies(each, last) & Node.DOCUMENT_POSITION_FOLLOWING);
    return [back ? "Shift+Tab" : "Tab", 1 + Math.floor(between.length / 2)];
}"""
PLACE = "(options, text) => [...options].findIndex(each => each.label.trim().startsWith(text))"
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

    def __init__(self, page: Page, part: Locator | None = None) -> None:
        self.page = page
        self.part = part or page.locator("body")

    def within(self, words: str) -> Self:
        return type(self)(self.page, part_of(self.page, words))

    async def follow(self, name: str) -> None:
        await self._reach(self.part.get_by_role("link", name=begins(name)))
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def search(self, text: str) -> None:
        await self.page.keyboard.press("Control+K")
        await expect(self.page.locator("#search-dialog-text")).to_be_focused()
        await self.page.keyboard.type(text)
        await self.page.locator("#search-dialog a.hit").first.wait_for()

    async def download(self, name: str) -> str:
        await self._reach(self.part.get_by_role("link", name=begins(name)))
        async with self.page.expect_download() as started:
            await self.page.keyboard.press("Enter")
        return (await started.value).suggested_filename

    async def press(self, name: str) -> None:
        await self._reach(button_of(self.part, name))
        async with self.page.expect_navigation(wait_until="domcontentloaded"):
            await self.page.keyboard.press("Enter")
        await self._goes_on()

    async def unfold(self, name: str) -> None:
        folded = self.part.locator("summary").filter(has_text=begins(name))
        await self._reach(folded.or_(self.part.get_by_role("button", name=begins(name))))
        await self.page.keyboard.press("Enter")

    async def fill(self, label: str, text: str) -> None:
        await self._reach(self.part.get_by_label(labelled(label)))
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text[:1])
        await self.page.keyboard.insert_text(text[1:])

    async def pick(self, label: str, text: str) -> None:
        await self._reach(self.part.get_by_role("combobox", name=labelled(label)))
        await self.page.keyboard.type(text)
        await expect(self.page.get_by_role("option", name=text)).to_have_count(1)
        await self.page.keyboard.press("ArrowDown")
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".chosen li", has_text=text)).to_have_count(1)

    async def choose(self, label: str, option: str) -> None:
        options = list_of(self.part, label).locator("visible=true").first
        await self._reach(options)
        place = await options.evaluate(PLACE, option)
        assert place >= 0, f"{label} offers no {option}"
        while moves := place - await options.evaluate("options => options.selectedIndex"):
            await self.page.keyboard.press("ArrowDown" if moves > 0 else "ArrowUp")

    async def tick(self, label: str) -> None:
        box = choice_of(self.part, label).locator("visible=true").first
        if await box.get_attribute("type") == "radio":
            await self._walk_to(box)
        else:
            await self._reach(box)
            if not await box.is_checked():
                await self.page.keyboard.press("Space")
        await expect(box).to_be_checked()

    async def untick(self, label: str) -> None:
        box = choice_of(self.part, label).locator("visible=true").first
        await self._reach(box)
        await self.page.keyboard.press("Space")
        await expect(box).not_to_be_checked()

    async def give(self, label: str, file: FilePayload) -> None:
        # The browser is told to expect it while the way there is still gone.
        async with self.page.expect_file_chooser() as choosing:
            await self._reach(self.part.get_by_label(labelled(label)))
            await self.page.keyboard.press("Enter")
        await (await choosing.value).set_files(file)

    async def attach(self, label: str, file: FilePayload) -> None:
        await self.give(label, file)

    async def _goes_on(self) -> None:
        """The focus is where the answer says, else on what it tells."""
        named, told = [self.page.locator(each).first for each in ("main :target", "main [autofocus]")]
        for place in (named, told):
            if await place.count():
                await expect(place).to_be_focused()
                return

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
            key, times = await target.evaluate(WAY)
            if not key:
                break
            for _ in range(times):
                await self.page.keyboard.press(key)
        await expect(target, f"{target} is reached by Tab").to_be_focused()
        assert await target.evaluate(FLAW) == "", f"{target} {await target.evaluate(FLAW)}"
