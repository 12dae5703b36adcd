"""Members propose further invoices; supplements ask the customer to confirm them, each by its own mailed link."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.access.model import LinkPurpose
from domain.billing.model import LineSource
from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory
from domain.supplements import immutability
from domain.supplements.model import SupplementStatus

SOURCES = "PLANNED_INVOICE DELIVERY MANUAL REBILLING PROPOSAL"
PURPOSES = "OFFER REVIEW STATUS SUPPLEMENT INVITATION RESET EMAIL EMAIL_UNDO"
STATUSES = "OPEN CONFIRMED DECLINED EXPIRED WITHDRAWN"
CATEGORIES = "STANDARD REDUCED EXEMPT REVERSE_CHARGE INTRA_COMMUNITY EXPORT ZERO_RATED OUT_OF_SCOPE"
forward, backward = ddl.run(
    *immutability.STATEMENTS,
    ddl.check(
        "links",
        "links_of_supplement",
        "(purpose = 'SUPPLEMENT') = (supplement_id IS NOT NULL) AND (supplement_id IS NULL OR order_id IS NOT NULL)",
    ),
    ddl.check("operator_settings", "operator_settings_supplement_days", "supplement_days BETWEEN 1 AND 90"),
)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _reference(model: str, column: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(
        model,
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


class Migration(migrations.Migration):
    """A table whose contents never change, a column of links, and two settings."""

    dependencies = [("domain", "0064_invoice_runs")]
    operations = [
        AddFields(
            "OperatorSettings",
            supplements_are_confirmed=fields.BooleanField(default=False, db_default=False),
            supplement_days=fields.IntField(default=14, db_default=14),
        ),
        ops.AlterField(
            model_name="BillableLine",
            name="source",
            field=fields.CharEnumField(description=_described(SOURCES), enum_type=LineSource, max_length=24),
        ),
        ops.CreateModel(
            name="Supplement",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "status",
                    fields.CharEnumField(
                        default=SupplementStatus.OPEN,
                        description=_described(STATUSES),
                        enum_type=SupplementStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("order", _reference("domain.Order", "order_id", "supplements")),
                ("line", _reference("domain.BillableLine", "line_id", "supplements")),
                ("currency", fields.CharField(max_length=3)),
                ("invoice_on", fields.DateField()),
                ("service_from", fields.DateField(null=True)),
                ("service_to", fields.DateField(null=True)),
                ("text", fields.CharField(max_length=500)),
                ("quantity", fields.DecimalField(max_digits=12, decimal_places=3)),
                ("unit_price_cents", fields.BigIntField()),
                (
                    "vat_category",
                    fields.CharEnumField(description=_described(CATEGORIES), enum_type=VatCategory, max_length=24),
                ),
                ("vat_rate", fields.DecimalField(max_digits=5, decimal_places=2)),
                ("net_cents", fields.BigIntField()),
                ("vat_cents", fields.BigIntField()),
                ("withdrawal", fields.JSONField(null=True)),
                ("offered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("valid_until", fields.DateField()),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("answered_by", fields.CharField(null=True, max_length=200)),
                ("decline_reason", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "supplements",
                "app": "domain",
                "indexes": [Index(fields=["order_id", "id"]), Index(fields=["line_id", "id"])],
                "pk_attr": "id",
                "table_description": "A further invoice as the customer is asked to confirm it, frozen when it is "
                "offered; proof of the agreement.",
            },
            bases=["Model"],
        ),
        ops.AlterField(
            model_name="Link",
            name="purpose",
            field=fields.CharEnumField(description=_described(PURPOSES), enum_type=LinkPurpose, max_length=16),
        ),
        ops.AddField(
            model_name="Link",
            name="supplement",
            field=_reference("domain.Supplement", "supplement_id", "links", null=True),
        ),
        ops.RunSQL(forward, backward),
    ]
