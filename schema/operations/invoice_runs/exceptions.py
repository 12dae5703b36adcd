"""Exceptions of a run: lines and invoices that wait for a person, each with its reason and its remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.billing.e_invoices.findings import reason_of
from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.errors import Refusal, guard_failed
from domain.kernel.stored_refusals import load
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.invoices.billable_lines import BillableLine
from schema.operations.invoices.invoice import Invoice
from schema.shared.errors import ErrorContext, ErrorFields, common_attributes


@dataclass(frozen=True)
class ExceptionFacts:
    """The stored refusals of a line or an invoice, or the official rules that a draft breaks."""

    refusals: list[dict[str, Any]] = fact("{t}.refusals")
    rules: list[str] = fact("{t}.rules")


@strawberry.type(description="Why a line or an invoice of a run does not go on by itself.")
class InvoiceRunError(ErrorFields):
    """The reason why a line or an invoice of a run does not go on by itself."""


def errors(found: ExceptionFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[InvoiceRunError]:
    """The reasons in the viewer's language."""
    context_of_errors = ErrorContext(language=context.actor.language, zone=context.settings.zone)
    return [
        InvoiceRunError(**common_attributes(each, context_of_errors))
        for each in _refusals(found, context_of_errors.language)
    ]


def _refusals(found: ExceptionFacts, language: str) -> Iterable[Refusal]:
    yield from (load(each, language) for each in found.refusals)
    yield from (guard_failed(reason_of(rule), rule=rule) for rule in dict.fromkeys(found.rules))


@strawberry.type(description="A line or an invoice of a run that waits for somebody, and holds nothing else up.")
class InvoiceRunException:
    """A line or an invoice of a run that waits for a person."""

    line: BillableLine | None = to_one(
        LINES_SCOPE, on="{t}.id = {p}.line_id", description="The line that is on no invoice; null for an invoice."
    )
    invoice: Invoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="The invoice that does not go on; null for a line."
    )
    customer_name: str = column(description="The customer's name.")
    errors: list[InvoiceRunError] = computed(
        ExceptionFacts, errors, description="Why, each with its remedy where there is one."
    )


@where_input(description="Which exceptions to list; all that is given must hold.")
class InvoiceRunExceptionWhere:
    """The filter of lists of exceptions."""

    of_line: bool | None = filter_field(
        "({t}.line_id IS NOT NULL) = {value}", description="Whether it is a line that is on no invoice."
    )


EXCEPTION_SORTS = ordering(
    "InvoiceRunException",
    default="CUSTOMER",
    CUSTOMER=sort_key("{t}.customer_name", description="The name of the customer."),
)
