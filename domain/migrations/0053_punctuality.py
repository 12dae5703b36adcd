"""Since when a deadline could be carried out, and a view of how punctually they are."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.deadlines import punctuality

forward, backward = ddl.run(ddl.index(*punctuality.FIRED_INDEX), punctuality.CREATE_VIEW)


class Migration(migrations.Migration):
    """One column, one partial index, and the view; deadlines of before count from the instant they were due."""

    dependencies = [("domain", "0052_verification")]
    operations = [
        ops.AddField(
            model_name="Deadline",
            name="armed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(forward, backward),
    ]
