"""The steps of several stories about passwords: a link is asked for, a password is chosen, and it signs in."""

from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import text_of

NEW_PASSWORD = "a much longer password than before"


async def asks_for_a_link(person: Visitor, email: str) -> None:
    """Ask on the page for forgotten passwords."""
    await person.fill("E-mail address", email)
    await person.press("Request a link")
    assert "If there is an account" in await text_of(person.page)


async def chooses_a_password(reader: Visitor) -> None:
    """Choose the new password behind the mailed link, and go on to the sign-in."""
    await reader.fill("New password", NEW_PASSWORD)
    await reader.fill("New password once more", NEW_PASSWORD)
    await reader.press("Save password")
    assert "Your new password is set" in await text_of(reader.page)
    await reader.follow("Sign in")


async def signs_in(person: Visitor, email: str, password: str = NEW_PASSWORD) -> None:
    """Sign in on the page where one does."""
    await person.fill("E-mail address", email)
    await person.fill("Password", password)
    await person.press("Sign in")
