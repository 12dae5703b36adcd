"""Lines are canceled in bulk."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.bulk.model import BulkKind

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD LINE_CANCEL INVOICE_HOLD "
    "INVOICE_RELEASE INVOICE_SUBMIT INVOICE_APPROVE INVOICE_COMPOSE INVOICE_DECOMPOSE INVOICE_PRINT INVOICE_POST "
    "RECEIVABLE_REMIND CLAIM_APPROVE CLAIM_REJECT"
)


class Migration(migrations.Migration):
    """A column described anew."""

    dependencies = [("domain", "0115_contradictions_of_many")]
    operations = [
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(
                description="\n".join(f"{value}: {value}" for value in KINDS.split()), enum_type=BulkKind, max_length=24
            ),
        ),
    ]
