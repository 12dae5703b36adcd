"""Bulk operations also issue and post invoices; the column holds their kinds already."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.bulk.model import BulkKind

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD INVOICE_HOLD INVOICE_RELEASE "
    "INVOICE_SUBMIT INVOICE_APPROVE INVOICE_PRINT INVOICE_POST"
)


class Migration(migrations.Migration):
    """More kinds."""

    dependencies = [("domain", "0068_exchange_rates")]
    operations = [
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(
                description="\n".join(f"{kind}: {kind}" for kind in KINDS.split()), enum_type=BulkKind, max_length=24
            ),
        )
    ]
