"""The model of the table `outbox` is called `OutboxMessage`; the table stays as it is."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """A name in the migrations' state."""

    dependencies = [("domain", "0015_publishing_is_put_off")]
    operations = [ops.RenameModel(old_name="Letter", new_name="OutboxMessage")]
