"""Pipelines and stages have a name in each language; the name that they had is taken over for both."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

MODELS, NOTHING = ("Pipeline", "Stage"), "SELECT 1"

forward, backward = ddl.run(
    ("UPDATE pipelines SET name_en = name_de", NOTHING), ("UPDATE stages SET name_en = name_de", NOTHING)
)


class Migration(migrations.Migration):
    """The column renamed and one added, filled before it is required."""

    dependencies = [("domain", "0108_periods_of_planned_invoices")]
    operations = [
        *(ops.RenameField(model_name=model, old_name="name", new_name="name_de") for model in MODELS),
        *(
            ops.AddField(model_name=model, name="name_en", field=fields.CharField(max_length=100, null=True))
            for model in MODELS
        ),
        ops.RunSQL(forward, backward),
        *(ops.AlterField(model_name=model, name="name_en", field=fields.CharField(max_length=100)) for model in MODELS),
    ]
