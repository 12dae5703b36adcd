"""Operations on many rows of any noun: their rows are subjects, and lines and invoices can be moved in bulk too."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_generator.state import State

from domain.bulk.model import BulkKind, BulkSubject
from domain.database import ddl

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD INVOICE_HOLD INVOICE_RELEASE "
    "INVOICE_SUBMIT INVOICE_APPROVE"
)
DESCRIPTIONS = {
    "BulkOperation": "One request for many rows of one noun. `subject_ids` are in input order; the first `done` have their "
    "result.",
    "BulkItem": "The result for one row of an operation; `refusals` have the form of `kernel/stored_refusals`.",
}
SUBJECTS = "ORDER LINE INVOICE"
DROP = "DROP VIEW bulk_results"
OF_ORDERS = """CREATE VIEW bulk_results AS
    SELECT place.order_id AS id, o.id AS operation_id, place.position::int AS position, place.order_id,
        coalesce(i.outcome, 'APPLIED') AS outcome, coalesce(i.refusals, '[]') AS refusals,
        coalesce(place.malformed_id, 'ord_' || place.order_id) AS named_as
    FROM bulk_operations o
        CROSS JOIN LATERAL unnest(o.order_ids, o.malformed_ids) WITH ORDINALITY
            AS place (order_id, malformed_id, position)
        LEFT JOIN bulk_items i ON i.operation_id = o.id AND i.position = place.position::int
    WHERE place.position <= o.done OR i.id IS NOT NULL"""
OF_SUBJECTS = """CREATE VIEW bulk_results AS
    SELECT place.subject_id AS id, o.id AS operation_id, place.position::int AS position, o.subject, place.subject_id,
        place.malformed_id, coalesce(i.outcome, 'APPLIED') AS outcome, coalesce(i.refusals, '[]') AS refusals
    FROM bulk_operations o
        CROSS JOIN LATERAL unnest(o.subject_ids, o.malformed_ids) WITH ORDINALITY
            AS place (subject_id, malformed_id, position)
        LEFT JOIN bulk_items i ON i.operation_id = o.id AND i.position = place.position::int
    WHERE place.position <= o.done OR i.id IS NOT NULL"""

dropped, restored = ddl.run((DROP, OF_ORDERS))
created, removed = ddl.run((OF_SUBJECTS, DROP))


def described(values: str) -> str:
    """What the ORM derives from an enum."""
    return "\n".join(f"{value}: {value}" for value in values.split())


class DescribeTables(ops.TortoiseOperation):
    """Follow the first lines of two models; the database stays as it is."""

    def describe(self) -> str:
        return "Describe tables"

    def state_forward(self, app_label: str, state: State) -> None:
        for name, description in DESCRIPTIONS.items():
            self.get_model_state(state, app_label, name).options["table_description"] = description


class Migration(migrations.Migration):
    """Two columns renamed, one added, more kinds, and the view that reads them."""

    dependencies = [("domain", "0023_room_for_updates")]
    operations = [
        ops.RunSQL(dropped, restored),
        ops.RenameField(model_name="BulkOperation", old_name="order_ids", new_name="subject_ids"),
        ops.RenameField(model_name="BulkItem", old_name="order_id", new_name="subject_id"),
        ops.AddField(
            model_name="BulkOperation",
            name="subject",
            field=fields.CharEnumField(
                description=described(SUBJECTS),
                enum_type=BulkSubject,
                max_length=12,
                default=BulkSubject.ORDER,
                db_default=BulkSubject.ORDER,
            ),
        ),
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(description=described(KINDS), enum_type=BulkKind, max_length=24),
        ),
        DescribeTables(),
        ops.RunSQL(created, removed),
    ]
