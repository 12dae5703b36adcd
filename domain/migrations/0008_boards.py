"""Boards are read by an index that holds their cards alone; another one knows who lies in a stage at all."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(
    (
        "DROP INDEX orders_of_stage",
        ddl.index("orders_of_stage", "orders (stage_id, stage_entered_at, id) WHERE stage_id IS NOT NULL")[0],
    ),
    ddl.index("orders_of_stage", "orders (stage_id) WHERE stage_id IS NOT NULL"),
    ddl.index(
        "orders_on_board",
        "orders (stage_id, stage_entered_at, id)"
        " WHERE stage_id IS NOT NULL AND archived_at IS NULL AND deleted_at IS NULL",
    ),
)


class Migration(migrations.Migration):
    """Two indexes in place of one."""

    dependencies = [("domain", "0007_many_at_once")]
    operations = [ops.RunSQL(forward, backward)]
