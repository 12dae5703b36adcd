"""Mails that the holder of an account does without."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from domain.database.add_fields import AddFields
from domain.outbox.model import MessageState


class Migration(migrations.Migration):
    """The unwanted groups of mails, none at first, and the state of a message that was left out for that."""

    dependencies = [("domain", "0105_contradicting_statuses")]
    operations = [
        AddFields("Account", unwanted_mails=ArrayField(element_type="text", default=list, db_default=[])),
        ops.AlterField(
            model_name="OutboxMessage",
            name="state",
            field=fields.CharEnumField(
                default=MessageState.PENDING,
                description="PENDING: PENDING\nSENT: SENT\nDROPPED: DROPPED\nFAILED: FAILED\nBOUNCED: BOUNCED\n"
                "UNWANTED: UNWANTED",
                enum_type=MessageState,
                max_length=16,
            ),
        ),
    ]
