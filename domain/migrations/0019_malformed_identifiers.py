"""An identifier that cannot be read has a result of its own in a bulk operation, under the text that was given."""

from tortoise import migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from domain.database import ddl

RESULTS = """CREATE VIEW bulk_results AS
    SELECT place.order_id AS id, o.id AS operation_id, place.position::int AS position, place.order_id,
        coalesce(i.outcome, 'APPLIED') AS outcome, coalesce(i.refusals, '[]') AS refusals{named}
    FROM bulk_operations o CROSS JOIN LATERAL unnest({arrays}) WITH ORDINALITY AS place ({columns}, position)
        LEFT JOIN bulk_items i ON i.operation_id = o.id AND i.position = place.position::int
    WHERE place.position <= o.done OR i.id IS NOT NULL"""
DROP = "DROP VIEW bulk_results"
WITHOUT_TEXTS = RESULTS.format(named="", arrays="o.order_ids", columns="order_id")
WITH_TEXTS = RESULTS.format(
    named=",\n        coalesce(place.malformed_id, 'ord_' || place.order_id) AS named_as",
    arrays="o.order_ids, o.malformed_ids",
    columns="order_id, malformed_id",
)

dropped, restored = ddl.run((DROP, WITHOUT_TEXTS))
created, removed = ddl.run((WITH_TEXTS, DROP))


class Migration(migrations.Migration):
    """A column, and the view that reads it."""

    dependencies = [("domain", "0018_failed_message")]
    operations = [
        ops.RunSQL(dropped, restored),
        ops.AddField(
            model_name="BulkOperation",
            name="malformed_ids",
            field=ArrayField(element_type="text", default=list, db_default=[]),
        ),
        ops.RunSQL(created, removed),
    ]
