"""What was written off is taken back by entries of receivables where it is canceled or paid."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.receivables import write_off_immutability
from domain.receivables.model import EntryKind

KINDS = "PAYMENT PAYMENT_REVERSAL CANCELLATION WRITE_OFF REFUND REMINDER_FEE INTEREST CHARGE_WAIVER WRITE_OFF_REVERSAL"
forward, backward = ddl.run(*write_off_immutability.STATEMENTS)


class Migration(migrations.Migration):
    """One more kind of entries."""

    dependencies = [("domain", "0124_plain_numbers")]
    operations = [
        ops.AlterField(
            model_name="ReceivableEntry",
            name="kind",
            field=fields.CharEnumField(
                description="\n".join(f"{name}: {name}" for name in KINDS.split()), enum_type=EntryKind, max_length=20
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
