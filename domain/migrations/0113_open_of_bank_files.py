"""The open transactions of a bank file are counted by an index of their own."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(
    ddl.index("bank_transactions_open_of_file", "bank_transactions (file_id) WHERE status = 'OPEN'")
)


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("domain", "0109_names_of_stages")]
    operations = [ops.RunSQL(forward, backward)]
