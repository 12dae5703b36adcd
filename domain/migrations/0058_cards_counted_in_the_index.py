"""The cards of a stage are counted in their index alone, with who may see an order that was never submitted."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

SEEN_BY = "INCLUDE (status, offer_revision, created_by_id)"
CARDS = "orders (stage_id, stage_entered_at, id)"
ON_A_BOARD = "WHERE stage_id IS NOT NULL AND archived_at IS NULL AND deleted_at IS NULL"

without, before = ddl.index("orders_on_board", f"{CARDS} {ON_A_BOARD}")
forward, backward = ddl.run((before, without), ddl.index("orders_on_board", f"{CARDS} {SEEN_BY} {ON_A_BOARD}"))


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("domain", "0057_dual_control_of_lines")]
    operations = [ops.RunSQL(forward, backward)]
