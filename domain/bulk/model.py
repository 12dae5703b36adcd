"""Bulk operations and their results as rows."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.actors import Role
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class BulkKind(StrEnum):
    """The change that is made to each row; a move made in bulk has the kind named after it."""

    CLIENT_STATUS_SET = "CLIENT_STATUS_SET"
    CLIENT_STATUS_HIDE = "CLIENT_STATUS_HIDE"
    TEMPLATE_APPLY = "TEMPLATE_APPLY"
    STAGE_ENTER = "STAGE_ENTER"
    ORDER_APPROVE = "ORDER_APPROVE"
    ORDER_SEND_BACK = "ORDER_SEND_BACK"
    ORDER_REJECT = "ORDER_REJECT"
    ORDER_ASSIGN = "ORDER_ASSIGN"
    ORDER_ARCHIVE = "ORDER_ARCHIVE"
    ORDER_RESTORE = "ORDER_RESTORE"
    ORDER_DELETE = "ORDER_DELETE"
    LINE_CONFIRM = "LINE_CONFIRM"
    LINE_HOLD = "LINE_HOLD"
    LINE_CANCEL = "LINE_CANCEL"
    INVOICE_HOLD = "INVOICE_HOLD"
    INVOICE_RELEASE = "INVOICE_RELEASE"
    INVOICE_SUBMIT = "INVOICE_SUBMIT"
    INVOICE_APPROVE = "INVOICE_APPROVE"
    INVOICE_COMPOSE = "INVOICE_COMPOSE"
    INVOICE_DECOMPOSE = "INVOICE_DECOMPOSE"
    INVOICE_PRINT = "INVOICE_PRINT"
    INVOICE_POST = "INVOICE_POST"
    RECEIVABLE_REMIND = "RECEIVABLE_REMIND"
    CLAIM_APPROVE = "CLAIM_APPROVE"
    CLAIM_REJECT = "CLAIM_REJECT"


class BulkSubject(StrEnum):
    """The noun of the rows that an operation changes."""

    ORDER = "ORDER"
    LINE = "LINE"
    INVOICE = "INVOICE"
    RECEIVABLE = "RECEIVABLE"
    CLAIM = "CLAIM"


class BulkState(StrEnum):
    """The state of an operation. An ATOMIC one with a refused row is FAILED, and nothing was changed."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    CANCELED = "CANCELED"
    FAILED = "FAILED"


class BulkMode(StrEnum):
    """Whether each row stands alone, or all are changed or none."""

    PER_ITEM = "PER_ITEM"
    ATOMIC = "ATOMIC"


class BulkOutcome(StrEnum):
    """The result of one row."""

    APPLIED = "APPLIED"
    UNCHANGED = "UNCHANGED"
    FAILED = "FAILED"
    NOT_ATTEMPTED = "NOT_ATTEMPTED"


class BulkOperation(Model):
    """One request for many rows of one noun. `subject_ids` are in input order; the first `done` have their result.

    `malformed_ids` is empty, or as long as `subject_ids` with the text of each identifier that could not be read.
    `preview_id` is the dry run whose rows these are. `asked` are the parameters of the handler, `foreseen` the
    automations that a dry run triggered, `foreseen_mails` whom it would have sent mails, and `foreseen_changes` what
    became of its first rows. The process that works on it has it alone until `leased_until`, in real time; after that
    any process may resume it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharEnumField(BulkKind, max_length=24)
    state = fields.CharEnumField(BulkState, max_length=12, default=BulkState.RUNNING)
    mode = fields.CharEnumField(BulkMode, max_length=12)
    dry_run = fields.BooleanField()
    account_id = fields.UUIDField(null=True)
    role = fields.CharEnumField(Role, max_length=16)
    subject = fields.CharEnumField(BulkSubject, max_length=12, default=BulkSubject.ORDER, db_default=BulkSubject.ORDER)
    subject_ids: list[UUID] = ArrayField(element_type="uuid")
    malformed_ids: list[str | None] = ArrayField(element_type="text", default=list, db_default=[])
    preview_id = fields.UUIDField(null=True)
    asked: dict[str, object] = fields.JSONField()
    foreseen: list[dict[str, object]] = fields.JSONField(default=list)
    foreseen_mails: dict[str, object] = fields.JSONField(default=dict, db_default={})
    foreseen_changes: list[dict[str, object]] = fields.JSONField(default=list, db_default=[])
    total = fields.IntField()
    done = fields.IntField(default=0)
    applied = fields.IntField(default=0)
    unchanged = fields.IntField(default=0)
    failed = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    leased_until = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    last_error = fields.TextField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "bulk_operations"


class BulkItem(Model):
    """The result for one row of an operation; `refusals` have the form of `kernel/stored_refusals`.

    A position up to the operation's `done` that has no result was changed; the view `bulk_results` lists all.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    operation_id: UUID
    operation: fields.ForeignKeyRelation["BulkOperation"] = fields.ForeignKeyField(
        "domain.BulkOperation", related_name="items", on_delete=fields.CASCADE
    )
    position = fields.IntField()
    subject_id = fields.UUIDField()
    outcome = fields.CharEnumField(BulkOutcome, max_length=16)
    refusals: list[dict[str, object]] = fields.JSONField(default=list)

    class Meta:
        table = "bulk_items"
        unique_together = (("operation", "position"),)
