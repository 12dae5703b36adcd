"""One's own account: password, second factor, mails and data; and a view as the customer."""

import pytest

from tests.support.browsing.cast import Cast
from tests.support.browsing.passwords import asks_for_a_link, chooses_a_password, signs_in
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of
from tests.support.second_factors import App

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_forgotten_password_is_replaced_and_a_second_factor_protects_it(cast: Cast) -> None:
    person = (await everyone()).staff

    await forgets_the_password(await cast.stranger("/sign-in?lang=en"), person.email)
    reader = await cast.reader(person.email)
    await chooses_a_password(reader)
    await signs_in(reader, person.email)
    app = await sets_up_an_app(reader)
    await chooses_mails(reader)
    await downloads_the_data(reader)
    await signs_out(reader)
    await signs_in(reader, person.email)
    await shows_the_code(reader, app)


async def test_staff_looks_at_the_portal_as_the_customer_does(cast: Cast) -> None:
    people = await everyone(project="Cupboard")
    staff = await cast.signed_in(people.staff, "/customers")

    await staff.follow("Kunde XYZ")
    await staff.press("View as this customer")
    assert "Nothing can be changed here." in await staff.page.locator("body").inner_text()
    await staff.follow("What is hidden")
    assert "Cupboard" in await text_of(staff.page)
    await staff.press("Leave")
    assert await notice(staff.page) == "You see the portal as yourself again."


async def forgets_the_password(person: Visitor, email: str) -> None:
    await person.follow("Forgot your password?")
    await asks_for_a_link(person, email)


async def sets_up_an_app(person: Visitor) -> App:
    await person.unfold("Petra Person")
    await person.follow("Security")
    await person.press("Set up")
    await person.unfold("Enter the key by hand")
    app = App(await person.page.inner_text(".secret"))
    await person.fill("Enter the six digits that the app shows now", app.code())
    await person.press("Confirm")
    assert "Your recovery codes" in await text_of(person.page)
    return app


async def chooses_mails(person: Visitor) -> None:
    await person.unfold("Petra Person")
    await person.follow("My account")
    await person.untick("Comments")
    await person.press("Save choice")
    assert await person.page.get_by_label("Comments").is_checked() is False


async def downloads_the_data(person: Visitor) -> None:
    assert (await person.download("Download the data (JSON)")).endswith(".json")


async def signs_out(person: Visitor) -> None:
    await person.unfold("Petra Person")
    await person.press("Sign out")


async def shows_the_code(person: Visitor, app: App) -> None:
    await person.fill("Code from your app", app.code(1))
    await person.press("Sign in")
    assert "Review queue" in await text_of(person.page)
