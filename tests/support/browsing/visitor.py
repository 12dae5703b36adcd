"""What a story asks of its people, however they use a page."""

import re
from typing import Protocol

from playwright.async_api import FilePayload, Locator, Page


class Visitor(Protocol):
    """Somebody in front of a page; fields, buttons and links are named as the page names them."""

    page: Page

    async def follow(self, name: str) -> None:
        """Follow a link, and wait for the page that it leads to."""

    async def press(self, name: str) -> None:
        """Press a button, and wait for the page that it leads to."""

    async def unfold(self, name: str) -> None:
        """Open what is folded, or what a button opens in front of the page."""

    async def fill(self, label: str, text: str) -> None:
        """Write into a field in place of what stands there."""

    async def pick(self, label: str, text: str) -> None:
        """Find a row by typing, and choose it."""

    async def tick(self, label: str) -> None:
        """Choose a box or one of several ways."""

    async def attach(self, label: str, file: FilePayload) -> None:
        """Upload a file, and wait until it can be chosen."""


def begins(name: str) -> re.Pattern[str]:
    """A name that begins so, as those of links that say more behind it."""
    return re.compile(rf"^\s*{re.escape(name)}")


def labelled(label: str) -> re.Pattern[str]:
    """A label, whether or not its field is optional."""
    return re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")


def button_of(page: Page, name: str) -> Locator:
    """The button with this name, or the one whose first words these are and that goes on in a text of its own."""
    with_text = page.get_by_role("button").filter(has=page.get_by_text(name, exact=True))
    return page.get_by_role("button", name=name, exact=True).or_(with_text)


def choice_of(page: Page, label: str) -> Locator:
    """The box or the radio button whose label begins so."""
    return page.get_by_role("checkbox", name=begins(label)).or_(page.get_by_role("radio", name=begins(label)))
