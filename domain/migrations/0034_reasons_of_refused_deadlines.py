"""A deadline keeps the reasons why its move was refused, so that they can be read in any language."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("domain", "0033_customers_and_members")]
    operations = [
        ops.AddField(model_name="Deadline", name="refusals", field=fields.JSONField(default=list, db_default=[]))
    ]
