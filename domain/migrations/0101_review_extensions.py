"""How often and by how many days customers extend a review, by order and order template."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields


class Migration(migrations.Migration):
    """Two columns of both; empty ones follow the operator's settings."""

    dependencies = [("domain", "0100_virus_checks")]
    operations = [
        AddFields(
            model_name,
            review_extensions=fields.IntField(null=True),
            review_extension_days=fields.IntField(null=True),
        )
        for model_name in ("Order", "OrderTemplate")
    ]
