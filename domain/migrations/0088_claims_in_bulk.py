"""Operations on many claims: two kinds, and a noun of their rows."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.bulk.model import BulkKind, BulkSubject

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD INVOICE_HOLD INVOICE_RELEASE "
    "INVOICE_SUBMIT INVOICE_APPROVE INVOICE_COMPOSE INVOICE_DECOMPOSE INVOICE_PRINT INVOICE_POST RECEIVABLE_REMIND "
    "CLAIM_APPROVE CLAIM_REJECT"
)
SUBJECTS = "ORDER LINE INVOICE RECEIVABLE CLAIM"


def described(values: str) -> str:
    """What the ORM derives from an enum."""
    return "\n".join(f"{value}: {value}" for value in values.split())


class Migration(migrations.Migration):
    """Two columns described anew."""

    dependencies = [("domain", "0087_claims")]
    operations = [
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(description=described(KINDS), enum_type=BulkKind, max_length=24),
        ),
        ops.AlterField(
            model_name="BulkOperation",
            name="subject",
            field=fields.CharEnumField(
                description=described(SUBJECTS),
                enum_type=BulkSubject,
                max_length=12,
                default=BulkSubject.ORDER,
                db_default=BulkSubject.ORDER,
            ),
        ),
    ]
