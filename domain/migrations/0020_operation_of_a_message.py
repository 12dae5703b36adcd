"""A message names the bulk operation that caused it, so that one contact gets one mail about all its orders."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

# Every statement that writes a message within a portion names its operation without knowing of it.
FROM_TRANSACTION = (
    """ALTER TABLE outbox ALTER COLUMN operation_id
    SET DEFAULT nullif(current_setting('werkstand.operation_id', TRUE), '')::uuid""",
    "ALTER TABLE outbox ALTER COLUMN operation_id DROP DEFAULT",
)
WAITING = ddl.index(
    "outbox_of_operation", "outbox (operation_id, contact_id) WHERE state = 'PENDING' AND operation_id IS NOT NULL"
)

forward, backward = ddl.run(FROM_TRANSACTION, WAITING)


class Migration(migrations.Migration):
    """A column with its default, its index, and what a dry run foresees."""

    dependencies = [("domain", "0019_malformed_identifiers")]
    operations = [
        ops.AddField(model_name="OutboxMessage", name="operation_id", field=fields.UUIDField(null=True)),
        ops.AddField(
            model_name="BulkOperation", name="foreseen_mails", field=fields.JSONField(default=dict, db_default={})
        ),
        ops.RunSQL(forward, backward),
    ]
