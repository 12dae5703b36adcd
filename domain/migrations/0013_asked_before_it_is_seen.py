"""How a client is to hear of a status that comes into sight later; bulk changes write less."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.status_templates.model import Notification
from domain.database import ddl

OF_CUSTOMER = "CREATE INDEX client_statuses_of_customer ON client_statuses (customer_id)"
# An index whose condition names a column is written anew whenever that column changes.
WHETHER_SHOWN_OR_NOT = (
    f"DROP INDEX client_statuses_of_customer; {OF_CUSTOMER}",
    f"DROP INDEX client_statuses_of_customer; {OF_CUSTOMER} WHERE visibility = 'SHOWN'",
)
# Random ids do not become smaller.
NOT_COMPRESSED = (
    "ALTER TABLE bulk_operations ALTER COLUMN order_ids SET STORAGE EXTERNAL",
    "ALTER TABLE bulk_operations ALTER COLUMN order_ids SET STORAGE EXTENDED",
)

forward, backward = ddl.run(WHETHER_SHOWN_OR_NOT, NOT_COMPRESSED)


class Migration(migrations.Migration):
    """A column, an index and how a column is stored."""

    dependencies = [("domain", "0012_staleness_is_found")]
    operations = [
        ops.AddField(
            model_name="ClientStatus",
            name="notification",
            field=fields.CharEnumField(
                null=True,
                description="NONE: NONE\nAT_ONCE: AT_ONCE\nDAILY_DIGEST: DAILY_DIGEST",
                enum_type=Notification,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
