"""The mails about an invoice are found by it."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(
    ddl.index("outbox_of_invoice", "outbox (subject_id, id) WHERE subject_kind = 'invoice'"),
)


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("domain", "0037_erased_people")]
    operations = [ops.RunSQL(forward, backward)]
