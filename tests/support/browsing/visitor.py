"""What a story asks of its people, however they use a page."""

import re
from typing import Protocol, Self

from playwright.async_api import FilePayload, Locator, Page


class Visitor(Protocol):
    """Somebody in front of a page; fields, buttons and links are named as the page names them."""

    page: Page

    def within(self, words: str) -> Self:
        """The same person, who looks only at the smallest part of the page with these words."""

    async def follow(self, name: str) -> None:
        """Follow a link, and wait for the page that it leads to."""

    async def search(self, text: str) -> None:
        """Search for a text from any page, and wait for what is found."""

    async def download(self, name: str) -> str:
        """Follow a link to a file, and return the file's name."""

    async def press(self, name: str) -> None:
        """Press a button, and wait for the page that it leads to."""

    async def unfold(self, name: str) -> None:
        """Open what is folded, or what a button opens in front of the page."""

    async def fill(self, label: str, text: str) -> None:
        """Write into a field in place of what stands there."""

    async def pick(self, label: str, text: str) -> None:
        """Find a row by typing, and choose it."""

    async def choose(self, label: str, option: str) -> None:
        """Choose the first option of a list that begins so."""

    async def tick(self, label: str) -> None:
        """Choose a box or one of several ways."""

    async def untick(self, label: str) -> None:
        """Empty a box."""

    async def give(self, label: str, file: FilePayload) -> None:
        """Choose a file that goes with the form it stands in."""

    async def attach(self, label: str, file: FilePayload) -> None:
        """Upload a file, and wait until it can be chosen."""


def part_of(page: Page, words: str) -> Locator:
    """The last article, row, entry or form of a page that has these words in it."""
    return page.locator("article, section, form, fieldset, details, li, tr").filter(has_text=words).last


def begins(name: str) -> re.Pattern[str]:
    """A name that begins so, as those of links that say more behind it."""
    return re.compile(rf"^\s*{re.escape(name)}")


def labelled(label: str) -> re.Pattern[str]:
    """A label, whether or not its field is optional."""
    return re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")


def button_of(page: Page | Locator, name: str) -> Locator:
    """The button or switch with this name, or the one that begins with it and goes on in a text of its own."""
    with_text = page.get_by_role("button").filter(has=_root_of(page).get_by_text(name, exact=True))
    switch = page.get_by_role("switch", name=name, exact=True)
    return page.get_by_role("button", name=name, exact=True).or_(with_text).or_(switch)


def list_of(page: Page | Locator, label: str) -> Locator:
    """The list of options with this label."""
    return page.get_by_label(labelled(label)).and_(page.locator("select"))


def choice_of(page: Page | Locator, label: str) -> Locator:
    """The box or the radio button whose label begins so."""
    return page.get_by_role("checkbox", name=begins(label)).or_(page.get_by_role("radio", name=begins(label)))


def _root_of(part: Page | Locator) -> Page:
    """The page; Playwright looks for what a locator has from the locator, not from its part."""
    return part.page if isinstance(part, Locator) else part
