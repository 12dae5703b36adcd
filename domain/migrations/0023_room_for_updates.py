"""Room on the pages of rows that are updated often, so that an update which touches no index stays on its page."""

from tortoise import migrations
from tortoise.migrations import operations as ops

UPDATED_OFTEN = ("orders", "deadlines", "deliveries", "outbox", "bulk_operations")


class Migration(migrations.Migration):
    """Pages are filled to 85 percent; rows that are there stay where they are."""

    dependencies = [("domain", "0022_moves_of_many_orders")]
    operations = [
        ops.RunSQL(
            [f"ALTER TABLE {table} SET (fillfactor = 85)" for table in UPDATED_OFTEN],
            [f"ALTER TABLE {table} RESET (fillfactor)" for table in UPDATED_OFTEN],
        )
    ]
