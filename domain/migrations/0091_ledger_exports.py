"""What the operator's bookkeeping is like, and the accounts of customers in it."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.ledger_export.customer_accounts import TABLE
from domain.operator.model import ChartOfAccounts

ACCOUNTS = [
    "ledger_bank",
    "ledger_first_customer",
    "ledger_revenue_standard",
    "ledger_revenue_reduced",
    "ledger_revenue_exempt",
    "ledger_revenue_small_business",
    "ledger_revenue_reverse_charge",
    "ledger_revenue_intra_community",
    "ledger_revenue_export",
    "ledger_revenue_zero_rated",
    "ledger_revenue_out_of_scope",
    "ledger_loss_standard",
    "ledger_loss_reduced",
    "ledger_loss_untaxed",
]
IS_POSSIBLE = ddl.check(
    "operator_settings",
    "operator_settings_ledger_is_possible",
    "fiscal_year_month BETWEEN 1 AND 12 AND ledger_digits BETWEEN 4 AND 8",
)
forward, backward = ddl.run(IS_POSSIBLE, TABLE)


class Migration(migrations.Migration):
    """Columns of the settings, and a table without a model: only the export writes and reads it."""

    dependencies = [("domain", "0082_bank_files")]
    operations = [
        AddFields(
            "OperatorSettings",
            chart_of_accounts=fields.CharEnumField(
                default=ChartOfAccounts.SKR03,
                db_default="SKR03",
                description="SKR03: SKR03\nSKR04: SKR04",
                enum_type=ChartOfAccounts,
                max_length=8,
            ),
            ledger_consultant=fields.IntField(null=True),
            ledger_client=fields.IntField(null=True),
            fiscal_year_month=fields.IntField(default=1, db_default=1),
            ledger_digits=fields.IntField(default=4, db_default=4),
            **{name: fields.IntField(null=True) for name in ACCOUNTS},
            further_ibans=fields.CharField(default="", db_default="", max_length=500),
        ),
        ops.RunSQL(forward, backward),
    ]
