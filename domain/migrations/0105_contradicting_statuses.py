"""Statuses that contradict the facts are noted by the database, so that lists of them read no others."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.client_status.contradictions import index as contradiction_index
from domain.database import ddl

forward, backward = ddl.run(*contradiction_index.STATEMENTS)


class Migration(migrations.Migration):
    """A table of identifiers, and the triggers that write it."""

    dependencies = [("domain", "0104_money_at_size")]
    operations = [ops.RunSQL(forward, backward)]
