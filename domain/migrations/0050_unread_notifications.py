"""Every page counts what its reader has not read yet: found without walking through what was read."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

UNREAD_OF = "outbox ({0}_id, id) WHERE {0}_id IS NOT NULL AND read_at IS NULL"
forward, backward = ddl.run(
    ddl.index("outbox_unread_of_account", UNREAD_OF.format("account")),
    ddl.index("outbox_unread_of_contact", UNREAD_OF.format("contact")),
)


class Migration(migrations.Migration):
    """Two partial indexes."""

    dependencies = [("domain", "0049_notifications")]
    operations = [ops.RunSQL(forward, backward)]
