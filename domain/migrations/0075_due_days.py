"""A proposed day of delivery, its mailed link, and from when on deliveries count as late and very late."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.access.model import LinkPurpose
from domain.database import ddl
from domain.database.add_fields import AddFields

PURPOSES = "OFFER REVIEW STATUS SUPPLEMENT DUE INVITATION RESET EMAIL EMAIL_UNDO"
WHOLE_PROPOSAL = ddl.check(
    "orders",
    "orders_due_proposal_is_whole",
    """(due_proposed_on IS NULL) = (due_proposed_at IS NULL)
        AND (due_proposal_reason IS NULL OR due_proposed_on IS NOT NULL)""",
)
THRESHOLDS = ddl.check(
    "operator_settings",
    "operator_settings_lateness",
    "late_after_hours >= 0 AND very_late_after_hours > late_after_hours",
)
forward, backward = ddl.run(WHOLE_PROPOSAL, THRESHOLDS)


class Migration(migrations.Migration):
    """Columns of orders and of the settings, and one more purpose of links."""

    dependencies = [("domain", "0074_acceptance_records")]
    operations = [
        AddFields(
            "Order",
            due_proposed_on=fields.DateField(null=True),
            due_proposed_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            due_proposal_reason=fields.TextField(null=True, unique=False),
        ),
        AddFields(
            "OperatorSettings",
            late_after_hours=fields.IntField(default=0, db_default=0),
            very_late_after_hours=fields.IntField(default=72, db_default=72),
        ),
        ops.AlterField(
            model_name="Link",
            name="purpose",
            field=fields.CharEnumField(
                description="\n".join(f"{name}: {name}" for name in PURPOSES.split()),
                enum_type=LinkPurpose,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
