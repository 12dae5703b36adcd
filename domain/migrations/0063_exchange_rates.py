"""Invoices in another currency keep the rate at which their tax is stated in euros; drafts are checked with it."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing.documents.requests import EARLIER_DRAFTS, FINGERPRINT_WITH_RATE
from domain.database import ddl

IS_POSSIBLE = "exchange_rate IS NULL OR (exchange_rate > 0 AND currency <> 'EUR')"
POSSIBLE_RATE = ddl.check("invoices", "invoices_possible_exchange_rate", IS_POSSIBLE)
forward, backward = ddl.run(POSSIBLE_RATE, FINGERPRINT_WITH_RATE, EARLIER_DRAFTS)


class Migration(migrations.Migration):
    """A column, a check, and the fingerprint that covers both."""

    dependencies = [("domain", "0062_decimals")]
    operations = [
        ops.AddField(
            model_name="Invoice",
            name="exchange_rate",
            field=fields.DecimalField(max_digits=12, decimal_places=6, null=True),
        ),
        ops.RunSQL(forward, backward),
    ]
