"""The accounts that fees and interest of reminders are posted on."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields


class Migration(migrations.Migration):
    """Two columns of the settings."""

    dependencies = [("domain", "0094_calendar_feeds")]
    operations = [
        AddFields(
            "OperatorSettings",
            ledger_charge_fees=fields.IntField(null=True),
            ledger_charge_interest=fields.IntField(null=True),
        ),
    ]
