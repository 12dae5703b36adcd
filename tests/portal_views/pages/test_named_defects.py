"""Defects of a delivery, named one by one: as many rows as there are defects, with and without a script."""

import re

import pytest

from domain.deliveries.model import Defect
from settings import Settings
from tests.support.people import a_delivered_order, a_review_link
from tests.support.portal_browser import Portal, press, unfold
from tests.support.site import Site

DEFECTS = ["Logo too small", "Page missing", "Wrong blue", "Typo in the title"]
ROWS = re.compile(r'name="placedDefects-(\d+)-text"')


def revision_form(page: str) -> str:
    (form,) = (each for each in page.split("<form") if "placedDefects-0-text" in each)
    return form.partition("</form>")[0]


async def test_a_row_is_added_without_a_script_and_what_was_typed_stays(site: Site, settings: Settings) -> None:
    _, delivery = await a_delivered_order()
    path = f"{await a_review_link(delivery, settings)}?lang=en"
    form = revision_form((await site.client.get(path)).text)
    typed = dict(re.findall(r'name="(subject|mutation|version|key)" value="([^"]*)"', form))
    typed |= {f"placedDefects-{row}-text": text for row, text in enumerate(DEFECTS[:3])}

    more = await site.client.post(path, data=typed | {"do": "more"})
    longer = revision_form(more.text)
    answered = await site.client.post(path, data=typed | {"placedDefects-3-text": DEFECTS[3]})

    assert [len(ROWS.findall(each)) for each in (form, longer)] == [3, 4]
    assert all(text in longer for text in DEFECTS[:3])
    assert (more.status_code, answered.status_code) == (200, 303)
    assert [each.text for each in await Defect.all().order_by("id")] == DEFECTS


@pytest.mark.browser
async def test_a_row_is_added_by_the_script_and_has_the_focus(portal: Portal, settings: Settings) -> None:
    _, delivery = await a_delivered_order()
    page = await portal.page()
    await page.goto(f"{await a_review_link(delivery, settings)}?lang=en")
    await unfold(page, "Request a revision")
    await page.locator("[name=placedDefects-0-text]").fill(DEFECTS[0])

    await page.get_by_role("button", name="One more row").click()
    await page.keyboard.type(DEFECTS[3])
    legend = await page.locator("fieldset.row legend").last.inner_text()
    await press(page, "Request a revision")

    assert legend == "Defect 4"
    assert [each.text for each in await Defect.all().order_by("id")] == [DEFECTS[0], DEFECTS[3]]
