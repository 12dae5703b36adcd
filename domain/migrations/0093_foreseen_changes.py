"""What the first rows of a dry run would become."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """A column of operations; those from before have no such changes."""

    dependencies = [("domain", "0092_opening_balances")]
    operations = [
        ops.AddField(
            model_name="BulkOperation", name="foreseen_changes", field=fields.JSONField(default=list, db_default=[])
        ),
    ]
