"""Beginning an order from a template: everything that it says, counted from the order's first day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.client_status.model import ClientStatus, ClientStatusChange, StatusOrigin, Visibility
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.errors import Refused
from domain.operator.model import CustomerAccess
from domain.order_templates.inputs import TemplateInvoiceEntry
from domain.order_templates.order_creation import TemplateChoice
from domain.orders.inputs import Duplication
from domain.orders.model import CompletionRule, Order, OrderStatus, PlannedInvoice, ReviewUnit
from tests.makers.orders import Case
from tests.makers.parties import FINANCE, STAFF, a_customer
from tests.makers.pipelines import a_pipeline, a_stage, ids_of
from tests.makers.records import the_events_of, the_messages
from tests.makers.templates import (
    a_status_entry,
    a_status_template,
    an_order_from,
    an_order_template,
    move_order_template,
    move_status_template,
)
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 23, 30))

WEBSITE: dict[str, Any] = {
    "project": "Website",
    "description": "Entwurf und Umsetzung.",
    "internal_notes": "Vorsicht, Umlaute.",
    "tags": ("web",),
    "offer_days": 14,
    "service_days": 30,
    "delivery_days": 28,
    "required_deliveries": 2,
    "review_length": 5,
    "review_extensions": 2,
    "review_extension_days": 7,
    "review_unit": ReviewUnit.WORKING_DAYS,
    "customer_access": CustomerAccess.STATUS_ONLY,
    "invoices": (
        TemplateInvoiceEntry(invoice_days=0, text="Anzahlung", unit_price=Decimal("500.00")),
        TemplateInvoiceEntry(invoice_days=30, text="Rest", unit_price=Decimal("95.00"), quantity=Decimal(10)),
    ),
}


async def refusals_of(**chosen: Any) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(Refused) as refused:
        await an_order_from(await an_order_template(), **chosen)
    return [(refusal.reason, refusal.path) for refusal in refused.value.refusals]


async def the_status_of(case: Case) -> ClientStatus:
    return await ClientStatus.get(id=case.order.id)


async def test_dates_count_from_today_where_the_operator_is() -> None:
    order = (await an_order_from(await an_order_template(**WEBSITE))).order

    assert order.status is OrderStatus.DRAFT
    assert (order.service_from, order.service_to) == (date(2026, 4, 1), date(2026, 4, 30))
    assert order.offer_valid_until == date(2026, 4, 15)
    assert order.delivery_due_at == berlin(2026, 4, 29, 18)


async def test_dates_count_from_the_first_day_that_is_named_across_a_clock_change() -> None:
    template = await an_order_template(**WEBSITE)

    order = (await an_order_from(template, starts_on=date(2026, 10, 1))).order

    assert (order.service_from, order.service_to) == (date(2026, 10, 1), date(2026, 10, 30))
    assert order.delivery_due_at == berlin(2026, 10, 29, 18)


async def test_texts_and_rules_are_the_templates() -> None:
    template = await an_order_template(**WEBSITE)

    order = (await an_order_from(template)).order

    assert (order.project, order.description) == ("Website", "Entwurf und Umsetzung.")
    assert (order.internal_notes, order.tags) == ("Vorsicht, Umlaute.", ["web"])
    assert (order.required_deliveries, order.review_length, order.review_unit) == (2, 5, ReviewUnit.WORKING_DAYS)
    assert (order.review_extensions, order.review_extension_days) == (2, 7)
    assert order.customer_access is CustomerAccess.STATUS_ONLY
    assert order.order_template_id == template.id


async def test_the_billing_plan_is_dated_and_summed() -> None:
    order = (await an_order_from(await an_order_template(**WEBSITE))).order

    invoices = await PlannedInvoice.filter(order_id=order.id).order_by("position")
    assert [(each.invoice_on, each.text, each.net_cents) for each in invoices] == [
        (date(2026, 4, 1), "Anzahlung", 50_000),
        (date(2026, 5, 1), "Rest", 95_000),
    ]
    assert (order.net_cents, order.budget_inflow_cents) == (145_000, 131_950)


async def test_with_payment_on_acceptance_the_invoice_waits_for_it() -> None:
    invoice = TemplateInvoiceEntry(text="Alles", unit_price=Decimal("500.00"))
    template = await an_order_template(completion_rule=CompletionRule.ON_ACCEPTANCE, invoices=(invoice,))

    case = await an_order_from(template)

    assert (await PlannedInvoice.get(order_id=case.order.id)).invoice_on is None


async def test_a_template_that_says_little_leaves_the_rest_empty() -> None:
    order = (await an_order_from(await an_order_template(), project=" Eigenes ")).order

    assert (order.project, order.service_from, order.offer_valid_until) == ("Eigenes", None, None)
    assert (order.delivery_due_at, order.stage_id, order.net_cents) == (None, None, 0)


async def test_it_is_numbered_like_any_other_and_its_event_names_the_template() -> None:
    template = await an_order_template()

    case = await an_order_from(template)

    assert case.order.number == f"AF-{case.member.number:05}-0001"
    assert await the_events_of(case.order.id) == ["order.createFromTemplate"]
    event = await Event.get(subject_id=case.order.id, name="order.createFromTemplate")
    assert (event.body, event.actor_role) == ({"template": str(template.id)}, "MEMBER")


async def test_a_customer_can_be_chosen_later_and_only_among_ones_own() -> None:
    stranger = await a_customer("Fremde GmbH")

    undecided = await an_order_from(await an_order_template(), customer_id=None, contact_id=None)

    assert undecided.order.customer_id is None
    assert await refusals_of(customer_id=stranger.id) == [("customer_unknown", ("customer_id",))]
    assert await refusals_of(customer_id=None) == [("contact_without_customer", ("contact_id",))]


async def test_the_client_status_is_hidden_and_empty_unless_the_template_says_one() -> None:
    status = await the_status_of(await an_order_from(await an_order_template()))

    assert (status.visibility, status.label_de, status.template_id) == (Visibility.HIDDEN, "", None)


async def test_a_hidden_status_is_prepared_with_its_texts() -> None:
    template = await a_status_template(label_de="Bis {due}", label_en="Until {due}", color="#15803d")

    status = await the_status_of(
        await an_order_from(await an_order_template(status_template_id=template.id, delivery_days=7, project="Web"))
    )

    assert (status.visibility, status.label_de, status.color) == (Visibility.HIDDEN, "Bis 08.04.2026", "#15803d")
    assert (status.origin, status.template_id, status.edited_by_hand) == (StatusOrigin.TEMPLATE, template.id, False)
    assert status.name == "Web"


async def test_a_shown_status_waits_until_the_client_may_see_the_order() -> None:
    shown = await a_status_template(label_de="Für {customer} geplant", label_en="Planned for {customer}")
    template = await an_order_template(status_template_id=shown.id, status_visibility=Visibility.SHOWN)

    case = await an_order_from(template)

    status = await the_status_of(case)
    assert (status.visibility, status.label_en) == (Visibility.SHOWN, "Planned for Kunde XYZ")
    assert await the_messages("clientStatus.show") == []
    change = await ClientStatusChange.get(order_id=case.order.id)
    assert (change.seen, change.origin, change.actor_name) == (False, StatusOrigin.TEMPLATE, "Mara Member")
    assert await the_events_of(case.order.id) == ["order.createFromTemplate", "clientStatus.show"]


async def test_nothing_is_begun_when_the_status_misses_something() -> None:
    needy = await a_status_template(label_de="Für {customer}")
    template = await an_order_template(status_template_id=needy.id)

    with pytest.raises(Refused) as refused:
        await an_order_from(template, customer_id=None, contact_id=None)

    assert [refusal.reason for refusal in refused.value.refusals] == ["placeholder_without_value"]
    assert await Order.all().count() == 0


async def test_it_enters_the_stage_of_the_template_even_when_that_is_full() -> None:
    (stage_id,) = await ids_of(await a_pipeline(a_stage("Eingang", card_limit=1)))
    template = await an_order_template(stage_id=stage_id)
    await an_order_from(template)

    case = await an_order_from(template)

    assert (case.order.stage_id, case.order.stage_entered_at) == (stage_id, berlin(2026, 4, 1, 23, 30))
    assert await the_events_of(case.order.id) == ["order.createFromTemplate", "order.enterStage"]
    entered = await Event.get(subject_id=case.order.id, name="order.enterStage")
    assert (entered.actor_role, "MEMBER" in entered.audience) == ("CLOCK", False)


async def test_a_copy_remembers_the_template_but_not_the_stage_nor_the_status() -> None:
    (stage_id,) = await ids_of(await a_pipeline("Eingang"))
    status = await a_status_template()
    template = await an_order_template(stage_id=stage_id, status_template_id=status.id)
    case = await an_order_from(template)

    copied = await case.move("duplicate", case.by_member, Duplication())

    copy, told = await Order.get(id=copied.subject_id), await ClientStatus.get(id=copied.subject_id)
    assert (copy.order_template_id, copy.stage_id, copy.stage_entered_at) == (template.id, None, None)
    assert (told.template_id, told.label_de) == (None, "")


async def test_what_is_retired_is_offered_to_nobody() -> None:
    template = await an_order_template()
    await move_order_template(template.id, "retire")

    with pytest.raises(Refused) as refused:
        await an_order_from(template)

    assert [(refusal.reason, refusal.path) for refusal in refused.value.refusals] == [
        ("order_template_unknown", ("template_id",))
    ]


async def test_a_later_edition_of_either_template_leaves_the_order_as_it_is() -> None:
    status = await a_status_template(label_de="Geplantes")
    case = await an_order_from(await an_order_template(status_template_id=status.id))

    await move_status_template(status.id, "amend", a_status_entry(label_de="Anders"))

    told = await the_status_of(case)
    assert (told.label_de, told.template_edition) == ("Geplantes", 1)


async def test_only_members_begin_orders() -> None:
    chosen = TemplateChoice(template_id=(await an_order_template()).id)

    for actor in (STAFF, FINANCE):
        with pytest.raises(Refused) as refused:
            await execute(Command(noun="order", move="createFromTemplate", input=chosen), actor)
        assert [refusal.reason for refusal in refused.value.refusals] == ["not_your_move"]


async def test_two_members_begin_from_the_same_template() -> None:
    template = await an_order_template(**WEBSITE)

    orders = [(await an_order_from(template)).order for _ in range(2)]

    assert orders[0].number != orders[1].number
    assert orders[0].member_id != orders[1].member_id
