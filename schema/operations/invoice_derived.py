"""What follows from an invoice's facts."""

from collections.abc import Mapping
from typing import Any

from domain.billing import member_status
from domain.billing.facts import InvoiceFacts
from domain.billing.member_status import PlainStatus
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate

Arguments = Mapping[str, Any]


def plain_status(invoice: InvoiceFacts, _arguments: Arguments, _moment: EvaluationContext) -> PlainStatus:
    """The state in a member's words."""
    return member_status.plain_status(invoice)


def plain_status_label(invoice: InvoiceFacts, _arguments: Arguments, context: EvaluationContext) -> str:
    """That in the viewer's language."""
    return translate(context.actor.language, f"plain.{member_status.plain_status(invoice)}")


def fully_reversed(invoice: InvoiceFacts, _arguments: Arguments, _moment: EvaluationContext) -> bool:
    """Whether cancellation invoices have taken back all of it."""
    return invoice.is_fully_reversed
