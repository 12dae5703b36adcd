"""Documents that clients may name instead of sending them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("domain", "0039_bounced_messages")]
    operations = [
        ops.CreateModel(
            name="TrustedDocument",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=128)),
                ("text", fields.TextField(unique=False)),
                ("registered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "trusted_documents",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A trusted document has a row for each of its ids: its SHA-256 in hexadecimal, "
                "and its id in the manifest.",
            },
            bases=["Model"],
        ),
    ]
