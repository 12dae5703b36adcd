"""A change that cannot be made visible is tried again, later each time."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("domain", "0014_hash_written_as_text")]
    operations = [
        ops.AddField(
            model_name="PendingStatus",
            name="attempts",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="PendingStatus",
            name="next_attempt_at",
            field=fields.DatetimeField(null=True),
        ),
    ]
