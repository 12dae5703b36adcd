"""The operator has a withdrawal notice, which consumers read before they order."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("domain", "0035_what_needs_care")]
    operations = [
        AddFields(
            "OperatorSettings",
            withdrawal_de=fields.TextField(default="", db_default="", unique=False),
            withdrawal_en=fields.TextField(default="", db_default="", unique=False),
        )
    ]
