"""The demo's order templates, for the usual orders of members."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from domain.client_status.model import Visibility
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.order_templates.inputs import OrderTemplateEntry, TemplateInvoiceEntry


def order_template_inputs(stages: Mapping[str, UUID], statuses: Mapping[str, UUID]) -> tuple[OrderTemplateEntry, ...]:
    """A website and a series of texts; `stages` and `statuses` are ids by German name and label."""
    return (
        OrderTemplateEntry(
            position=1,
            name="Website",
            project="Neue Website",
            description="Konzept, Gestaltung und Umsetzung einer Website mit bis zu acht Seiten.",
            internal_notes="Vor dem Angebot klären: Wer liefert Texte und Bilder?",
            tags=("website",),
            offer_days=14,
            service_days=60,
            delivery_days=56,
            required_deliveries=1,
            stage_id=stages["Angebot"],
            status_template_id=statuses["Geplant"],
            status_visibility=Visibility.SHOWN,
            invoices=(
                TemplateInvoiceEntry(invoice_days=7, text="Anzahlung Konzept", unit_price=Decimal(900)),
                TemplateInvoiceEntry(text="Gestaltung und Umsetzung", unit_price=Decimal(2100)),
            ),
        ),
        OrderTemplateEntry(
            position=2,
            name="Textserie",
            project="Textserie",
            description="Sechs Texte mit je einer Überarbeitung.",
            tags=("text",),
            offer_days=7,
            service_days=30,
            delivery_days=28,
            required_deliveries=1,
            status_template_id=statuses["Geplant"],
            invoices=(TemplateInvoiceEntry(text="Texte", quantity=Decimal(6), unit_price=Decimal(180)),),
        ),
    )


async def create_order_templates(staff: Actor, stages: Mapping[str, UUID], statuses: Mapping[str, UUID]) -> None:
    """Create the templates by commands; rows from an earlier attempt stay."""
    for entry in order_template_inputs(stages, statuses):
        key = f"demo:orderTemplate:{entry.position}"
        await execute(Command(noun="orderTemplate", move="create", input=entry, idempotency_key=key), staff)
