"""Receivables of posted invoices with their final entries; invoices that are posted already get theirs."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id
from domain.receivables import immutability
from domain.receivables.model import EntryKind, ReceivableStatus

STATUSES = "OPEN PARTLY_PAID PAID"
KINDS = "PAYMENT PAYMENT_REVERSAL CANCELLATION WRITE_OFF REFUND"
NOTHING = "SELECT 1"
OF_POSTED_INVOICES = (
    """INSERT INTO receivables (id, status, version, invoice_id, order_id, currency, amount_cents, due_on,
        canceled_cents, paid_cents, written_off_cents, created_at)
    SELECT uuidv7(), CASE WHEN i.net_cents + i.vat_cents = 0 THEN 'PAID' ELSE 'OPEN' END, 1, i.id, i.order_id,
        i.currency, i.net_cents + i.vat_cents, i.due_on,
        coalesce((SELECT -sum(c.net_cents + c.vat_cents) FROM invoices c WHERE c.reverses_id = i.id), 0), 0, 0,
        i.posted_at
    FROM invoices i WHERE i.kind = 'INVOICE' AND i.status = 'POSTED' ORDER BY i.posted_at, i.id""",
    NOTHING,
)
OF_THEIR_CANCELLATIONS = (
    """INSERT INTO receivable_entries (id, receivable_id, kind, amount_cents, booked_on, note, document_id, created_at)
    SELECT uuidv7(), r.id, 'CANCELLATION', c.net_cents + c.vat_cents, c.issued_on, c.number, c.id, c.printed_at
    FROM receivables r JOIN invoices c ON c.reverses_id = r.invoice_id ORDER BY c.printed_at, c.id""",
    NOTHING,
)
forward, backward = ddl.run(
    OF_POSTED_INVOICES,
    OF_THEIR_CANCELLATIONS,
    *immutability.STATEMENTS,
    ddl.check("operator_settings", "operator_settings_write_off_limit", "write_off_limit_euros BETWEEN 0 AND 1000000"),
)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


def _reference(model: str, column: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(model, **_related(column, related_name), **options)


def _single(model: str, column: str, related_name: str, **options: Any) -> Any:
    return fields.OneToOneField(model, **_related(column, related_name), **options)


def _related(column: str, related_name: str) -> dict[str, Any]:
    return {
        "source_field": column,
        "db_constraint": True,
        "to_field": "id",
        "related_name": related_name,
        "on_delete": OnDelete.RESTRICT,
    }


class Migration(migrations.Migration):
    """Two tables, a setting, and the receivables of what is posted."""

    dependencies = [("domain", "0080_indexes_of_lists")]
    operations = [
        AddFields("OperatorSettings", write_off_limit_euros=fields.IntField(default=100, db_default=100)),
        ops.CreateModel(
            name="Receivable",
            fields=[
                ("id", _id()),
                (
                    "status",
                    fields.CharEnumField(
                        default=ReceivableStatus.OPEN,
                        description=_described(STATUSES),
                        enum_type=ReceivableStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("invoice", _single("domain.Invoice", "invoice_id", "receivable")),
                ("order", _reference("domain.Order", "order_id", "receivables", null=True)),
                ("currency", fields.CharField(max_length=3)),
                ("amount_cents", fields.BigIntField()),
                ("due_on", fields.DateField(null=True)),
                ("canceled_cents", fields.BigIntField(default=0)),
                ("paid_cents", fields.BigIntField(default=0)),
                ("written_off_cents", fields.BigIntField(default=0)),
                ("disputed_at", _instant(null=True)),
                ("dispute_reason", fields.TextField(null=True, unique=False)),
                ("dispute_resolution", fields.TextField(null=True, unique=False)),
                ("write_off_proposed_at", _instant(null=True)),
                (
                    "write_off_proposed_by",
                    _reference("domain.Account", "write_off_proposed_by_id", "proposed_write_offs", null=True),
                ),
                ("write_off_reason", fields.TextField(null=True, unique=False)),
                ("created_at", _instant()),
            ],
            options={
                "table": "receivables",
                "app": "domain",
                "indexes": [Index(fields=["order_id"]), Index(fields=["due_on", "id"])],
                "pk_attr": "id",
                "table_description": "What a customer owes of one posted invoice.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReceivableEntry",
            fields=[
                ("id", _id()),
                ("receivable", _reference("domain.Receivable", "receivable_id", "entries")),
                (
                    "kind",
                    fields.CharEnumField(description=_described(KINDS), enum_type=EntryKind, max_length=20),
                ),
                ("amount_cents", fields.BigIntField()),
                ("booked_on", fields.DateField()),
                ("note", fields.CharField(default="", max_length=500)),
                ("reverses", _single("domain.ReceivableEntry", "reverses_id", "reversed_by", null=True)),
                ("entered_by", _reference("domain.Account", "entered_by_id", "receivable_entries", null=True)),
                ("created_at", _instant()),
            ],
            options={
                "table": "receivable_entries",
                "app": "domain",
                "indexes": [Index(fields=["receivable_id", "id"])],
                "pk_attr": "id",
                "table_description": "What changed a receivable, final once it is written.",
            },
            bases=["Model"],
        ),
        # By itself: of two one-to-one fields of one model, either could become the first column.
        ops.AddField(
            model_name="ReceivableEntry",
            name="document",
            field=_single("domain.Invoice", "document_id", "receivable_entry", null=True),
        ),
        ops.RunSQL(forward, backward),
    ]
