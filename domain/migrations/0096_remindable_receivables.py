"""An index of the receivables that a reminder can go of."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.receivables.reminders.steps import REMINDABLE_BY_DAY

forward, backward = ddl.run(REMINDABLE_BY_DAY)


class Migration(migrations.Migration):
    """They are found by the day on which they were due."""

    dependencies = [("domain", "0095_accounts_of_charges")]
    operations = [ops.RunSQL(forward, backward)]
