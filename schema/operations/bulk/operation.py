"""Operations on many rows: their progress, their results and what is foreseen of them."""

from datetime import datetime

import strawberry

from domain.billing.previews.joint_issue import OperationPreviewFacts
from domain.bulk.model import BulkKind, BulkMode, BulkState, BulkSubject
from domain.bulk.reads import COUNT_CHANGED_SINCE_PREVIEW, PREVIEWED_SELECTION
from domain.bulk.scope import BULK_RESULTS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_many
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.bulk.changes import ChangeFacts, ForeseenChange, foreseen_changes
from schema.operations.bulk.previews import DryRunFacts, ForeseenMails, ForeseenRun, MailFacts, foreseen, foreseen_mails
from schema.operations.bulk.results import RESULT_SORTS, BulkResult, BulkResultWhere
from schema.operations.invoices.invoice import FINANCE
from schema.operations.invoices.joint_issue_previews import JointIssuePreview, joint_preview
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

MAX_RESULTS = 10_000
PROGRESS = "CASE WHEN {t}.total = 0 THEN 1 ELSE {t}.done::float8 / {t}.total END"


@strawberry.type(description="One request for many rows of one noun, worked in short transactions.")
class BulkOperation(Node):
    """One request for many rows."""

    id: strawberry.ID = column(id_prefix="blk", description="The operation's identifier.")
    subject: BulkSubject = column(description="What its rows are.")
    kind: BulkKind = column(description="What is done to each row.")
    kind_label: str = translated("status.bulkKind", "{t}.kind", description="That in the viewer's language.")
    state: BulkState = column(description="How far it is.")
    state_label: str = translated("status.bulkState", "{t}.state", description="That in the viewer's language.")
    mode: BulkMode = column(description="Whether each row stands alone.")
    dry_run: bool = column(description="Whether it only tells what would become of each row.")
    version: int = column(description="Counts what people do with it; for `expectedVersion`.")
    total: int = column(description="How many places the input had.")
    done: int = column(description="How many of them were worked.")
    applied: int = column(description="How many rows were changed.")
    unchanged: int = column(description="How many were so already.")
    failed: int = column(description="How many could not be changed.")
    changed_since_preview: int = column(
        COUNT_CHANGED_SINCE_PREVIEW,
        description="Of how many rows something else became than the dry run foresaw whose `selection` was used.",
    )
    selection: strawberry.ID | None = column(
        PREVIEWED_SELECTION,
        id_prefix="blk",
        description="The token that makes an operation of the same kind work on exactly the rows of this dry run, in "
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
    foreseen_changes: list[ForeseenChange] = computed(
        ChangeFacts,
        foreseen_changes,
        description="What would become of its first 100 rows that change, as far as a dry run saw; else empty.",
    )
    issue_preview: JointIssuePreview | None = computed(
        OperationPreviewFacts,
        joint_preview,
        only_for=FINANCE,
        when="{t}.dry_run AND {t}.kind = 'INVOICE_PRINT'",
        description="Numbers, dates and sums of the invoices that would be issued, as far as a dry run saw; else null.",
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


@where_input(description="Which operations to list; all that is given must hold.")
class BulkOperationWhere:
    """The filter of operation lists."""

    subject: EnumFilter[BulkSubject] | None = filter_field(description="By what their rows are.")
    kind: EnumFilter[BulkKind] | None = filter_field(description="By what is done.")
    state: EnumFilter[BulkState] | None = filter_field(description="By how far they are.")
    dry_run: bool | None = filter_field("{t}.dry_run = {value}", description="Whether they were on trial only.")


OPERATION_SORTS = ordering(
    "BulkOperation",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When they were begun."),
)
