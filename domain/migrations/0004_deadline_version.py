"""Deadlines count what people change about them, so that a stale command is noticed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column; the rows that are there begin with the first version."""

    dependencies = [("domain", "0003_billing")]
    operations = [
        ops.AddField(model_name="Deadline", name="version", field=fields.IntField(default=1, db_default=1)),
    ]
