"""Results of operations on many rows, one for each place of the input, in its order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.bulk.model import BulkOutcome
from domain.bulk.reads import CHANGED_SINCE_PREVIEW, FORESEEN_OUTCOME, NAMED_AS
from domain.claims.scope import CLAIMS_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.stored_refusals import load
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.references import ABillableLine, AClaim, AnInvoice, AnOrder
from schema.shared.errors import ErrorContext, ErrorFields, common_attributes
from schema.shared.filters import EnumFilter
from schema.shared.translated_fields import translated


@dataclass(frozen=True)
class StoredRefusals:
    """The stored refusals of one row."""

    stored: list[dict[str, Any]] = fact("{t}.refusals")


@strawberry.type(description="Why a row was not changed.")
class BulkError(ErrorFields):
    """The reason why a row was not changed."""


def errors(item: StoredRefusals, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[BulkError]:
    """The refusals of one row in the viewer's language."""
    context_of_errors = ErrorContext(language=context.actor.language, zone=context.settings.zone)
    return [
        BulkError(**common_attributes(load(each, context_of_errors.language), context_of_errors))
        for each in item.stored
    ]


@strawberry.type(description="What became of one row of an operation: an order, a line, an invoice or a claim.")
class BulkResult:
    """The result of an operation for one row."""

    position: int = column(description="Its place in the input, from 1.")
    subject_id: strawberry.ID = column(NAMED_AS, description="The row as it was named.")
    order_id: strawberry.ID = column(
        NAMED_AS, description="The same; for operations on orders, from before there were others."
    )
    order: AnOrder | None = to_one(
        ORDERS_SCOPE,
        on="{t}.id = {p}.subject_id",
        description="The order; null when it is not in the viewer's sight, or of another operation.",
    )
    line: ABillableLine | None = to_one(
        LINES_SCOPE,
        on="{t}.id = {p}.subject_id",
        description="The line; null when it is not in the viewer's sight, or of another operation.",
    )
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE,
        on="{t}.id = {p}.subject_id",
        description="The invoice; null when it is not in the viewer's sight, or of another operation.",
    )
    claim: AClaim | None = to_one(
        CLAIMS_SCOPE,
        on="{t}.id = {p}.subject_id",
        description="The claim; null when it is not in the viewer's sight, or of another operation.",
    )
    outcome: BulkOutcome = column(description="What became of it.")
    foreseen_outcome: BulkOutcome | None = column(
        FORESEEN_OUTCOME, description="What became of it in the dry run whose `selection` was used; null without one."
    )
    changed_since_preview: bool = column(
        CHANGED_SINCE_PREVIEW, description="Whether something else became of it than the dry run foresaw."
    )
    outcome_label: str = translated("status.bulkOutcome", "{t}.outcome", description="That in the viewer's language.")
    errors: list[BulkError] = computed(
        StoredRefusals,
        errors,
        when="{t}.outcome = 'FAILED'",
        otherwise="[]",
        description="Why it was not changed; empty when it was.",
    )


@where_input(description="Which results to list; all that is given must hold.")
class BulkResultWhere:
    """The filter of result lists."""

    outcome: EnumFilter[BulkOutcome] | None = filter_field(description="By what became of the row.")
    changed_since_preview: bool | None = filter_field(
        f"{CHANGED_SINCE_PREVIEW} = {{value}}",
        description="Whether something else became of the row than the dry run foresaw.",
    )


RESULT_SORTS = ordering(
    "BulkResult",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="The place in the input."),
)
