"""Setup pages: who finds them, status templates, and pipelines."""

import pytest

from domain.kernel.actors import Role
from domain.pipelines.model import Pipeline
from domain.status_templates.inputs import StatusTemplateInput
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import PLACEHOLDERS
from portal_views.pages.setup import status_templates
from tests.makers.accounts import an_account
from tests.makers.automations import sets_template, shown_from_template, told_of
from tests.makers.pipelines import a_pipeline, enter, ids_of, the_stages
from tests.makers.templates import an_order_template, move_status_template
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import everyone
from tests.support.portal_browser import Portal, notice, press, text_of

pytestmark = pytest.mark.browser
PLACES = (
    "/setup",
    "/setup/rules",
    "/setup/templates",
    "/setup/templates/new",
    "/setup/automations",
    "/setup/automations/new",
    "/setup/exceptions",
    "/setup/pipelines",
    "/setup/pipelines/new",
    "/setup/order-templates",
    "/setup/order-templates/new",
)


def test_the_preview_fills_every_placeholder() -> None:
    assert status_templates.PLACEHOLDERS == PLACEHOLDERS


@pytest.mark.parametrize("who", ["member", "customer", "finance"])
async def test_nobody_else_finds_what_staff_sets_up(portal: Portal, who: str) -> None:
    people = await everyone()
    page = await portal.sign_in(getattr(people, who))

    statuses = {(await page.goto(path)).status for path in PLACES}  # type: ignore[union-attr]

    assert statuses == {404}


@PHONE_FIRST
async def test_everybody_can_use_the_pages(portal: Portal, size: dict[str, int], colors: str) -> None:
    automation = await sets_template("In review")
    things = (
        f"/setup/templates/stt_{automation.template_id}",
        f"/setup/automations/aut_{automation.id}",
        f"/setup/pipelines/pip_{(await a_pipeline()).id}",
        f"/setup/order-templates/ort_{(await an_order_template()).id}",
    )
    page = await portal.sign_in(await an_account(Role.STAFF), size=size, color_scheme=colors)

    assert [flaw for path in (*PLACES, *things) for flaw in await flaws_of(page, path)] == []


