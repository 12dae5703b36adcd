"""The step of several stories in which a member delivers."""

from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import notice


async def delivers(member: Visitor) -> None:
    """Begin a delivery on the page of its order, save its draft, and deliver it."""
    await member.press("Begin a delivery")
    await member.fill("What is delivered", "Three directions as slides.")
    await member.fill("Link", "https://files.example/slides")
    await member.press("Save the draft")
    await member.press("Deliver")
    assert "Delivered" in await notice(member.page)
