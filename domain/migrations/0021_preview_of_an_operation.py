"""A bulk operation names the dry run whose orders it works on."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("domain", "0020_operation_of_a_message")]
    operations = [ops.AddField(model_name="BulkOperation", name="preview_id", field=fields.UUIDField(null=True))]
