"""Two people agree to large claims: the operator's limit, and who was the first."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from domain.claims.immutability import KEEP_ENDORSED_CLAIM
from domain.database import ddl
from domain.database.add_fields import AddFields

LIMIT = ddl.check(
    "operator_settings", "operator_settings_claim_approval_limit", "claim_approval_limit_euros BETWEEN 0 AND 1000000"
)
forward, backward = ddl.run(KEEP_ENDORSED_CLAIM, LIMIT)


class Migration(migrations.Migration):
    """A column of the settings and two of claims."""

    dependencies = [("domain", "0096_remindable_receivables")]
    operations = [
        AddFields("OperatorSettings", claim_approval_limit_euros=fields.IntField(default=1_000, db_default=1_000)),
        AddFields(
            "Claim",
            endorsed_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            endorsed_by=fields.ForeignKeyField(
                "domain.Account",
                source_field="endorsed_by_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="endorsed_claims",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
