"""Automations as staff keeps them: written down, paused, tried on the past, and what they could not do."""

import pytest

from domain.automations.model import Automation, AutomationAction, AutomationState, RunOutcome
from domain.kernel.actors import Role
from tests.makers.accounts import an_account
from tests.makers.automations import (
    an_automation,
    cancellation_is_requested,
    sets_template,
    shown_from_template,
    the_runs_of,
    the_template,
    told_of,
)
from tests.makers.pipelines import a_pipeline, ids_of
from tests.makers.templates import a_status_template
from tests.support.people import everyone
from tests.support.portal_browser import Portal, notice, press, text_of

pytestmark = pytest.mark.browser
REQUESTED = "order.requestCancellation"


async def test_automations_stand_in_the_order_in_which_they_run(portal: Portal) -> None:
    for name, position in (("Third", 30), ("First", 10), ("Second", 20)):
        await an_automation(name=name, position=position)
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto("/setup/automations")

    assert await page.locator(".rule h2 a").all_inner_texts() == ["First", "Second", "Third"]


async def test_an_automation_is_written_down(portal: Portal) -> None:
    template = await the_template("In review")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/automations/new")

    await page.get_by_label("Name", exact=True).fill("Tell of deliveries")
    await page.locator("[name=trigger]").select_option("delivery.submit")
    await page.locator("[name=action]").select_option("SET_TEMPLATE")
    await page.locator("[name=templateId]").select_option(f"stt_{template.id}")
    await page.locator("[name=tags]").fill("web")
    await press(page, "Save")

    made = await Automation.get(name="Tell of deliveries")
    assert (made.trigger, made.template_id, made.tags) == ("delivery.submit", template.id, ["web"])
    assert "In review" in await page.locator(".lead").inner_text()


async def test_only_what_belongs_to_the_choice_is_shown_and_sent(portal: Portal) -> None:
    (stage, *_) = await ids_of(await a_pipeline())
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/automations/new")
    await page.get_by_label("Name", exact=True).fill("Show")

    await page.locator("[name=trigger]").select_option("order.enterStage")
    await page.locator("[name=stageId]").select_option(f"stg_{stage}")
    await page.locator("[name=trigger]").select_option("order.confirm")
    await page.locator("[name=action]").select_option("SHOW")
    assert not await page.locator("[name=stageId]").is_visible()
    assert not await page.locator("[name=templateId]").is_visible()
    await press(page, "Save")

    assert (await Automation.get(name="Show")).stage_id is None


async def test_what_an_action_needs_is_told_beside_its_field(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/setup/automations/new")

    await page.get_by_label("Name", exact=True).fill("Nothing to set")
    await page.locator("[name=trigger]").select_option("order.confirm")
    await page.locator("[name=action]").select_option("SET_TEMPLATE")
    await press(page, "Save")

    assert await page.locator("[name=templateId]").get_attribute("aria-invalid") == "true"
    assert await page.locator("[name=trigger]").input_value() == "order.confirm"


async def test_an_automation_pauses_and_goes_on(portal: Portal) -> None:
    automation = await an_automation()
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/automations/aut_{automation.id}")

    await press(page, "Pause")
    assert (await Automation.get(id=automation.id)).state is AutomationState.PAUSED
    await press(page, "Resume")

    assert "runs again" in await notice(page)


async def test_amending_keeps_what_was_not_touched(portal: Portal) -> None:
    automation = await sets_template("In review", tags=("web", "design"))
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/automations/aut_{automation.id}")

    await page.get_by_label("Name", exact=True).fill("Renamed")
    await press(page, "Save")

    saved = await Automation.get(id=automation.id)
    assert (saved.name, saved.tags, saved.template_id) == ("Renamed", ["web", "design"], automation.template_id)


async def test_a_rehearsal_lists_what_would_have_changed(portal: Portal) -> None:
    case = await shown_from_template("In progress", around=(await everyone(project="Cupboard")).case)
    await cancellation_is_requested(case)
    automation = await sets_template("On hold", trigger=REQUESTED)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/setup/automations/aut_{automation.id}")

    await press(page, "Try on the past")

    text = await text_of(page)
    assert "It would have changed 1 status" in text
    assert "Cupboard" in text
    assert (await told_of(case.order.id))[1] == "In progress"


async def test_an_exception_is_told_on_the_first_page_and_tried_again(portal: Portal) -> None:
    template = await a_status_template(label_de="Fertig {due}", label_en="Done {due}")
    await an_automation(REQUESTED, action=AutomationAction.SET_TEMPLATE, template_id=template.id)
    case = await shown_from_template(around=(await everyone(project="Cupboard")).case)
    await cancellation_is_requested(case)
    page = await portal.sign_in(await an_account(Role.STAFF))

    await page.get_by_role("link", name="1 automation failed").click()
    assert "Cupboard" in await text_of(page)
    await press(page, "Try again")
    assert await page.get_by_role("alert").is_visible()
    await press(page, "Dismiss")

    assert "No exceptions" in await text_of(page)
    assert [outcome for _, outcome in await the_runs_of(case.order.id)] == [RunOutcome.DISMISSED.value]
