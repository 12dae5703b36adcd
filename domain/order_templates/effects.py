"""Effects of the moves of order templates."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.database.unique_names import taken_names
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.amount_input import net_of, price_cents_of, valid_quantity
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.order_templates.guards import TEXTS
from domain.order_templates.inputs import TemplateInvoiceEntry
from domain.order_templates.model import OrderTemplate, TemplateInvoice
from domain.pipelines.reads import LOCK_OPEN_STAGE
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import unfillable_placeholders
from domain.status_templates.reads import LOCK_ACTIVE_STATUS_TEMPLATE


async def create(move: TransitionContext) -> OrderTemplate:
    template = OrderTemplate(created_at=move.now)
    invoices = await _fill(move, template, None)
    await template.save(using_db=move.connection)
    await _insert_invoices(move, template.id, invoices or ())
    return template


async def amend(move: TransitionContext) -> None:
    """Change what is given; a given billing plan replaces the present one. Orders created from it stay as they are."""
    invoices = await _fill(move, move.row, move.row.id)
    if invoices is not None:
        await TemplateInvoice.filter(order_template_id=move.row.id).using_db(move.connection).delete()
        await _insert_invoices(move, move.row.id, invoices)


async def restore(move: TransitionContext) -> None:
    row = move.row
    if await _is_name_taken(move, row.name, row.id):
        raise Refused(guard_failed("order_template_name_taken_meanwhile"))
    if not await _exists(move, LOCK_OPEN_STAGE, row.stage_id):
        raise Refused(guard_failed("order_template_uses_retired"))
    if not await _exists(move, LOCK_ACTIVE_STATUS_TEMPLATE, row.status_template_id):
        raise Refused(guard_failed("order_template_uses_retired"))
    for placeholder in await _unfillable_placeholders(move, row.delivery_days, row.status_template_id):
        raise Refused(guard_failed("order_template_never_filled", placeholder=placeholder))


async def _fill(
    move: TransitionContext, template: OrderTemplate, own_id: UUID | None
) -> Sequence[TemplateInvoiceEntry] | None:
    """Set the given facts of a template and return its given billing plan, None where none is given."""
    values = _values(given_values(move.input))
    invoices: Sequence[TemplateInvoiceEntry] | None = values.pop("invoices", None)
    if own_id is not None:
        move.event_body["changed"] = sorted(name for name, value in values.items() if getattr(template, name) != value)
    template.update_from_dict(values)
    if "name" in values and await _is_name_taken(move, template.name, own_id):
        raise Refused(invalid("order_template_name_taken", "name"))
    await _require_usable_references(move, template, values)
    return invoices


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """The given values as they are stored."""
    values = given | {name: given[name].strip() for name in TEXTS if name in given}
    if "tags" in given:
        values["tags"] = [*dict.fromkeys(tag.strip() for tag in given["tags"] if tag.strip())]
    return values


async def _is_name_taken(move: TransitionContext, name: str, own_id: UUID | None) -> bool:
    return bool(await taken_names(move.connection, "order_templates", {"name": name}, own_id))


async def _require_usable_references(
    move: TransitionContext, template: OrderTemplate, given: Mapping[str, Any]
) -> None:
    """Refuse given references that cannot be selected, and a status template with placeholders that stay empty."""
    if not await _exists(move, LOCK_OPEN_STAGE, given.get("stage_id")):
        raise Refused(invalid("stage_unknown", "stage_id"))
    if not await _exists(move, LOCK_ACTIVE_STATUS_TEMPLATE, given.get("status_template_id")):
        raise Refused(invalid("template_unknown", "status_template_id"))
    for placeholder in await _unfillable_placeholders(move, template.delivery_days, template.status_template_id):
        raise Refused(invalid("placeholder_never_filled", "status_template_id", placeholder=placeholder))


async def _unfillable_placeholders(
    move: TransitionContext, delivery_days: int | None, status_template_id: UUID | None
) -> list[str]:
    """The placeholders of a status template for which no order created with it would have a value."""
    if status_template_id is None:
        return []
    status = await StatusTemplate.get(id=status_template_id, using_db=move.connection)
    texts = (status.label_de, status.label_en, status.description_de, status.description_en)
    return unfillable_placeholders(delivery_days, *texts)


async def _exists(move: TransitionContext, statement: str, row_id: UUID | None) -> bool:
    return row_id is None or bool(await move.connection.execute_query_dict(statement, [row_id]))


async def _insert_invoices(move: TransitionContext, template_id: UUID, entries: Sequence[TemplateInvoiceEntry]) -> None:
    rows = [_invoice_row(template_id, entry, position) for position, entry in enumerate(entries, start=1)]
    await TemplateInvoice.bulk_create(rows, using_db=move.connection)


def _invoice_row(template_id: UUID, entry: TemplateInvoiceEntry, position: int) -> TemplateInvoice:
    path = ("invoices", str(position - 1))
    unit_price_cents = price_cents_of(entry.unit_price, *path, "unit_price")
    quantity = valid_quantity(entry.quantity, *path, "quantity")
    net_of(quantity, unit_price_cents, *path, "quantity")
    return TemplateInvoice(
        order_template_id=template_id,
        position=position,
        invoice_days=entry.invoice_days,
        text=entry.text.strip(),
        quantity=quantity,
        unit_price_cents=unit_price_cents,
        vat_category=entry.vat_category,
        repeats=entry.repeats,
        repeat_months=entry.repeat_months,
        repeat_count=entry.repeat_count,
    )
