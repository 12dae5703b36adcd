"""Creation of an order from a template: its texts, rules and billing plan, dated from the first day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.engine.inputs import input_field
from domain.engine.lifecycle import Transition
from domain.engine.noun import Extension
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.calendar import Calendar
from domain.kernel.errors import Refused, invalid
from domain.order_templates.model import OrderTemplate, TemplateInvoice
from domain.order_templates.reads import LOCK_FOR_CREATION
from domain.orders.effects import drafts
from domain.orders.inputs import Draft, PlannedInvoiceEntry
from domain.orders.model import Order, OrderStatus

DUE_AT = time(18)
COPIED_FIELDS = (
    "description",
    "internal_notes",
    "completion_rule",
    "required_deliveries",
    "review_length",
    "review_unit",
    "review_start",
    "review_extensions",
    "review_extension_days",
    "customer_access",
)


@dataclass(frozen=True, kw_only=True)
class TemplateChoice:
    """A template, and the facts that it does not have."""

    template_id: UUID = input_field("The template to begin from.", id_prefix="ort")
    customer_id: UUID | None = input_field("Who orders.", id_prefix="cus", default=None)
    contact_id: UUID | None = input_field("The person at the customer who is asked.", id_prefix="con", default=None)
    project: str | None = input_field("Name of the project; empty for the template's.", default=None, longest=200)
    starts_on: date | None = input_field("The day from which the template counts; empty for today.", default=None)


async def create(move: TransitionContext) -> Order:
    """Create a draft of the acting member with all facts of the template."""
    choice: TemplateChoice = move.input
    if not await move.connection.execute_query_dict(LOCK_FOR_CREATION, [choice.template_id]):
        raise Refused(invalid("order_template_unknown", "template_id"))
    template = await OrderTemplate.get(id=choice.template_id, using_db=move.connection)
    invoices = TemplateInvoice.filter(order_template_id=template.id).using_db(move.connection).order_by("position")
    draft = draft_from_template(
        template, await invoices, choice, choice.starts_on or move.context.today, move.context.calendar
    )
    move.event_body["template"] = template.id
    return await drafts.create_draft(move, draft, order_template_id=template.id)


def draft_from_template(
    template: OrderTemplate,
    invoices: Iterable[TemplateInvoice],
    choice: TemplateChoice,
    first: date,
    calendar: Calendar,
) -> Draft:
    """The draft that a template gives for an order whose first day is this one."""
    return Draft(
        project=(choice.project or "").strip() or template.project,
        customer_id=choice.customer_id,
        contact_id=choice.contact_id,
        service_from=first if template.service_days else None,
        service_to=_days_after(first, template.service_days and template.service_days - 1),
        offer_valid_until=_days_after(first, template.offer_days),
        delivery_due_at=_delivery_due(first, template.delivery_days, calendar),
        tags=tuple(template.tags),
        planned_invoices=tuple(_planned_invoice(each, first) for each in invoices),
        **{name: getattr(template, name) for name in COPIED_FIELDS},
    )


def _days_after(first: date, days: int | None) -> date | None:
    return None if days is None else first + timedelta(days=days)


def _delivery_due(first: date, days: int | None, calendar: Calendar) -> datetime | None:
    day = _days_after(first, days)
    return None if day is None else calendar.at(day, DUE_AT)


def _planned_invoice(entry: TemplateInvoice, first: date) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(
        invoice_on=_days_after(first, entry.invoice_days),
        text=entry.text,
        quantity=entry.quantity,
        unit_price=entry.unit_price_cents / 100,
        vat_category=entry.vat_category,
        repeats=entry.repeats,
        repeat_months=entry.repeat_months,
        repeat_count=entry.repeat_count,
    )


CREATE_FROM_TEMPLATE = Extension(
    noun="order",
    after="create",
    command=Transition(
        name="createFromTemplate",
        doc="A member begins a new order with everything that a template says.",
        roles=frozenset({Role.MEMBER}),
        to_state=OrderStatus.DRAFT,
        creates=True,
        input=TemplateChoice,
        effect=create,
    ),
)
