"""Results of bulk operations as one list, although only those are written down one by one that are no plain change."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

BULK_RESULTS = (
    """CREATE VIEW bulk_results AS
    SELECT place.order_id AS id, o.id AS operation_id, place.position::int AS position, place.order_id,
        coalesce(i.outcome, 'APPLIED') AS outcome, coalesce(i.refusals, '[]') AS refusals
    FROM bulk_operations o CROSS JOIN LATERAL unnest(o.order_ids) WITH ORDINALITY AS place (order_id, position)
        LEFT JOIN bulk_items i ON i.operation_id = o.id AND i.position = place.position::int
    WHERE place.position <= o.done OR i.id IS NOT NULL""",
    "DROP VIEW bulk_results",
)

forward, backward = ddl.run(BULK_RESULTS)


class Migration(migrations.Migration):
    """A view."""

    dependencies = [("domain", "0009_runs_of_automations")]
    operations = [ops.RunSQL(forward, backward)]
