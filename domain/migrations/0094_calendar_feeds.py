"""The calendar feed of an account."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields


class Migration(migrations.Migration):
    """The id behind the secret address; null while the account has none."""

    dependencies = [("domain", "0093_foreseen_changes")]
    operations = [AddFields("Account", calendar_feed_id=fields.UUIDField(null=True, unique=True))]
