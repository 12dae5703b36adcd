"""The claim of a message that is being sent: its holder knows by it whether the message is still its own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column each for mails and webhooks."""

    dependencies = [("domain", "0050_unread_notifications")]
    operations = [
        ops.AddField(model_name="OutboxMessage", name="claim_id", field=fields.UUIDField(null=True)),
        ops.AddField(model_name="WebhookMessage", name="claim_id", field=fields.UUIDField(null=True)),
    ]
