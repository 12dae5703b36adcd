"""The alarm about a message that could not be sent is called `message.failed`, as the table of messages is."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Alarms that wait keep their words."""

    dependencies = [("domain", "0017_table_descriptions")]
    operations = [
        ops.RunSQL(
            "UPDATE outbox SET name = 'message.failed' WHERE name = 'letter.failed'",
            reverse_sql="UPDATE outbox SET name = 'letter.failed' WHERE name = 'message.failed'",
        )
    ]
