"""Operations on many orders: their progress, and one result for each order in the order of the input."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.bulk.model import BulkKind, BulkMode, BulkOutcome, BulkState
from domain.bulk.previews import mails as mail_preview
from domain.bulk.reads import (
    CHANGED_SINCE_PREVIEW,
    COUNT_CHANGED_SINCE_PREVIEW,
    FORESEEN_OUTCOME,
    PREVIEWED_SELECTION,
)
from domain.bulk.scope import BULK_RESULTS_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.stored_refusals import load
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_many, to_one
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnOrder
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.errors import ErrorContext, ErrorFields, common_attributes
from schema.shared.filters import EnumFilter
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

MAX_RESULTS = 10_000

describe_enum(
    BulkKind,
    "What is done to each order.",
    CLIENT_STATUS_SET="Its client is told a status.",
    CLIENT_STATUS_HIDE="Its client no longer sees the status.",
    TEMPLATE_APPLY="Its client status gets the newest edition of a template.",
    STAGE_ENTER="It enters a stage of the board, or leaves the board.",
    ORDER_APPROVE="The operator approves it.",
    ORDER_SEND_BACK="The operator asks its member to change something.",
    ORDER_REJECT="The operator declines it.",
    ORDER_ASSIGN="It is assigned to employees.",
    ORDER_ARCHIVE="It goes into the archive.",
    ORDER_RESTORE="It leaves the archive.",
    ORDER_DELETE="The draft is deleted.",
)
describe_enum(
    BulkState,
    "How far an operation is.",
    RUNNING="Not every order has its result yet.",
    DONE="Every order has its result.",
    CANCELED="It was canceled; what had no result was not attempted.",
    FAILED="All or none were to be changed and one could not be, or it could not go on.",
)
describe_enum(
    BulkMode,
    "Whether each order stands alone.",
    PER_ITEM="Each order stands alone: some may fail while others are changed.",
    ATOMIC="All are changed, in one transaction, or none.",
)
describe_enum(
    BulkOutcome,
    "What became of one order.",
    APPLIED="It was changed.",
    UNCHANGED="It was so already.",
    FAILED="It could not be changed, for the errors named.",
    NOT_ATTEMPTED="It was left as it is.",
)


@dataclass(frozen=True)
class StoredRefusals:
    """The stored refusals of one order."""

    stored: list[dict[str, Any]] = fact("{t}.refusals")


@strawberry.type(description="Why an order was not changed.")
class BulkError(ErrorFields):
    """The reason why an order was not changed."""


def errors(item: StoredRefusals, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[BulkError]:
    """The refusals of one order in the viewer's language."""
    context_of_errors = ErrorContext(language=context.actor.language, zone=context.settings.zone)
    return [
        BulkError(**common_attributes(load(each, context_of_errors.language), context_of_errors))
        for each in item.stored
    ]


@strawberry.type(description="What became of one order of an operation.")
class BulkResult:
    """The result of an operation for one order."""

    position: int = column(description="Its place in the input, from 1.")
    order_id: strawberry.ID = column("{t}.named_as", description="The order as it was named.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order; null when it is not in the viewer's sight."
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


@strawberry.type(description="An automation that a dry run saw, and for how many orders.")
class ForeseenRun:
    """An automation that a dry run foresees."""

    automation_id: strawberry.ID = strawberry.field(description="Which automation.")
    orders: int = strawberry.field(description="For how many of the orders it would run.")


@strawberry.input(description="Which results to list; all that is given must hold.")
class BulkResultWhere:
    """The filter of result lists."""

    outcome: EnumFilter[BulkOutcome] | None = filter_field(description="By what became of the order.")
    changed_since_preview: bool | None = filter_field(
        f"{CHANGED_SINCE_PREVIEW} = {{value}}",
        description="Whether something else became of the order than the dry run foresaw.",
    )


RESULT_SORTS = ordering(
    "BulkResult",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="The place in the input."),
)
PROGRESS = "CASE WHEN {t}.total = 0 THEN 1 ELSE {t}.done::float8 / {t}.total END"


@dataclass(frozen=True)
class DryRunFacts:
    """The stored automations that a dry run foresees."""

    runs: list[dict[str, Any]] = fact("{t}.foreseen")


