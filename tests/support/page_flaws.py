"""What is wrong with a page: for screen readers, for narrow windows, and in the eyes of the browser."""

from collections import Counter

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

# Colours that still change as something unfolds are no flaw of the page.
UNFOLD = """() => {
    document.querySelectorAll('main details').forEach(each => { each.open = true });
    document.body.getBoundingClientRect();
    document.getAnimations().forEach(each => {
        if (each.effect.getComputedTiming().endTime !== Infinity) each.finish();
    });
}"""
# Tables that scroll sideways in a window of a desk; narrower ones may.
CUT_OFF = """() => innerWidth < 1024 ? [] : [...document.querySelectorAll('main .sheet')]
    .filter(each => each.scrollWidth > each.clientWidth + 1)
    .map(each => `${each.innerText.slice(0, 40)}: ${each.scrollWidth} in ${each.clientWidth}`)
"""


async def flaws_of(page: Page, path: str) -> list[str]:
    """What is wrong with a page, and what the browser complains about while it opens it."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{path}: {message.text}"))
    answer = await page.goto(path)
    status = answer.status if answer else 0
    flaws = await flaws_on(page)
    return complaints + flaws + ([f"{path}: {status}"] if status >= 400 and "/l/" not in path else [])


async def flaws_on(page: Page) -> list[str]:
    """What axe finds with everything unfolded, ids that stand twice, and what is too wide for the window."""
    await page.evaluate(UNFOLD)
    found = await Axe().run(page)
    flaws = []
    for violation in found.response["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"][:2]]
        flaws.append(f"{page.url}: {violation['id']} {nodes}")
    ids = await page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    flaws += [f"{page.url}: {each} stands {count} times" for each, count in Counter(ids).items() if count > 1]
    if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        flaws.append(f"{page.url}: wider than the window")
    flaws += [f"{page.url}: cut off, {each}" for each in await page.evaluate(CUT_OFF)]
    return flaws
