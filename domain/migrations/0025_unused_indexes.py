"""Indexes that no statement needs: one over open links beside that over all, and one in an order that no list has."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.database import ddl

# An order has a few links at most: the index over all of them finds the open one as well, and a link that ends touches
# no index any more.
OPEN_LINKS = ddl.index("links_open", "links (order_id, purpose) WHERE ended_at IS NULL")

forward, backward = ddl.run((OPEN_LINKS[1], OPEN_LINKS[0]))


class Migration(migrations.Migration):
    """One index less, and another one in the order of the list of lines."""

    dependencies = [("domain", "0024_subjects_of_operations")]
    operations = [
        ops.RunSQL(forward, backward),
        ops.RemoveIndex(model_name="BillableLine", fields=["status", "invoice_on", "id"]),
        ops.AddIndex(model_name="BillableLine", index=Index(fields=["status", "created_at", "id"])),
    ]
