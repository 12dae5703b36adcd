"""An order names the account that made it, because an employee sees the drafts that they made."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

FILL = """UPDATE orders o SET created_by_id = e.account_id FROM events e
    WHERE e.subject_kind = 'order' AND e.subject_id = o.id AND e.sequence = 1 AND e.account_id IS NOT NULL"""


class Migration(migrations.Migration):
    """One column, filled from the first event of each order."""

    dependencies = [("domain", "0031_status_links")]
    operations = [
        ops.AddField(model_name="Order", name="created_by_id", field=fields.UUIDField(null=True)),
        ops.RunSQL([FILL], []),
    ]
