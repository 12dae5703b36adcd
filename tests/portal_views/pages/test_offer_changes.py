"""What changed in an offer, on the page behind its link and on the customer's own page of the order."""

from typing import Any

import pytest
from lxml import html

from domain.orders.inputs import DraftAmendment, OptionalComment
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.orders import planned
from tests.makers.parties import STAFF
from tests.support.account_client import Target
from tests.support.people import Everyone, an_offer_link, everyone
from tests.support.site import Site


async def a_new_offer(**changed: Any) -> Everyone:
    """An offer that was withdrawn, changed and made again; its notes are the member's alone."""
    people = await everyone(OrderStatus.AWAITING_CUSTOMER, internal_notes="QUITE SECRET")
    case = people.case
    await case.move("withdraw", case.by_member)
    await case.move("amend", case.by_member, DraftAmendment(internal_notes="MORE SECRET", **changed))
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF, OptionalComment())
    return people


def changes_of(page: str) -> Any:
    """The place on a page where changes are told."""
    (found,) = html.fromstring(page).xpath("//*[@id='offer-changes']")
    return found


@pytest.mark.parametrize(
    ("language", "heads", "price"),
    [("de", ["Feld", "Vorher", "Nachher"], "600,00"), ("en", ["Field", "Before", "After"], "€600.00")],
)
async def test_behind_the_link_the_changes_stand_open(
    site: Site, settings: Settings, language: str, heads: list[str], price: str
) -> None:
    people = await a_new_offer(planned_invoices=(planned("600.00"),))

    answer = await site.client.get(f"{await an_offer_link(people.case, settings)}?lang={language}")

    changes = changes_of(answer.text)
    assert [each.text for each in changes.xpath(".//thead//th")] == heads
    assert price in changes.text_content()
    assert changes.get("open") is not None
    assert "SECRET" not in answer.text


async def test_on_the_order_an_offer_that_came_back_unchanged_says_so(site: Site) -> None:
    people = await a_new_offer()

    page = await Target(site.dependencies, site.client).get(f"/orders/ord_{people.case.order.id}", people.customer)

    assert "Nothing has changed since the offer of" in changes_of(page.text).text_content()
    assert "SECRET" not in page.text


@pytest.mark.parametrize("who", ["member", "staff", "customer"])
async def test_two_revisions_are_chosen_and_compared_on_the_page_of_the_order(site: Site, who: str) -> None:
    people = await a_new_offer(project="The second")
    target, path = Target(site.dependencies, site.client), f"/orders/ord_{people.case.order.id}"

    page = html.fromstring((await target.get(path, getattr(people, who))).text)
    chosen = html.fromstring((await target.get(f"{path}?before=2&after=1", getattr(people, who))).text)

    (form,) = page.xpath("//*[@id='compare']//form")
    assert [[each.get("value") for each in choice] for choice in form.xpath(".//select")] == [["1", "2"], ["1", "2"]]
    (compared,) = chosen.xpath("//*[@id='compare'][@open]//tbody/tr[1]")
    assert [each.text_content().strip() for each in compared.xpath("./td")] == ["The second", "Projekt ABC"]