async def test_a_template_is_written_down_in_both_languages(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/templates/new")

    await page.get_by_label("Status in German").fill("Wartet auf {customer}")
    await page.get_by_label("Status in English").fill("Waits for {customer}")
    await press(page, "Preview")
    assert "Wartet auf Beispiel GmbH" in await text_of(page)
    await press(page, "Save")

    assert "created" in await notice(page)
    assert (await StatusTemplate.get(label_en="Waits for {customer}")).label_de == "Wartet auf {customer}"


async def test_a_placeholder_that_does_not_exist_is_named_beside_its_text(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/templates/new")

    await page.get_by_label("Status in German").fill("Fertig")
    await page.get_by_label("Status in English").fill("Ready for {client}")
    await press(page, "Save")

    wrong = page.get_by_label("Status in English")
    assert await wrong.get_attribute("aria-invalid") == "true"
    assert "{client}" in await page.locator(f"#{await wrong.get_attribute('id')}-error").inner_text()
    assert await page.get_by_label("Status in German").input_value() == "Fertig"


async def test_retiring_names_who_still_works_with_a_template(portal: Portal) -> None:
    automation = await sets_template("In review")
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto(f"/setup/templates/stt_{automation.template_id}")

    assert "In review" in await page.locator(".shut").inner_text()
    assert await page.get_by_role("button", name="Retire").count() == 0


async def test_a_retired_template_stands_below_and_comes_back(portal: Portal) -> None:
    template = await StatusTemplate.get(label_en="On hold")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/templates/stt_{template.id}")

    await press(page, "Retire")
    await page.goto("/setup/templates")
    assert "On hold" in await page.locator(".retired").inner_text()
    await page.get_by_role("link", name="On hold").click()
    await press(page, "Use again")

    assert "can be chosen again" in await notice(page)


async def test_a_new_edition_is_tried_first_and_then_applied(portal: Portal) -> None:
    case = await shown_from_template("In progress", around=(await everyone()).case)
    template = await StatusTemplate.get(label_en="In progress")
    await move_status_template(template.id, "amend", _entry_of(template, label_en="Under way"))
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/templates/stt_{template.id}")

    await press(page, "Try it first")
    assert "1 order would change." in await text_of(page)
    assert (await told_of(case.order.id))[1] == "In progress"
    await press(page, "Apply to 1 order now")

    assert "1 order has changed." in await text_of(page)
    assert (await told_of(case.order.id))[1] == "Under way"


def _entry_of(template: StatusTemplate, **changes: str) -> StatusTemplateInput:
    facts = {name: getattr(template, name) for name in StatusTemplateInput.__dataclass_fields__}
    return StatusTemplateInput(**(facts | changes))


async def test_a_pipeline_is_drawn_up_stage_by_stage(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await a_pipeline()
    await page.goto("/setup/pipelines/new")

    await page.locator("[name=nameDe]").fill("Werkstatt")
    await page.locator("[name=nameEn]").fill("Workshop")
    for number, (german, english) in enumerate((("Geplant", "Planned"), ("Fertig", "Done"))):
        await page.locator(f"[name=stages-{number}-nameDe]").fill(german)
        await page.locator(f"[name=stages-{number}-nameEn]").fill(english)
    await page.locator("[name=stages-0-advances]").check()
    await page.locator("[name=stages-1-cardLimit]").fill("3")
    await press(page, "Save")

    stages = await the_stages(await Pipeline.get(name_en="Workshop"))
    assert [(each.name_de, each.name_en, each.card_limit, each.advances) for each in stages] == [
        ("Geplant", "Planned", None, True),
        ("Fertig", "Done", 3, False),
    ]


async def test_the_first_board_is_proposed_in_both_languages(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/pipelines/new")

    await press(page, "Save")

    stages = await the_stages(await Pipeline.get(name_de="Auftragsablauf", name_en="Order workflow"))
    assert [(each.name_de, each.name_en) for each in stages] == [
        ("Angebot", "Offer"),
        ("In Arbeit", "In progress"),
        ("Bei der Kund*in", "With the customer"),
        ("Abgenommen", "Accepted"),
    ]


async def test_stages_are_put_in_order_by_numbers_and_taken_out_by_their_names(portal: Portal) -> None:
    pipeline = await a_pipeline("One", "Two", "Three")
    one, _, three = await ids_of(pipeline)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/pipelines/pip_{pipeline.id}")

    await page.locator("[name=stages-2-place]").fill("0.5")
    await page.locator("[name=stages-1-nameDe]").fill("")
    await page.locator("[name=stages-1-nameEn]").fill("")
    await press(page, "Save")

    assert await ids_of(pipeline) == [three, one]


async def test_a_stage_with_orders_in_it_is_not_taken_out(portal: Portal) -> None:
    pipeline = await a_pipeline("One", "Two")
    _, two = await ids_of(pipeline)
    await enter((await everyone()).case, two)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/pipelines/pip_{pipeline.id}")

    await page.locator("[name=stages-1-nameDe]").fill("")
    await page.locator("[name=stages-1-nameEn]").fill("")
    await press(page, "Save")

    assert "Two" in await page.get_by_role("alert").inner_text()
    assert len(await ids_of(pipeline)) == 2


async def test_two_stages_of_one_name_are_told_beside_the_second(portal: Portal) -> None:
    pipeline = await a_pipeline("One", "Two")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/pipelines/pip_{pipeline.id}")

    await page.locator("[name=stages-1-nameEn]").fill("One")
    await press(page, "Save")

    assert await page.locator("[name=stages-1-nameEn]").get_attribute("aria-invalid") == "true"
