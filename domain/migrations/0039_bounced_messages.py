"""Messages can come back after they were sent."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.outbox.model import MessageState

forward, backward = ddl.run(ddl.index("outbox_bounced", "outbox (id) WHERE state = 'BOUNCED'"))


class Migration(migrations.Migration):
    """One more state, and the few rows in it."""

    dependencies = [("domain", "0038_messages_of_an_invoice")]
    operations = [
        ops.AlterField(
            model_name="OutboxMessage",
            name="state",
            field=fields.CharEnumField(
                default=MessageState.PENDING,
                description="PENDING: PENDING\nSENT: SENT\nDROPPED: DROPPED\nFAILED: FAILED\nBOUNCED: BOUNCED",
                enum_type=MessageState,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
