"""Dunning runs: reminders of many receivables at once."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.bulk.model import BulkKind, BulkSubject

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD INVOICE_HOLD INVOICE_RELEASE "
    "INVOICE_SUBMIT INVOICE_APPROVE INVOICE_COMPOSE INVOICE_DECOMPOSE INVOICE_PRINT INVOICE_POST RECEIVABLE_REMIND"
)
SUBJECTS = "ORDER LINE INVOICE RECEIVABLE"


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


class Migration(migrations.Migration):
    """One more kind of operations on many rows, and one more noun."""

    dependencies = [("domain", "0083_reminders")]
    operations = [
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(description=_described(KINDS), enum_type=BulkKind, max_length=24),
        ),
        ops.AlterField(
            model_name="BulkOperation",
            name="subject",
            field=fields.CharEnumField(
                description=_described(SUBJECTS),
                enum_type=BulkSubject,
                max_length=12,
                default=BulkSubject.ORDER,
                db_default=BulkSubject.ORDER,
            ),
        ),
    ]