def foreseen(operation: DryRunFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> list[ForeseenRun]:
    """The automations that a dry run foresees."""
    return [
        ForeseenRun(automation_id=strawberry.ID(f"aut_{each['automation']}"), orders=each["orders"])
        for each in operation.runs
    ]


@strawberry.type(description="The mails that a dry run foresees.")
class ForeseenMails:
    """The mails that a dry run foresees."""

    mails: int = strawberry.field(
        description="How many mails would be sent; one contact gets one mail about all client statuses."
    )
    people: int = strawberry.field(description="How many people or addresses would get them.")
    daily_readers: int = strawberry.field(description="How many contacts would read of it in their daily mail instead.")


@dataclass(frozen=True)
class MailFacts:
    """The stored mails that a dry run foresees."""

    mails: dict[str, Any] = fact("{t}.foreseen_mails")


def foreseen_mails(operation: MailFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> ForeseenMails:
    """The mails that a dry run foresees."""
    preview = mail_preview.load(operation.mails)
    return ForeseenMails(mails=preview.mails, people=preview.people, daily_readers=len(preview.daily))


@strawberry.type(description="One request for many orders, worked in short transactions.")
class BulkOperation:
    """One request for many orders."""

    id: strawberry.ID = column(id_prefix="blk", description="The operation's identifier.")
    kind: BulkKind = column(description="What is done to each order.")
    kind_label: str = translated("status.bulkKind", "{t}.kind", description="That in the viewer's language.")
    state: BulkState = column(description="How far it is.")
    state_label: str = translated("status.bulkState", "{t}.state", description="That in the viewer's language.")
    mode: BulkMode = column(description="Whether each order stands alone.")
    dry_run: bool = column(description="Whether it only tells what would become of each order.")
    version: int = column(description="Counts what people do with it; for `expectedVersion`.")
    total: int = column(description="How many places the input had.")
    done: int = column(description="How many of them were worked.")
    applied: int = column(description="How many orders were changed.")
    unchanged: int = column(description="How many were so already.")
    failed: int = column(description="How many could not be changed.")
    changed_since_preview: int = column(
        COUNT_CHANGED_SINCE_PREVIEW,
        description="Of how many orders something else became than the dry run foresaw whose `selection` was used.",
    )
    selection: strawberry.ID | None = column(
        PREVIEWED_SELECTION,
        id_prefix="blk",
        description="The token that makes an operation of the same kind work on exactly the orders of this dry run, in "
        "their order; for the account that started it, up to 30 minutes. Null for all others.",
    )
    progress: float = column(PROGRESS, description="How far it is, from 0 to 1.")
    created_at: datetime = column(description="When it was begun.")
    finished_at: datetime | None = column(description="When it ended.")
    foreseen: list[ForeseenRun] = computed(
        DryRunFacts, foreseen, description="Automations that would run, as far as a dry run saw; else empty."
    )
    foreseen_mails: ForeseenMails = computed(
        MailFacts, foreseen_mails, description="Mails that would be sent, as far as a dry run saw; else none."
    )
    results: list[BulkResult] = to_many(
        BULK_RESULTS_SCOPE,
        on="{t}.operation_id = {p}.id",
        order="{t}.position",
        limit=MAX_RESULTS,
        description="The first 10000 results, in the order of the input; of larger operations `items` has all.",
    )
    items: Connection[BulkResult] = connection(
        BULK_RESULTS_SCOPE,
        on="{t}.operation_id = {p}.id",
        filters=BulkResultWhere,
        sorts=RESULT_SORTS,
        description="The results, page by page.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("bulkOperation")


@strawberry.input(description="Which operations to list; all that is given must hold.")
class BulkOperationWhere:
    """The filter of operation lists."""

    kind: EnumFilter[BulkKind] | None = filter_field(description="By what is done.")
    state: EnumFilter[BulkState] | None = filter_field(description="By how far they are.")
    dry_run: bool | None = filter_field("{t}.dry_run = {value}", description="Whether they were on trial only.")


OPERATION_SORTS = ordering(
    "BulkOperation",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When they were begun."),
)
