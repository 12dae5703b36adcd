"""Lists are searched by indexes of the parts of their words."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain import text_search
from domain.database import ddl

forward, backward = ddl.run(*text_search.STATEMENTS)


class Migration(migrations.Migration):
    """Two functions, a table of the texts of orders that follows them, and indexes."""

    dependencies = [("domain", "0077_imports")]
    operations = [ops.RunSQL(forward, backward)]
