"""The parts of an order with types of their own: billing plan, comments, evidence, derived values."""

from datetime import datetime

import strawberry

from domain.billing.scope import LINES_SCOPE
from domain.kernel.actors import Role
from domain.orders.model import CommentVisibility, RejectionCause
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import column, to_one
from schema.operations.references import ABillableLine, AFile
from schema.shared.field_order import field_order
from schema.shared.files import comment_files_field
from schema.shared.node import Node
from schema.shared.orders.order import CommentFields, NextStepFields, PlannedInvoiceFields
from schema.shared.translated_fields import translated


@field_order(
    """
    id position invoice_on text quantity unit_price vat_category vat_category_label vat_rate net vat gross
    line
    """
)
@strawberry.type(description="One entry of an order's billing plan.")
class PlannedInvoice(PlannedInvoiceFields):
    """One entry of an order's billing plan."""

    vat_category_label: str = translated(
        "status.vatCategory", "{t}.vat_category", description="That in the viewer's language."
    )
    line: ABillableLine | None = to_one(
        LINES_SCOPE, on="{t}.planned_invoice_id = {p}.id", description="What became of it once the order was active."
    )


@field_order(
    """
    id text visibility visibility_label author_name author_role files created_at
    """
)
@strawberry.type(description="A sentence on an order, for the readers its author chose.")
class Comment(CommentFields):
    """A sentence on an order."""

    visibility: CommentVisibility = column(description="Who reads it.")
    visibility_label: str = translated(
        "status.commentVisibility", "{t}.visibility", description="That in the viewer's language."
    )
    author_name: str = column(description="Who said it.")
    author_role: Role = column(description="In what capacity.")
    files: list[AFile] = comment_files_field()


@strawberry.type(description="Proof that the customer agreed outside the platform.")
class Evidence(Node):
    """Proof that the customer agreed outside the platform."""

    id: strawberry.ID = column(id_prefix="evd", description="The evidence's identifier.")
    title: str = column(description="What it shows.")
    link: str | None = column(description="Where it is kept; null when it is a file.")
    file: AFile | None = to_one(FILES_SCOPE, on="{t}.id = {p}.file_id", description="The uploaded file that shows it.")
    created_at: datetime = column(description="When it was attached.")


@strawberry.type(description="Why and when an order was rejected.")
class Rejection:
    """The rejection of an order."""

    at: datetime = column("{t}.rejected_at", description="When it was rejected.")
    cause: RejectionCause = column("{t}.rejection_cause", description="By whom or what.")
    cause_label: str = translated(
        "status.rejectionCause", "{t}.rejection_cause", description="That in the viewer's language."
    )
    reason: str | None = column("{t}.rejection_reason", description="The reason that was given.")


@strawberry.type(description="The wish to cancel a running order, and what became of it.")
class Cancellation:
    """The wish to cancel a running order."""

    requested_at: datetime = column("{t}.cancellation_requested_at", description="When it was asked for.")
    reason: str | None = column("{t}.cancellation_reason", description="The reason that was given.")
    canceled_at: datetime | None = column("{t}.canceled_at", description="When the operator agreed.")


@strawberry.type(description="Whether the operator guarantees payment.")
class PaymentGuarantee:
    """Whether the operator guarantees payment."""

    granted: bool = strawberry.field(description="Whether it does.")
    reasons: list[str] = strawberry.field(description="What is missing, in the viewer's language.")


@field_order(
    """
    role role_label step label until
    """
)
@strawberry.type(description="Whose turn it is, for what, and until when.")
class NextStep(NextStepFields):
    """The next step of one role."""

    role: Role = strawberry.field(description="Whose turn it is.")
    role_label: str = strawberry.field(description="That in the viewer's language.")
