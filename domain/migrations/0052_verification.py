"""What notices a changed history: the heads of all chains, seals of final rows, and the results of verifications."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.ids import new_id
from domain.verification import sealed_tables

forward, backward = ddl.run(
    *sealed_tables.statements(),
    ddl.insert_only("seals"),
    ddl.insert_only("verifications"),
    ddl.index("verifications_at", "verifications (at DESC)"),
)


class Migration(migrations.Migration):
    """Three tables and their triggers; what exists is sealed as it is now."""

    dependencies = [("domain", "0051_claims")]
    operations = [
        ops.CreateModel(
            name="Verification",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("broken", fields.IntField()),
                ("events", fields.BigIntField()),
                ("rows", fields.BigIntField()),
                ("documents", fields.BigIntField()),
                ("findings", fields.JSONField(default=list)),
                ("seconds", fields.FloatField()),
            ],
            options={
                "table": "verifications",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The result of one verification of the history, in real time; insert-only.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChainHead",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("subject_kind", fields.CharField(max_length=24)),
                ("subject_id", fields.UUIDField()),
                ("sequence", fields.IntField()),
                ("hash", fields.BinaryField()),
            ],
            options={
                "table": "chain_heads",
                "app": "domain",
                "unique_together": (("subject_kind", "subject_id"),),
                "pk_attr": "id",
                "table_description": "The last event of each chain, kept by the database, so that a chain that was cut is noticed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Seal",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("table_name", fields.CharField(max_length=32)),
                ("row_id", fields.CharField(max_length=64)),
                ("hash", fields.BinaryField()),
                ("sealed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "seals",
                "app": "domain",
                "unique_together": (("table_name", "row_id"),),
                "pk_attr": "id",
                "table_description": "The hash of a final row that has no chain, written by the database with the row; insert-only.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
