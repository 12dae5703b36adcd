"""Messages are marked as read by their readers; those of before count as read."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

EARLIER_ONES = ("UPDATE outbox SET read_at = created_at", "SELECT 1")
OF_ACCOUNT = ddl.index("outbox_of_account", "outbox (account_id, id) WHERE account_id IS NOT NULL")
OF_CONTACT = ddl.index("outbox_of_contact", "outbox (contact_id, id) WHERE contact_id IS NOT NULL")

forward, backward = ddl.run(EARLIER_ONES, OF_ACCOUNT, OF_CONTACT)


class Migration(migrations.Migration):
    """A column, and indexes by reader."""

    dependencies = [("domain", "0048_webhooks")]
    operations = [
        ops.AddField(model_name="OutboxMessage", name="read_at", field=fields.DatetimeField(null=True)),
        ops.RunSQL(forward, backward),
    ]
