"""Accounts have a lifecycle: invited, active, deactivated; a change of the address can be undone for a while."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database.add_fields import grouped

from domain.accounts.model import AccountStatus
from domain.database import ddl

DEACTIVATED = (
    "UPDATE accounts SET status = 'DEACTIVATED' WHERE NOT is_active",
    "UPDATE accounts SET is_active = status = 'ACTIVE'",
)
PREVIOUS = ddl.index("accounts_previous_email", "accounts (lower(previous_email)) WHERE previous_email IS NOT NULL")

converted, restored = ddl.run(DEACTIVATED, PREVIOUS)


class Migration(migrations.Migration):
    """Columns, and the status of those that were switched off."""

    dependencies = [("domain", "0026_operator_settings")]
    operations = grouped(
        [
            ops.AddField(
                model_name="Account",
                name="status",
                field=fields.CharEnumField(
                    default=AccountStatus.ACTIVE,
                    db_default="ACTIVE",
                    description="INVITED: INVITED\nACTIVE: ACTIVE\nDEACTIVATED: DEACTIVATED",
                    enum_type=AccountStatus,
                    max_length=16,
                ),
            ),
            ops.AddField(model_name="Account", name="invitation_ends_at", field=fields.DatetimeField(null=True)),
            ops.AddField(model_name="Account", name="pending_email", field=fields.CharField(null=True, max_length=320)),
            ops.AddField(
                model_name="Account", name="previous_email", field=fields.CharField(null=True, max_length=320)
            ),
            ops.AddField(model_name="Account", name="email_change_ends_at", field=fields.DatetimeField(null=True)),
            ops.AddField(model_name="Account", name="version", field=fields.IntField(default=1, db_default=1)),
            # The way back finds rows, which need a value at once.
            ops.AlterField(
                model_name="Account", name="is_active", field=fields.BooleanField(default=True, db_default=True)
            ),
            ops.RunSQL(converted, restored),
            ops.RemoveField(model_name="Account", name="is_active"),
        ]
    )
