"""Accounts know the devices that they have signed in from."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields


class Migration(migrations.Migration):
    """A column that voids the tokens of all devices of an account when it changes."""

    dependencies = [("domain", "0053_punctuality")]
    operations = [AddFields("Account", device_generation=fields.IntField(default=1, db_default=1))]
