"""What a transfer may pay is found by indexes: of plain numbers, and of what is owed."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.bank import plain_numbers
from domain.database import ddl

forward, backward = ddl.run(*plain_numbers.STATEMENTS)


class Migration(migrations.Migration):
    """Three indexes."""

    dependencies = [("domain", "0123_reply_links")]
    operations = [ops.RunSQL(forward, backward)]
