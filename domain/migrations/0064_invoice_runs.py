"""Invoice runs: their rows, the plan that a dry run reads, their exceptions, and numbers counted on several at once."""

from typing import Any

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from domain.billing.document_numbers import COUNT_ON
from domain.bulk.model import BulkKind
from domain.database import ddl
from domain.invoice_runs import plan
from domain.invoice_runs.model import InvoiceRunStatus
from domain.kernel.ids import new_id

KINDS = (
    "CLIENT_STATUS_SET CLIENT_STATUS_HIDE TEMPLATE_APPLY STAGE_ENTER ORDER_APPROVE ORDER_SEND_BACK ORDER_REJECT "
    "ORDER_ASSIGN ORDER_ARCHIVE ORDER_RESTORE ORDER_DELETE LINE_CONFIRM LINE_HOLD INVOICE_HOLD INVOICE_RELEASE "
    "INVOICE_SUBMIT INVOICE_APPROVE INVOICE_COMPOSE INVOICE_DECOMPOSE INVOICE_PRINT INVOICE_POST"
)
STATES = "ON_HOLD IN_PROCESS COMPOSED PRINTED POSTED"
UNCOMPOSED_LINES = ddl.index(
    "billable_lines_uncomposed", "billable_lines (invoice_on, id) WHERE invoice_id IS NULL AND status <> 'CANCELED'"
)
forward, backward = ddl.run(COUNT_ON, UNCOMPOSED_LINES, *plan.STATEMENTS)


def described(values: str) -> str:
    """What the ORM derives from an enum."""
    return "\n".join(f"{value}: {value}" for value in values.split())


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


class Migration(migrations.Migration):
    """Two tables, four kinds of operations, and the views that read a run."""

    dependencies = [("domain", "0063_exchange_rates")]
    operations = [
        ops.CreateModel(
            name="InvoiceRun",
            fields=[
                ("id", _id()),
                ("number", fields.IntField(unique=True)),
                (
                    "status",
                    fields.CharEnumField(
                        default=InvoiceRunStatus.ON_HOLD,
                        description=described(STATES),
                        enum_type=InvoiceRunStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("customer_ids", ArrayField(default=list, element_type="uuid")),
                ("member_ids", ArrayField(default=list, element_type="uuid")),
                ("sources", ArrayField(default=list, element_type="text")),
                ("invoice_on_until", fields.DateField()),
                ("operation_id", fields.UUIDField(null=True)),
                (
                    "created_by",
                    fields.ForeignKeyField(
                        "domain.Account",
                        source_field="created_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_runs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("composed_at", _instant(null=True)),
                ("created_at", _instant()),
            ],
            options={
                "table": "invoice_runs",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A selection of lines, and the work on the invoices that are composed of them.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InvoiceRunInvoice",
            fields=[
                ("id", _id()),
                (
                    "run",
                    fields.ForeignKeyField(
                        "domain.InvoiceRun",
                        source_field="run_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoices",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField()),
                ("line_ids", ArrayField(element_type="uuid")),
            ],
            options={
                "table": "invoice_run_invoices",
                "app": "domain",
                "unique_together": (("run", "position"),),
                "pk_attr": "id",
                "table_description": "An invoice of a run, by the identifier that it has or will have, and the lines it is "
                "composed of.",
            },
            bases=["Model"],
        ),
        ops.AlterField(
            model_name="BulkOperation",
            name="kind",
            field=fields.CharEnumField(description=described(KINDS), enum_type=BulkKind, max_length=24),
        ),
        ops.RunSQL(forward, backward),
    ]
