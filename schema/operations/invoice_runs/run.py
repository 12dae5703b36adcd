"""Invoice runs as finance sees them."""

from datetime import date, datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing.model import LineSource
from domain.billing.previews.joint_issue import RunPreviewFacts
from domain.billing.scope import INVOICES_SCOPE
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.invoice_runs.facts import OPERATION_RUNS, invoices_with
from domain.invoice_runs.model import InvoiceRunStatus
from domain.invoice_runs.scope import RUN_EXCEPTIONS_SCOPE, RUN_PLANS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from schema.declarations.fields import (
    column,
    computed,
    connection,
    embedded,
    filter_field,
    ordering,
    sort_key,
    to_many,
    to_one,
)
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.bulk.operation import BulkOperation
from schema.operations.invoice_runs.exceptions import EXCEPTION_SORTS, InvoiceRunException, InvoiceRunExceptionWhere
from schema.operations.invoice_runs.plan import PLAN_SORTS, PlannedRunInvoice
from schema.operations.invoices.joint_issue_previews import JointIssuePreview, joint_preview
from schema.operations.invoices.lists import INVOICE_SORTS, InvoiceWhere
from schema.operations.invoices.sums import SUMS, InvoiceConnection
from schema.operations.parties import Customer, Member
from schema.operations.timeline import Event, events_field
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.filters import DateTimeFilter, EnumFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

describe_enum(
    InvoiceRunStatus,
    "How far the invoices of a run are; what is held or pending holds nothing up.",
    ON_HOLD="Lines are selected; nothing is composed.",
    IN_PROCESS="The invoices are being composed.",
    COMPOSED="The invoices are drafts.",
    PRINTED="Invoices are issued.",
    POSTED="All that could be issued is issued and booked.",
)


COUNTS = {
    "total": invoices_with("TRUE"),
    "held": invoices_with("i.status = 'ON_HOLD'"),
    "in_approval": invoices_with("i.status IN ('READY_TO_SUBMIT', 'PENDING_APPROVAL')"),
    "ready": invoices_with("i.status = 'READY_TO_PRINT'"),
    "printed": invoices_with("i.status = 'PRINTED'"),
    "posted": invoices_with("i.status = 'POSTED'"),
}


@strawberry.type(description="How many invoices of a run stand where; undone and canceled ones do not count.")
class InvoiceRunCounts:
    """How many invoices of a run stand where."""

    total: int = column("{total}", description="All of them.")
    held: int = column("{held}", description="On hold.")
    in_approval: int = column("{in_approval}", description="To be submitted, or waiting for their approval.")
    ready: int = column("{ready}", description="Ready to be issued.")
    printed: int = column("{printed}", description="Issued and not booked yet.")
    posted: int = column("{posted}", description="Issued and booked.")


@strawberry.type(description="Many lines that are composed into invoices, printed and posted together.")
class InvoiceRun(Node):
    """Many lines that are composed into invoices, printed and posted together."""

    id: strawberry.ID = column(id_prefix="ivr", description="The run's identifier.")
    number: int = column(description="The run's number.")
    status: InvoiceRunStatus = column(description="How far its invoices are.")
    status_label: str = translated("status.invoiceRun", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    invoice_on_until: date = column(description="The last day on which a selected line is to be invoiced.")
    sources: list[LineSource] = column(description="Only lines of these origins; empty: all.")
    customers: list[Customer] = to_many(
        CUSTOMERS_SCOPE,
        on="{t}.id = ANY({p}.customer_ids)",
        order="{t}.legal_name, {t}.id",
        limit=250,
        description="Only lines of these customers; empty: all.",
    )
    members: list[Member] = to_many(
        MEMBERS_SCOPE,
        on="{t}.id = ANY({p}.member_ids)",
        order="{t}.name, {t}.id",
        limit=250,
        description="Only lines of these members; empty: all.",
    )
    created_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.created_by_id", description="Who started it, where it may be seen."
    )
    created_at: datetime = column(description="When it was made.")
    composed_at: datetime | None = column(description="When it was composed, at last.")
    counts: InvoiceRunCounts = embedded(COUNTS, description="How many of its invoices stand where.")
    is_worked_on: bool = column(OPERATION_RUNS, description="Whether an operation works on it now.")
    operation: BulkOperation | None = to_one(
        BULK_OPERATIONS_SCOPE,
        on="{t}.id = {p}.operation_id",
        description="The operation that works on it or did last: its progress, results, and how to cancel it.",
    )
    planned_invoices: Connection[PlannedRunInvoice] = connection(
        RUN_PLANS_SCOPE,
        on="{t}.run_id = {p}.id",
        sorts=PLAN_SORTS,
        description="The dry run: what composing would make of the lines now. Empty once it is composed.",
    )
    exceptions: Connection[InvoiceRunException] = connection(
        RUN_EXCEPTIONS_SCOPE,
        on="{t}.run_id = {p}.id",
        filters=InvoiceRunExceptionWhere,
        sorts=EXCEPTION_SORTS,
        description="What does not go on by itself: lines left out and invoices that wait, each with its remedy.",
    )
    invoices: InvoiceConnection = connection(
        INVOICES_SCOPE,
        on="{t}.id IN (SELECT g.id FROM invoice_run_invoices g WHERE g.run_id = {p}.id)",
        filters=InvoiceWhere,
        sorts=INVOICE_SORTS,
        sums=SUMS,
        description="Its invoices, those that were undone too.",
    )
    issue_preview: JointIssuePreview = computed(
        RunPreviewFacts, joint_preview, description="Numbers, dates and sums if all that are ready were issued now."
    )
    events: Connection[Event] = events_field("invoiceRun")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("invoiceRun")


@where_input(description="Which runs to list; all that is given must hold.")
class InvoiceRunWhere:
    """The filter of lists of runs."""

    status: EnumFilter[InvoiceRunStatus] | None = filter_field(description="By how far they are.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were made.")


RUN_SORTS = ordering(
    "InvoiceRun",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When they were made."),
)
