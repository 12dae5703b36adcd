"""Markup in people's texts stays text on every page and in every form that shows it again."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from tortoise.models import Model

from domain.accounts.model import Account
from domain.automations.model import Automation
from domain.client_status.model import ClientStatus, ClientStatusChange
from domain.order_templates.model import OrderTemplate
from domain.orders.model import Order
from domain.parties.model import Contact, Customer, Member
from domain.pipelines.model import Pipeline, Stage
from domain.status_templates.model import StatusTemplate
from portal_views.page_table import PAGES
from tests.makers.automations import an_automation
from tests.makers.client_status import a_client_status
from tests.makers.pipelines import a_pipeline, enter, the_stages
from tests.support.account_client import Target
from tests.support.people import Everyone, everyone

EVIL = """"'><img src=x onerror=a()><script>b()</script></title></textarea></select>{{7*7}}<!--"""
TYPED = (
    "labelDe",
    "labelEn",
    "descriptionDe",
    "label",
    "description",
    "name",
    "color",
    "trigger",
    "nameDe",
    "stages-0-nameDe",
    "stages-0-nameEn",
    "filter",
)
WRITTEN: dict[type[Model], tuple[str, ...]] = {
    Order: ("project", "description", "internal_notes"),
    ClientStatus: ("name", "label_de", "label_en", "description_de", "description_en"),
    ClientStatusChange: ("name", "label_de", "label_en", "description_de", "description_en", "actor_name"),
    StatusTemplate: ("label_de", "label_en", "description_de", "description_en"),
    Automation: ("name",),
    OrderTemplate: ("name",),
    Pipeline: ("name_de", "name_en"),
    Stage: ("name_de", "name_en"),
    Customer: ("legal_name", "street"),
    Member: ("name",),
    Account: ("name",),
    Contact: ("name",),
}


class Elements(HTMLParser):
    """Elements that none of our templates has."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        runs = any(name.startswith("on") or (value or "").startswith("javascript:") for name, value in attrs)
        if tag == "img" or runs or (tag == "script" and not (names.get("src") or "").startswith("/static/")):
            self.foreign.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.foreign.append(data)


def foreign_in(page: str) -> list[Any]:
    elements = Elements()
    elements.feed(page)
    return elements.foreign


@pytest.fixture
async def people(target: Target) -> Everyone:
    """Everything that pages can show, with markup in every text that people write."""
    people = await everyone()
    pipeline = await a_pipeline("Eins", "Zwei")
    first, _ = await the_stages(pipeline)
    await enter(people.case, first.id)
    await a_client_status(people.case)
    await an_automation("order.enterStage", stage_id=first.id)
    await OrderTemplate.create(name="", position=1, created_at=datetime.now(UTC))
    for model, names in WRITTEN.items():
        await model.all().update(**{name: EVIL[: _room(model, name)] for name in names})
    await Order.all().update(tags=[EVIL[:100]])
    return people


def _room(model: type[Model], name: str) -> int:
    return getattr(model._meta.fields_map[name], "max_length", None) or len(EVIL)


async def test_what_people_wrote_is_text_on_every_page(target: Target, people: Everyone) -> None:
    order, customer, pipeline = people.case.order, people.case.customer, await Pipeline.get()
    things = {
        "orders": f"ord_{order.id}",
        "work": f"ord_{order.id}",
        "customers": f"cus_{customer.id}",
        "templates": f"stt_{(await StatusTemplate.first()).id}",  # type: ignore[union-attr]
        "automations": f"aut_{(await Automation.get()).id}",
        "pipelines": f"pip_{pipeline.id}",
        "order-templates": f"ort_{(await OrderTemplate.get()).id}",
    }
    shown = 0

    for path in (page.path for page in PAGES):
        noun = path.removesuffix("/{id}").rpartition("/")[2]
        for account in (people.staff, people.customer, people.member, people.finance):
            page = await target.get(f"{path.replace('{id}', things.get(noun, ''))}?search={quote(EVIL)}", account)
            assert foreign_in(page.text) == [], path
            shown += "onerror" in page.text

    assert shown > 30


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/board/move", {"step": "look", "stage": "off", "back": f"/board?search={EVIL}"}),
        ("/bulk/new", {"do": "set", "step": "look"}),
        ("/bulk/new", {"do": "set", "step": "look", "all": "1"}),
        ("/bulk/new", {"do": "hide", "step": "look", "all": "1"}),
        ("/setup/templates/new", {"do": "preview"}),
        ("/setup/pipelines/new", {"do": "more"}),
        ("/setup/automations/new", {"do": "more"}),
        ("/setup/order-templates/new", {"do": "more"}),
    ],
)
async def test_what_is_typed_is_text_when_it_is_shown_again(
    target: Target, people: Everyone, path: str, sent: dict[str, str]
) -> None:
    form = dict.fromkeys(TYPED, EVIL) | {"order": f"ord_{people.case.order.id}"} | sent

    page = await target.post(path, people.staff, form)

    assert page.status_code in (200, 422)
    assert foreign_in(page.text) == []
    assert "onerror" in page.text
