"""Order templates: staff writes them, whole or not at all, and none is removed while a rule needs it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.client_status.model import Visibility
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.order_templates.inputs import OrderTemplateEntry, TemplateInvoiceEntry
from domain.order_templates.model import TemplateInvoice
from tests.makers.automations import an_automation, move_automation
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.pipelines import a_pipeline, a_stage, ids_of, move_pipeline
from tests.makers.records import the_events_of
from tests.makers.templates import (
    a_status_entry,
    a_status_template,
    an_order_entry,
    an_order_template,
    move_order_template,
    move_status_template,
)
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

DEPOSIT = TemplateInvoiceEntry(invoice_days=0, text="Anzahlung", unit_price=Decimal("500.00"))


async def refusals_of(entry: OrderTemplateEntry, actor: Actor = STAFF) -> list[tuple[str, tuple[str, ...]]]:
    """Why this template cannot be created, each reason with the field it speaks of."""
    with pytest.raises(Refused) as refused:
        await execute(Command(noun="orderTemplate", move="create", input=entry), actor)
    return [(refusal.reason, refusal.path) for refusal in refused.value.refusals]


async def refusals_to(move: str, template_id: Any, takes: Any = None, actor: Actor = STAFF) -> list[str]:
    with pytest.raises(Refused) as refused:
        await move_order_template(template_id, move, takes, actor)
    return [refusal.reason for refusal in refused.value.refusals]


async def test_staff_writes_a_template_down_with_its_billing_plan() -> None:
    template = await an_order_template(name=" Website ", tags=("web", " web ", ""), invoices=(DEPOSIT, DEPOSIT))

    assert (template.name, template.tags, template.version) == ("Website", ["web"], 1)
    invoices = await TemplateInvoice.filter(order_template_id=template.id).order_by("position")
    assert [(each.position, each.text, int(each.unit_price_cents)) for each in invoices] == [
        (1, "Anzahlung", 50_000),
        (2, "Anzahlung", 50_000),
    ]
    assert await the_events_of(template.id) == ["orderTemplate.create"]


async def test_amending_replaces_the_template_and_its_plan_as_a_whole() -> None:
    entry = an_order_entry(description="Alles.", offer_days=14, invoices=(DEPOSIT,))
    template = await an_order_template(**vars(entry))

    amended = await move_order_template(template.id, "amend", replace(entry, description="", invoices=()))

    assert (amended.description, amended.offer_days, amended.version) == ("", 14, 2)
    assert not await TemplateInvoice.filter(order_template_id=template.id).exists()
    event = await Event.get(subject_id=template.id, name="orderTemplate.amend")
    assert event.body == {"changed": ["description"]}
    assert sorted(event.audience) == ["ADMIN", "FINANCE", "STAFF"]


@pytest.mark.parametrize(
    ("flaw", "reason", "path"),
    [
        ({"name": " "}, "text_too_small", ("name",)),
        ({"name": "ü" * 101}, "text_too_large", ("name",)),
        ({"service_days": 0}, "number_too_small", ("service_days",)),
        ({"offer_days": 3651}, "number_too_large", ("offer_days",)),
        ({"review_length": 91}, "number_too_large", ("review_length",)),
        ({"status_visibility": Visibility.SHOWN}, "shown_without_template", ("status_template_id",)),
        ({"project": "Für {customer}"}, "placeholder_not_filled_here", ("project",)),
        ({"internal_notes": "{due}"}, "placeholder_not_filled_here", ("internal_notes",)),
        (
            {"invoices": (replace(DEPOSIT, text="{project}"),)},
            "placeholder_not_filled_here",
            ("invoices", "0", "text"),
        ),
        (
            {"invoices": (DEPOSIT, replace(DEPOSIT, unit_price=Decimal("1.00005")))},
            "price_with_more_than_four_decimals",
            ("invoices", "1", "unit_price"),
        ),
        (
            {"invoices": (replace(DEPOSIT, quantity=Decimal(0)),)},
            "quantity_out_of_bounds",
            ("invoices", "0", "quantity"),
        ),
        ({"invoices": (replace(DEPOSIT, invoice_days=-1),)}, "number_too_small", ("invoices", "0", "invoice_days")),
        ({"stage_id": new_id()}, "stage_unknown", ("stage_id",)),
        ({"status_template_id": new_id()}, "template_unknown", ("status_template_id",)),
    ],
)
async def test_what_cannot_be_right_is_refused_by_its_field(
    flaw: dict[str, Any], reason: str, path: tuple[str, ...]
) -> None:
    assert await refusals_of(an_order_entry(**flaw)) == [(reason, path)]


async def test_other_braces_in_a_text_are_just_braces() -> None:
    template = await an_order_template(description="Farbe {r,g,b} und { due }")

    assert template.description == "Farbe {r,g,b} und { due }"


async def test_what_is_retired_cannot_be_referred_to() -> None:
    status, pipeline = await a_status_template(), await a_pipeline("Eingang")
    (stage_id,) = await ids_of(pipeline)
    await move_status_template(status.id, "retire")
    await move_pipeline(pipeline, "retire")

    assert await refusals_of(an_order_entry(status_template_id=status.id)) == [
        ("template_unknown", ("status_template_id",))
    ]
    assert await refusals_of(an_order_entry(stage_id=stage_id)) == [("stage_unknown", ("stage_id",))]


@pytest.mark.parametrize(("days", "text"), [(None, "Bis {due}"), (7, "Bis {expected}")])
async def test_a_status_that_waits_for_what_a_new_order_never_has_is_refused(days: int | None, text: str) -> None:
    status = await a_status_template(description_en=text)

    entry = an_order_entry(status_template_id=status.id, delivery_days=days)

    assert await refusals_of(entry) == [("placeholder_never_filled", ("status_template_id",))]


@pytest.mark.parametrize(("days", "text"), [(None, "Bis {due}"), (7, "Bis {expected}")])
async def test_a_status_cannot_come_to_wait_for_it_while_orders_begin_with_it(days: int | None, text: str) -> None:
    status = await a_status_template()
    template = await an_order_template(name="Website", status_template_id=status.id, delivery_days=days)

    with pytest.raises(Refused) as refused:
        await move_status_template(status.id, "amend", a_status_entry(description_de=text))
    await move_order_template(template.id, "retire")
    await move_status_template(status.id, "amend", a_status_entry(description_de=text))

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.path) == ("placeholder_never_filled_by", ("description_de",))
    assert refusal.params == {"placeholder": text.removeprefix("Bis "), "users": ("Website",)}
    assert await refusals_to("restore", template.id) == ["order_template_never_filled"]


async def test_a_status_that_names_the_due_date_is_fine_with_one() -> None:
    status = await a_status_template(label_de="Bis {due}", label_en="Until {due}")

    template = await an_order_template(status_template_id=status.id, delivery_days=7)

    assert template.status_template_id == status.id


async def test_a_name_is_taken_once_among_the_templates_in_use() -> None:
    first = await an_order_template(name="Öffentlichkeitsarbeit")
    taken = await refusals_of(an_order_entry(name=" öffentlichkeitsARBEIT"))

    await move_order_template(first.id, "retire")
    await an_order_template(name="Öffentlichkeitsarbeit")

    assert taken == [("order_template_name_taken", ("name",))]
    assert await refusals_to("restore", first.id) == ["order_template_name_taken_meanwhile"]


async def test_retiring_names_the_automations_that_ask_for_it() -> None:
    template = await an_order_template()
    await an_automation(name="Für Websites", order_template_id=template.id)
    await move_automation(await an_automation(name="Pausierte", order_template_id=template.id), "pause")
    await move_automation(await an_automation(name="Vergangene", order_template_id=template.id), "retire")

    with pytest.raises(Refused) as refused:
        await move_order_template(template.id, "retire")

    (refusal,) = refused.value.refusals
    assert refusal.reason == "order_template_in_use"
    assert refusal.params == {"users": ("Für Websites", "Pausierte")}


async def test_it_comes_back_only_with_what_it_uses() -> None:
    pipeline = await a_pipeline(a_stage("Eingang"))
    (stage_id,) = await ids_of(pipeline)
    template = await an_order_template(stage_id=stage_id)
    await move_order_template(template.id, "retire")
    await move_pipeline(pipeline, "retire")

    refused = await refusals_to("restore", template.id)
    await move_pipeline(pipeline, "restore")
    restored = await move_order_template(template.id, "restore", actor=ADMIN)

    assert refused == ["order_template_uses_retired"]
    assert restored.state is Availability.ACTIVE


async def test_what_is_retired_is_not_amended() -> None:
    template = await an_order_template()
    await move_order_template(template.id, "retire")

    assert await refusals_to("amend", template.id, an_order_entry()) == ["not_in_this_state"]


async def test_only_staff_and_administrators_change_templates() -> None:
    template = await an_order_template()

    assert await refusals_to("retire", template.id, actor=FINANCE) == ["not_your_move"]
    assert await refusals_to("retire", template.id, actor=acting_for_member(await a_member())) == ["not_your_move"]
    assert await refusals_to("retire", template.id, actor=acting_for_customer(await a_customer())) == ["not_found"]


async def test_members_do_not_find_what_is_retired() -> None:
    template = await an_order_template()
    await move_order_template(template.id, "retire")

    assert await refusals_to("restore", template.id, actor=acting_for_member(await a_member())) == ["not_found"]
