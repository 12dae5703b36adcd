"""The operator's settings: every field stands in one section, and a section saves its own fields alone."""

from typing import Any

import pytest
from httpx2 import Response

from domain.kernel.actors import Role
from domain.operator.lifecycle import OPERATOR
from domain.operator.model import OperatorSettings
from portal_views.pages.setup.settings_sections import SETTINGS_PAGES
from portal_views.web.page_context import JsonObject
from schema.derivation.input_fields import input_fields
from schema.shared.camel_case import to_camel_case
from tests.makers.accounts import a_session, an_account
from tests.makers.billing import the_operator
from tests.support.impersonation import follow, send, visit
from tests.support.portal_browser import Portal
from tests.support.site import Site

FIRM = "/settings/operator"


async def save(site: Site, session: str, path: str, mutation: str, section: str, **fields: str) -> Response:
    settings = await OperatorSettings.get()
    hidden: dict[str, Any] = {"subject": f"opr_{settings.id}", "mutation": mutation, "section": section}
    return await send(site, session, path, **hidden, version=str(settings.version), key=section, **fields)


def test_every_field_of_the_settings_stands_in_one_section() -> None:
    moves = [move for move in OPERATOR.commands if move.input]
    actions: dict[str, JsonObject] = {
        move.name: {"inputs": [{"name": to_camel_case(item.name)} for item in input_fields(move.input)]}
        for move in moves
    }
    shown = sorted(
        (section.command, item["name"])
        for page in SETTINGS_PAGES
        for section in page.sections
        for _, inputs in section.blocks(actions[section.command])
        for item in inputs
    )

    assert shown == sorted((name, item["name"]) for name, action in actions.items() for item in action["inputs"])


async def test_a_section_leaves_the_fields_of_others_as_they_are(site: Site) -> None:
    await the_operator(supplements_are_confirmed=True, phone="030 1", contact_name="Ada")
    session = await a_session(await an_account(Role.ADMIN))

    answer = await save(
        site, session, FIRM, "operatorAmend", "contact", email="post@firm.example", phone="", contactName="Eva"
    )
    await save(
        site, session, f"{FIRM}/orders", "operatorSetRules", "lateness", lateAfterHours="2", veryLateAfterHours="9"
    )

    settings = await OperatorSettings.get()
    assert answer.headers["location"].endswith(f"{FIRM}#contact")
    assert (
        "Saved." in (await follow(site, session, answer)).text.partition('id="contact"')[2].partition("</article>")[0]
    )
    assert (settings.email, settings.phone, settings.contact_name) == ("post@firm.example", "", "Eva")
    assert (settings.late_after_hours, settings.supplements_are_confirmed) == (2, True)
    assert settings.street


async def test_a_refusal_stands_in_the_section_it_is_about(site: Site) -> None:
    await the_operator()
    session = await a_session(await an_account(Role.ADMIN))

    page = (await save(site, session, FIRM, "operatorAmend", "bank", iban="DE00", bic="", bankName="")).text

    assert page.count('class="problems"') == 1
    assert 'class="problems"' in page.partition('id="bank"')[2].partition("</article>")[0]
    assert 'value="DE00"' in page


async def test_what_may_stay_empty_is_optional_and_all_else_required(site: Site) -> None:
    page = (await visit(site, await a_session(await an_account(Role.ADMIN)), FIRM)).text

    for name in ("street", "country", "email"):
        assert "required" in field(page, name)
    for name in ("phone", "vatId", "bankName"):
        assert "required" not in field(page, name)


def field(page: str, name: str) -> str:
    """The tag of the field of this name."""
    return page.partition(f'name="{name}"')[2].partition(">")[0]


@pytest.mark.browser
async def test_the_browser_asks_before_saving_one_section_loses_what_was_typed_in_another(portal: Portal) -> None:
    await the_operator()
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto(FIRM)

    page.on("dialog", lambda dialog: dialog.dismiss())
    await page.locator("#address [name=city]").fill("Potsdam")
    await page.locator("#contact [name=phone]").fill("030 2")
    async with page.expect_event("dialog") as asked:
        await page.locator("#contact button").click()

    assert (await asked.value).type == "beforeunload"
    assert await page.locator("#address [name=city]").input_value() == "Potsdam"
    assert (await OperatorSettings.get()).phone != "030 2"
